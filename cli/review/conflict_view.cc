#include "cli/review/conflict_view.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "entries/markdown/lines.h"
#include "kb/entry_store.h"
#include "schema/base/utf8.h"

namespace stubkeeper::cli {
namespace {

std::string what_happened(const kb::Conflict& conflict) {
  if (conflict.is_deletion()) return "deleted on disk since the last export";
  if (conflict.base_sha256.empty()) return "on disk already, and no export made it";
  return "edited on disk where the store has something newer too";
}

const char* kind_name(const kb::Conflict& conflict) {
  if (conflict.is_deletion()) return "deleted file";
  return conflict.base_sha256.empty() ? "unknown file" : "hand edit";
}

// A text with each of its lines moved to the right.
std::string indented(const std::string& text) {
  std::string result;
  for (const entries::Line& line : entries::split_lines(text)) {
    result += "      " + std::string{entries::trimmed(text.substr(line.begin, line.end - line.begin))} + "\n";
  }
  return result.empty() ? "      (nothing)\n" : result;
}

}  // namespace

std::optional<kb::Id> conflict_id(std::string_view word) {
  if (!word.starts_with('c')) return std::nullopt;
  kb::Id id = 0;
  const auto [end, error] = std::from_chars(word.data() + 1, word.data() + word.size(), id);
  if (error != std::errc{} || end != word.data() + word.size() || id <= 0) return std::nullopt;
  return id;
}

Result<std::string> conflict_line(kb::Store& store, const kb::Conflict& conflict, std::size_t path_width) {
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(conflict.entry_id));
  return fmt::format("{:>5} ! {:<{}}  {:<16}  {}", "c" + std::to_string(conflict.id), printable(entry.path),
                     path_width, kind_name(conflict), what_happened(conflict));
}

std::string places_text(const std::vector<entries::MergeConflict>& places) {
  std::string text;
  for (const entries::MergeConflict& place : places) {
    text += "  " + printable(place.place) + "\n    as last exported\n" + indented(printable(place.base)) +
            "    in the store now\n" + indented(printable(place.ours)) + "    in your file\n" +
            indented(printable(place.theirs));
  }
  return text;
}

Result<std::string> conflict_view(kb::Store& store, const kb::Conflict& conflict) {
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(conflict.entry_id));
  STUBKEEPER_ASSIGN(const auto texts, kb::Conflicts{store}.texts(conflict));
  std::string view =
      fmt::format("c{}  {} · {}\n{}: {}\n", conflict.id, printable(entry.path), kind_name(conflict),
                  printable(conflict.folder + "/" + conflict.file), what_happened(conflict));
  if (conflict.state != kb::ConflictState::waiting) {
    view += fmt::format("{}{}\n", kb::conflict_state_name(conflict.state),
                        conflict.verdict.empty() ? ""
                                                 : fmt::format(": kept \"{}\", by {}", conflict.verdict,
                                                               printable(conflict.decided_by)));
  }
  view += places_text(texts.places);
  if (conflict.is_deletion()) {
    view +=
        "  keep disk: the entry is removed, and its history stays\n  keep store: the file is written again\n";
  } else if (conflict.base_sha256.empty()) {
    view +=
        "  keep disk: the file's text becomes the entry's next revision\n  keep store: the file is "
        "replaced\n";
  } else {
    view +=
        "  keep disk: your text at these places\n  keep store: the store's text at these places\n"
        "  The rest of both is merged either way.\n";
  }
  return view;
}

Result<nlohmann::ordered_json> conflict_json(kb::Store& store, const kb::Conflict& conflict) {
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(conflict.entry_id));
  STUBKEEPER_ASSIGN(const auto texts, kb::Conflicts{store}.texts(conflict));
  nlohmann::ordered_json places = nlohmann::ordered_json::array();
  for (const entries::MergeConflict& place : texts.places) {
    places.push_back(
        {{"place", place.place}, {"base", place.base}, {"ours", place.ours}, {"theirs", place.theirs}});
  }
  return nlohmann::ordered_json{{"id", "c" + std::to_string(conflict.id)},
                                {"entry", entry.path},
                                {"folder", conflict.folder},
                                {"file", conflict.file},
                                {"kind", kind_name(conflict)},
                                {"state", kb::conflict_state_name(conflict.state)},
                                {"found_at", rfc3339(conflict.found_at)},
                                {"places", places}};
}

Result<std::string> text_to_settle(kb::Store& store, const kb::Conflict& conflict) {
  STUBKEEPER_ASSIGN(const auto texts, kb::Conflicts{store}.texts(conflict));
  if (conflict.is_deletion()) return texts.store;
  return entries::merge_pages(texts.base, texts.store, texts.theirs, entries::Prefer::both_marked).bytes;
}

std::string page_from_editor(std::string text) {
  if (!text.ends_with('\n')) text += '\n';
  return text;
}

bool has_marks(std::string_view text) {
  for (const entries::Line& line : entries::split_lines(text)) {
    const std::string_view bare = entries::without_line_end(text.substr(line.begin, line.end - line.begin));
    if (bare == entries::our_mark || bare == entries::their_mark) return true;
  }
  return false;
}

}  // namespace stubkeeper::cli
