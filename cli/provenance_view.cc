#include "cli/provenance_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/text/utf8.h"
#include "entries/markdown/lines.h"
#include "entries/word_diff.h"
#include "kb/sources/snapshots.h"
#include "llm/extractive/sentences.h"
#include "review/json.h"

namespace stubkeeper::cli {
namespace {

constexpr std::size_t context_characters = 32;

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

std::string describe_undone_approval(const kb::WordsOrigin& origin) {
  std::string changes;
  for (const kb::UndoneChange& each : origin.undone_changes) {
    changes += fmt::format("{}change {}, taken back by {} on {}", changes.empty() ? "" : " and ",
                           each.change_id, each.undo.decided_by, iso_date(each.undo.decided_at));
  }
  return "came with " + changes + ", approved by " + origin.revision.author;
}

std::string_view line_text(const entries::Line& line, std::string_view text) {
  return entries::trim(text.substr(line.begin, line.end - line.begin));
}

// The line of a text, from 0, that has a byte.
std::size_t line_at(const std::vector<entries::Line>& lines, std::size_t byte) {
  const auto after =
      std::upper_bound(lines.begin(), lines.end(), byte,
                       [](std::size_t at, const entries::Line& line) { return at < line.begin; });
  return static_cast<std::size_t>(after - lines.begin()) - 1;
}

// A blank line, a rule, the fence of front matter: it has an author, and no quotes.
Result<ProvenancePart> make_wordless_part(kb::Store& store, kb::Id entry_id, const kb::Provenance& block,
                                          std::string_view text) {
  ProvenancePart part{std::string{text},
                      0,
                      false,
                      {block.origin, block.changes, block.decisions, block.undone_changes, std::nullopt}};
  if (!text.empty()) {
    STUBKEEPER_ASSIGN(part.origin, kb::find_words_origin(store, entry_id, block.block_id, {text, true}));
  }
  for (kb::Change& change : part.origin.changes) change.citations.clear();
  return part;
}

std::string_view first_characters(std::string_view text, std::size_t count) {
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

Result<std::vector<ProvenancePart>> list_provenance_parts(kb::Store& store, kb::Id entry_id,
                                                          const kb::Provenance& block, std::size_t line) {
  const auto lines = entries::split_lines(block.text);
  std::vector<ProvenancePart> parts;
  const auto add_part = [&](std::string_view text, bool is_line, std::size_t number) -> Status {
    STUBKEEPER_ASSIGN(auto origin, kb::find_words_origin(store, entry_id, block.block_id, {text, is_line}));
    parts.push_back({std::string{text}, number, true, std::move(origin)});
    return {};
  };
  const auto sentences =
      has_sentences(block.block_kind) ? llm::split_passage_sentences(block.text) : std::vector<std::string_view>{};
  for (const std::string_view sentence : sentences) {
    const auto begin = static_cast<std::size_t>(sentence.data() - block.text.data());
    const std::size_t first = block.first_line + line_at(lines, begin);
    const std::size_t last = block.first_line + line_at(lines, begin + sentence.size() - 1);
    if (line == 0 || (first <= line && line <= last)) STUBKEEPER_TRY(add_part(sentence, false, first));
  }
  for (std::size_t i = 0; i < lines.size() && sentences.empty(); ++i) {
    const std::string_view text = line_text(lines[i], block.text);
    const std::size_t number = block.first_line + i;
    if ((line == 0 || line == number) && entries::has_word(text))
      STUBKEEPER_TRY(add_part(text, true, number));
  }
  if (line != 0 && parts.empty()) {
    const std::size_t at = line - block.first_line;
    STUBKEEPER_ASSIGN(auto part,
                      make_wordless_part(store, entry_id, block,
                                         at < lines.size() ? line_text(lines[at], block.text) : ""));
    part.line = line;
    parts.push_back(std::move(part));
  }
  return parts;
}

const char* provenance_basis(const kb::WordsOrigin& origin) {
  if (has_quotes(origin)) return "quotes";
  if (!origin.undone_changes.empty()) return "taken_back";
  switch (origin.revision.author_kind) {
    case kb::AuthorKind::import:
      return "no_recorded_source";
    case kb::AuthorKind::policy:
      return "policy";
    default:
      return "person";
  }
}

std::string format_origin(const kb::WordsOrigin& origin) {
  const kb::Revision& revision = origin.revision;
  std::string words;
  if (revision.author_kind == kb::AuthorKind::import) {
    words = "no recorded source: imported";
  } else if (kb::has_reviewer_edit(origin.decisions)) {
    words = "edited and approved by " + revision.author;
  } else if (is_approved_text(origin)) {
    words = "approved by " + revision.author;
  } else if (!origin.undone_changes.empty()) {
    words = describe_undone_approval(origin);
  } else {
    words = (revision.author_kind == kb::AuthorKind::policy ? "made by " : "written by ") + revision.author;
  }
  words += fmt::format(" (revision {}, {})", revision.number, iso_date(revision.created_at));
  if (origin.in_place_since) {
    words += fmt::format(", put here by {} (revision {}, {})", origin.in_place_since->author,
                         origin.in_place_since->number, iso_date(origin.in_place_since->created_at));
  }
  return words;
}

nlohmann::ordered_json provenance_part_json(review::QuoteReader& quotes, const ProvenancePart& part) {
  const kb::WordsOrigin& origin = part.origin;
  nlohmann::ordered_json json{{"line", part.line},
                              {"text", part.text},
                              {"rests_on", provenance_basis(origin)},
                              {"revision", origin.revision.number},
                              {"author", origin.revision.author},
                              {"author_kind", kb::author_kind_name(origin.revision.author_kind)},
                              {"at", rfc3339(origin.revision.created_at)},
                              {"edited", kb::has_reviewer_edit(origin.decisions)},
                              {"here_since", nullptr},
                              {"changes", nlohmann::ordered_json::array()},
                              {"taken_back", nlohmann::ordered_json::array()}};
  for (const kb::UndoneChange& each : origin.undone_changes) {
    json["taken_back"].push_back(
        {{"id", each.change_id}, {"by", each.undo.decided_by}, {"at", rfc3339(each.undo.decided_at)}});
  }
  if (const auto& since = origin.in_place_since) {
    json["here_since"] = {
        {"revision", since->number}, {"author", since->author}, {"at", rfc3339(since->created_at)}};
  }
  for (const kb::Change& change : origin.changes) {
    nlohmann::ordered_json quoted = nlohmann::ordered_json::array();
    for (const kb::Citation& citation : change.citations)
      quoted.push_back(review::quote_json(quotes.read(citation)));
    json["changes"].push_back(
        {{"id", change.id}, {"kind", change.kind}, {"reason", change.reason}, {"quotes", quoted}});
  }
  return json;
}

namespace {

nlohmann::ordered_json body_json(const ProvenancePart& part) {
  return {
      {"type", "TextualBody"}, {"value", part.text}, {"format", "text/markdown"}, {"purpose", "describing"}};
}

Result<nlohmann::ordered_json> annotation_json(kb::Store& store, const ProvenancePart& part,
                                               const kb::Citation& citation) {
  kb::Snapshots snapshots{store};
  STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(citation.snapshot_id));
  STUBKEEPER_ASSIGN(const auto document, snapshots.get_document(snapshot.document_id));
  STUBKEEPER_ASSIGN(const std::string text, snapshots.text(snapshot));
  if (citation.begin_byte > citation.end_byte || citation.end_byte > text.size())
    return Error{ErrorCode::corrupt, "a quote's place is not in its snapshot", document.address, ""};
  const std::string_view before = std::string_view{text}.substr(0, citation.begin_byte);
  const std::string_view after = std::string_view{text}.substr(citation.end_byte);
  const std::size_t start = utf8_length(before);
  const kb::Revision& revision = part.origin.revision;
  const bool person = revision.author_kind == kb::AuthorKind::person;
  return nlohmann::ordered_json{
      {"id", fmt::format("urn:stubkeeper:citation:{}", citation.id)},
      {"type", "Annotation"},
      {"motivation", citation.refutes ? "questioning" : "describing"},
      {"created", rfc3339(revision.created_at)},
      {"creator", {{"type", person ? "Person" : "Software"}, {"name", revision.author}}},
      {"body", nlohmann::ordered_json::array({body_json(part)})},
      {"target",
       {{"source", document.address},
        {"state", {{"type", "TimeState"}, {"sourceDate", rfc3339(snapshot.fetched_at)}}},
        {"selector",
         {{{"type", "TextQuoteSelector"},
           {"exact", citation.quote},
           {"prefix", std::string{last_characters(before, context_characters)}},
           {"suffix", std::string{first_characters(after, context_characters)}}},
          {{"type", "TextPositionSelector"},
           {"start", start},
           {"end", start + utf8_length(citation.quote)}}}}}}};
}

}  // namespace

Result<nlohmann::ordered_json> annotations_json(kb::Store& store, const std::vector<ProvenancePart>& parts) {
  nlohmann::ordered_json annotations = nlohmann::ordered_json::array();
  std::map<kb::Id, std::size_t> known;
  for (const ProvenancePart& part : parts) {
    for (const kb::Change& change : part.origin.changes) {
      for (const kb::Citation& citation : change.citations) {
        const auto [place, is_new] = known.emplace(citation.id, annotations.size());
        if (!is_new) {
          annotations[place->second]["body"].push_back(body_json(part));
          continue;
        }
        STUBKEEPER_ASSIGN(auto annotation, annotation_json(store, part, citation));
        annotations.push_back(std::move(annotation));
      }
    }
  }
  return annotations;
}

}  // namespace stubkeeper::cli
