#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/text/utf8.h"
#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/configured.h"
#include "crawler/discovery.h"
#include "cron/kinds/source_kind.h"

namespace stubkeeper::cli {
namespace {

struct Options {
  std::string address;
  std::string type;
};

// The first words of a text.
std::string excerpt(const std::string& text, std::size_t max_length) {
  if (text.size() <= max_length) return text;
  const std::size_t space = text.rfind(' ', max_length);
  return to_valid_utf8(std::string_view{text}.substr(0, space == std::string::npos ? max_length : space)) +
         " …";
}

void print(const Session& session, const cron::ParsedDocuments& found,
           const std::vector<crawler::DiscoveredFeed>& offers, const crawler::FetchResponse& response) {
  const auto line = [&](const std::string& label, const std::string& value) {
    if (!value.empty())
      session.environment.out << fmt::format("{:<10} {}\n", label, sanitize_for_terminal(value));
  };
  line("answered", fmt::format("{} {} {}, {} bytes",
                               response.http_status == 0 ? "" : std::to_string(response.http_status),
                               response.final_address, response.content_type, response.body.size()));
  line("title", found.source_title);
  constexpr std::size_t shown = 3;
  for (const crawler::DiscoveredFeed& offer : offers)
    line("feed", offer.address + (offer.title.empty() ? "" : "  " + offer.title));
  if (!found.links.empty()) {
    line("leads to", fmt::format("{} addresses{}", found.links.size(),
                                 found.disallowed_links > 0
                                     ? fmt::format("; {} refused, which their source must not list",
                                                   found.disallowed_links)
                                     : ""));
    for (std::size_t i = 0; i < found.links.size() && i < shown; ++i)
      line("", found.links[i].link.address + "  " + found.links[i].link.listed_date);
    if (found.documents.empty()) return;
  }
  line("documents", std::to_string(found.documents.size()));
  for (std::size_t i = 0; i < found.documents.size() && i < shown; ++i) {
    const auto& document = found.documents[i];
    session.environment.out << '\n';
    line("address", document.address);
    line("title", document.content.title);
    line("author", document.content.author);
    line("published", document.content.published);
    line("text", excerpt(document.content.text, 400));
  }
  if (found.documents.size() > shown) {
    session.environment.out << fmt::format("\nand {} more\n", found.documents.size() - shown);
  }
}

Result<int> test(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(auto given, parse_source_address(session, options.address));
  if (!options.type.empty()) given.kind = options.type;
  ConfiguredFetcher configured_fetcher{session, kb};
  crawler::FetchResponse response;
  configured_fetcher.fetcher().fetch(
      {{1, given.address, "", ""}}, [&](crawler::FetchResponse answer) { response = std::move(answer); },
      session.environment.keep_going);
  if (response.outcome == crawler::FetchOutcome::failed) return response.error;
  kb::Source source;
  source.kind = given.kind;
  source.address = given.address;
  crawler::BoxedReader reader = configured_reader(session, kb.configuration);
  STUBKEEPER_ASSIGN(const auto found, cron::rules_of(source).parse(source, response, {.reader = reader}));
  if (found.refusal) return found.refusal->error;
  // Better than a page is a feed of what is new on it.
  const std::vector<crawler::DiscoveredFeed> offers =
      given.kind == "page"
          ? crawler::find_feed_links(response.body, response.content_type, response.final_address)
          : std::vector<crawler::DiscoveredFeed>{};
  if (session.options.json) {
    nlohmann::ordered_json documents = nlohmann::ordered_json::array();
    for (const auto& document : found.documents) {
      documents.push_back({{"address", document.address},
                           {"title", document.content.title},
                           {"author", document.content.author},
                           {"published", document.content.published},
                           {"text", document.content.text}});
    }
    nlohmann::ordered_json links = nlohmann::ordered_json::array();
    for (const auto& [link, fallback_document] : found.links)
      links.push_back({{"address", link.address}, {"date", link.listed_date}});
    nlohmann::ordered_json feeds = nlohmann::ordered_json::array();
    for (const crawler::DiscoveredFeed& offer : offers)
      feeds.push_back({{"address", offer.address}, {"title", offer.title}});
    print_json(session, {{"kind", given.kind},
                         {"http_status", response.http_status},
                         {"final_address", response.final_address},
                         {"title", found.source_title},
                         {"documents", documents},
                         {"links", links},
                         {"feeds", feeds}});
  } else {
    print(session, found, offers, response);
  }
  return done;
}

}  // namespace

void add_source_test_command(CLI::App& source, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      session.add_command(source, "test", "Fetch an address once and show what is read; stores nothing",
                          "  stubkeeper source test https://example.org/news.xml --type feed");
  command->add_option("address", options->address, "Address or local file")
      ->required()
      ->type_name("URL|FILE");
  add_type_option(*command, options->type);
  session.on_command(command, options, test);
}

}  // namespace stubkeeper::cli
