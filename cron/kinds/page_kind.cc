#include "cron/kinds/source_kind.h"

#include <array>

namespace stubkeeper::cron {

std::span<const SourceKindRules> page_kind() {
  static constexpr std::array rules{SourceKindRules{
      .name = "page",
      .addresses = "other addresses",
      .interval = page_interval,
      .parse = parse_single_document,
  }};
  return rules;
}

Result<ParsedDocuments> parse_single_document(const kb::Source& source,
                                              const crawler::FetchResponse& response,
                                              const ParseContext& context) {
  ParsedDocuments found;
  const auto refuse = [&](std::string message, std::string advice) {
    found.refusal = unreadable(source.address, std::move(message), std::move(advice));
    return found;
  };
  const auto form =
      crawler::detect_content_kind(response.body, response.content_type, response.final_address);
  for (const SourceKindRules& kind : source_kinds()) {
    if (!kind.is_list || kind.content != form || form == crawler::ContentKind::unknown) continue;
    const std::string name{kind.name};
    return refuse("is a " + name + ", and the source is a " + source.kind,
                  "remove it and add it again with --type " + name);
  }
  const bool is_document = form == crawler::ContentKind::page || form == crawler::ContentKind::pdf ||
                           form == crawler::ContentKind::text;
  if (!is_document)
    return refuse("is neither HTML, PDF nor text" +
                      (response.content_type.empty() ? std::string{} : " (" + response.content_type + ")"),
                  "look at the address in a browser");
  auto read = crawler::read_content(context.reader,
                                    {form, response.body, response.content_type, response.final_address});
  if (!read.ok()) {
    STUBKEEPER_ASSIGN(found.refusal, refusal_of(read.error()));
    return found;
  }
  if (read->non_content != crawler::NonContentKind::none) {
    found.refusal = substitute(source.address, read->non_content);
    return found;
  }
  if (read->text.empty())
    return refuse("has no text that can be read",
                  "the page may need JavaScript or a login; look at it in a browser");
  found.source_title = read->title;
  found.documents.push_back({source.address, source.address, response.final_address, *std::move(read)});
  return found;
}

}  // namespace stubkeeper::cron
