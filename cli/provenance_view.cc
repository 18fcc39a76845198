#include "cli/provenance_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "entries/markdown/lines.h"
#include "entries/word_diff.h"
#include "kb/snapshots.h"
#include "llm/extractive/sentences.h"
#include "schema/base/utf8.h"

namespace stubkeeper::cli {
namespace {

constexpr std::size_t characters_around = 32;

bool has_sentences(const std::string& block_kind) {
  return block_kind == "paragraph" || block_kind == "list_item" || block_kind == "block_quote";
}

bool is_approved_text(const kb::WordsOrigin& origin) {
  return !origin.changes.empty();
}

bool has_quotes(const kb::WordsOrigin& origin) {
  return std::any_of(origin.changes.begin(), origin.changes.end(),
                     [](const kb::Change& change) { return !change.citations.empty(); });
}

bool was_edited(const kb::WordsOrigin& origin) {
  return std::any_of(origin.decisions.begin(), origin.decisions.end(),
                     [](const kb::Decision& decision) { return decision.verdict == kb::Verdict::edit; });
}

std::string_view characters_from(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  for (; count > 0 && end < text.size(); --count) {
    ++end;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  }
  return text.substr(0, end);
}

std::string_view last_characters(std::string_view text, std::size_t count) {
  std::size_t begin = text.size();
  for (; count > 0 && begin > 0; --count) {
    --begin;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
  }
  return text.substr(begin);
}

}  // namespace

Result<std::vector<ToldPart>> told_parts(kb::Store& store, kb::Id entry_id, const kb::Provenance& block,
                                         std::size_t line) {
  std::vector<std::string> texts;
  if (has_sentences(block.block_kind)) {
    for (const std::string_view sentence : llm::sentences_of(block.text)) texts.emplace_back(sentence);
  }
  if (texts.empty()) {
    std::size_t number = block.first_line;
    for (const entries::Line& each : entries::split_lines(block.text)) {
      const std::string_view text =
          entries::trimmed(std::string_view{block.text}.substr(each.begin, each.end - each.begin));
      const bool wanted = line == 0 || number == line;
      if (wanted && entries::holds_word(text)) texts.emplace_back(text);
      ++number;
    }
  }
  std::vector<ToldPart> parts;
  for (std::string& text : texts) {
    STUBKEEPER_ASSIGN(auto origin, kb::origin_of_words(store, entry_id, block.block_id, text));
    parts.push_back({std::move(text), std::move(origin)});
  }
  return parts;
}

const char* what_it_rests_on(const kb::WordsOrigin& origin) {
  if (has_quotes(origin)) return "quotes";
  switch (origin.revision.author_kind) {
    case kb::AuthorKind::import:
      return "no_recorded_source";
    case kb::AuthorKind::policy:
      return "policy";
    default:
      return "person";
  }
}

std::string origin_in_words(const kb::WordsOrigin& origin) {
  const kb::Revision& revision = origin.revision;
  const std::string when = fmt::format("revision {}, {}", revision.number, iso_date(revision.created_at));
  if (revision.author_kind == kb::AuthorKind::import)
    return fmt::format("no recorded source: imported ({})", when);
  if (was_edited(origin)) return fmt::format("edited and approved by {} ({})", revision.author, when);
  if (is_approved_text(origin)) return fmt::format("approved by {} ({})", revision.author, when);
  const char* verb = revision.author_kind == kb::AuthorKind::policy ? "made" : "written";
  return fmt::format("{} by {} ({})", verb, revision.author, when);
}

nlohmann::ordered_json told_part_json(QuotedSources& sources, const ToldPart& part) {
  const kb::WordsOrigin& origin = part.origin;
  nlohmann::ordered_json json{{"text", part.text},
                              {"rests_on", what_it_rests_on(origin)},
                              {"revision", origin.revision.number},
                              {"author", origin.revision.author},
                              {"author_kind", kb::author_kind_name(origin.revision.author_kind)},
                              {"at", rfc3339(origin.revision.created_at)},
                              {"edited", was_edited(origin)},
                              {"changes", nlohmann::ordered_json::array()}};
  for (const kb::Change& change : origin.changes) {
    nlohmann::ordered_json quotes = nlohmann::ordered_json::array();
    for (const kb::Citation& citation : change.citations) quotes.push_back(sources.json(citation));
    json["changes"].push_back(
        {{"id", change.id}, {"kind", change.kind}, {"reason", change.reason}, {"quotes", quotes}});
  }
  return json;
}

Result<nlohmann::ordered_json> annotation_json(kb::Store& store, const ToldPart& part,
                                               const kb::Citation& citation) {
  kb::Snapshots snapshots{store};
  STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(citation.snapshot_id));
  STUBKEEPER_ASSIGN(const auto document, snapshots.get_document(snapshot.document_id));
  STUBKEEPER_ASSIGN(const std::string text, snapshots.text(snapshot));
  if (citation.begin_byte > citation.end_byte || citation.end_byte > text.size())
    return Error{ErrorCode::corrupt, "a quote's place is not in its snapshot", document.address, ""};
  const std::string_view before = std::string_view{text}.substr(0, citation.begin_byte);
  const std::string_view behind = std::string_view{text}.substr(citation.end_byte);
  const std::size_t start = utf8_length(before);
  const kb::Revision& revision = part.origin.revision;
  const bool person = revision.author_kind == kb::AuthorKind::person;
  return nlohmann::ordered_json{
      {"@context", "http://www.w3.org/ns/anno.jsonld"},
      {"id", fmt::format("urn:stubkeeper:citation:{}", citation.id)},
      {"type", "Annotation"},
      {"motivation", citation.refutes ? "questioning" : "describing"},
      {"created", rfc3339(revision.created_at)},
      {"creator", {{"type", person ? "Person" : "Software"}, {"name", revision.author}}},
      {"body",
       {{"type", "TextualBody"},
        {"value", part.text},
        {"format", "text/markdown"},
        {"purpose", "describing"}}},
      {"target",
       {{"source", document.address},
        {"state", {{"type", "TimeState"}, {"sourceDate", rfc3339(snapshot.fetched_at)}}},
        {"selector",
         {{{"type", "TextQuoteSelector"},
           {"exact", citation.quote},
           {"prefix", std::string{last_characters(before, characters_around)}},
           {"suffix", std::string{characters_from(behind, characters_around)}}},
          {{"type", "TextPositionSelector"},
           {"start", start},
           {"end", start + utf8_length(citation.quote)}}}}}}};
}

}  // namespace stubkeeper::cli
