#include "cli/terminal/conflict_view.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "entries/markdown/lines.h"
#include "review/conflict_item.h"

namespace stubkeeper::cli {
namespace {

using Json = nlohmann::ordered_json;

// A text with each of its lines moved to the right.
std::string indented(const std::string& text) {
  std::string result;
  for (const entries::Line& line : entries::split_lines(text)) {
    result += "      " + std::string{entries::trim(text.substr(line.begin, line.end - line.begin))} + "\n";
  }
  return result.empty() ? "      (nothing)\n" : result;
}

std::string format_hunk(const review::ConflictItem::Hunk& place) {
  const std::string changed = review::describe_store_change(place);
  std::string text =
      "  " + sanitize_for_terminal(place.name) + "\n    as last exported\n" + indented(sanitize_for_terminal(place.base)) +
      "    in the store now" + (changed.empty() ? "" : ", " + sanitize_for_terminal(changed)) + "\n" +
      indented(sanitize_for_terminal(place.store)) + "    in your file\n" + indented(sanitize_for_terminal(place.disk));
  for (const review::ChangedQuotation& quotation : place.changed_quotations)
    text += "    ! " + sanitize_for_terminal(review::describe_changed_quotation(quotation)) + "\n";
  return text;
}

Json store_revision_json(const std::optional<kb::Revision>& revision) {
  if (!revision) return nullptr;
  return {{"revision", revision->number},
          {"by", revision->author},
          {"at", rfc3339(revision->created_at)},
          {"note", revision->note}};
}

Json changed_quotations_json(const std::vector<review::ChangedQuotation>& quotations) {
  Json json = Json::array();
  for (const review::ChangedQuotation& quotation : quotations)
    json.push_back({{"words", quotation.words},
                    {"title", quotation.source_name},
                    {"snapshot", quotation.citation.snapshot_id},
                    {"begin_byte", quotation.citation.begin_byte},
                    {"end_byte", quotation.citation.end_byte}});
  return json;
}

}  // namespace

std::optional<kb::Id> parse_conflict_id(std::string_view word) {
  if (!word.starts_with('c')) return std::nullopt;
  return parse_number<kb::Id>(word.substr(1), 1);
}

Result<std::string> format_conflict_line(kb::Store& store, const kb::Conflict& conflict, std::size_t path_width) {
  STUBKEEPER_ASSIGN(const auto item, review::conflict_summary(store, conflict.id));
  return fmt::format("{:>5} ! {:<{}}  {:<16}  {}", kb::conflict_name(conflict.id), sanitize_for_terminal(item.entry_path),
                     path_width, item.kind, item.description);
}

std::string format_hunks(const std::vector<entries::MergeConflict>& places) {
  std::string text;
  for (const entries::MergeConflict& place : places)
    text += format_hunk({place.place, place.base, place.ours, place.theirs, {}, {}, {}, {}});
  return text;
}

Result<std::string> conflict_view(kb::Store& store, const kb::Conflict& conflict) {
  STUBKEEPER_ASSIGN(const auto item, review::conflict_item(store, conflict.id));
  std::string view =
      fmt::format("{}  {} · {}\n{}: {}\n", kb::conflict_name(conflict.id), sanitize_for_terminal(item.entry_path),
                  item.kind, sanitize_for_terminal(conflict.folder + "/" + conflict.file), item.description);
  if (conflict.state != kb::ConflictState::waiting) {
    view += fmt::format("{}{}\n", kb::conflict_state_name(conflict.state),
                        conflict.verdict.empty() ? ""
                                                 : fmt::format(": kept \"{}\", by {}", conflict.verdict,
                                                               sanitize_for_terminal(conflict.decided_by)));
  }
  STUBKEEPER_ASSIGN(const auto decisions, kb::Conflicts{store}.decisions(conflict.id));
  for (const auto& decided : decisions) {
    view += fmt::format("  {} by {} on {}{}\n",
                        decided.verdict == "undo" ? "undone" : "kept \"" + decided.verdict + "\"",
                        sanitize_for_terminal(decided.decided_by), iso_date(decided.decided_at),
                        decided.reason.empty() ? "" : ": " + sanitize_for_terminal(decided.reason));
  }
  for (const review::ConflictItem::Hunk& place : item.places) view += format_hunk(place);
  return view + "  keep disk: " + item.keep_disk_effect + "\n  keep store: " + item.keep_store_effect + "\n";
}

Result<nlohmann::ordered_json> conflict_json(kb::Store& store, const kb::Conflict& conflict) {
  STUBKEEPER_ASSIGN(const auto item, review::conflict_item(store, conflict.id));
  nlohmann::ordered_json places = nlohmann::ordered_json::array();
  for (const review::ConflictItem::Hunk& place : item.places) {
    places.push_back({{"place", place.name},
                      {"base", place.base},
                      {"ours", place.store},
                      {"theirs", place.disk},
                      {"store_changed", store_revision_json(place.store_revision)},
                      {"changed_quotations", changed_quotations_json(place.changed_quotations)}});
  }
  STUBKEEPER_ASSIGN(const auto decided, kb::Conflicts{store}.decisions(conflict.id));
  nlohmann::ordered_json decisions = nlohmann::ordered_json::array();
  for (const auto& each : decided) {
    decisions.push_back({{"verdict", each.verdict},
                         {"by", each.decided_by},
                         {"at", rfc3339(each.decided_at)},
                         {"reason", each.reason}});
  }
  return nlohmann::ordered_json{{"id", kb::conflict_name(conflict.id)},
                                {"entry", item.entry_path},
                                {"folder", conflict.folder},
                                {"file", conflict.file},
                                {"kind", item.kind},
                                {"state", kb::conflict_state_name(conflict.state)},
                                {"found_at", rfc3339(conflict.found_at)},
                                {"places", places},
                                {"decisions", decisions}};
}

Result<std::string> text_with_conflict_markers(kb::Store& store, const kb::Conflict& conflict) {
  STUBKEEPER_ASSIGN(const auto texts, kb::Conflicts{store}.texts(conflict));
  if (conflict.is_deletion()) return texts.store;
  return entries::merge_pages(texts.base, texts.store, texts.theirs, entries::MergePreference::both_with_markers).bytes;
}

std::string ensure_final_newline(std::string text) {
  if (!text.ends_with('\n')) text += '\n';
  return text;
}

std::size_t first_conflict_marker_line(std::string_view text) {
  const auto lines = entries::split_lines(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view bare =
        entries::strip_line_ending(text.substr(lines[i].begin, lines[i].end - lines[i].begin));
    if (bare == entries::ours_conflict_marker || bare == entries::theirs_conflict_marker) return i + 1;
  }
  return 0;
}

bool has_conflict_markers(std::string_view text) {
  return first_conflict_marker_line(text) != 0;
}

}  // namespace stubkeeper::cli
