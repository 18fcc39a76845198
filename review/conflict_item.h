#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entries/word_diff.h"
#include "kb/entries/records.h"
#include "kb/export/conflicts.h"
#include "kb/store/store.h"

namespace stubkeeper::review {

// A file edited or deleted by hand that the store cannot follow by itself, as a reviewer sees it.
// Texts are as they are stored.

// Without the texts: cheap enough for a list.
struct ConflictSummary {
  kb::Conflict conflict;
  std::string entry_path;
  std::string entry_title;
  std::string kind;         // "hand edit", "deleted file", "unknown file"
  std::string description;  // in words
};
Result<ConflictSummary> conflict_summary(kb::Store& store, kb::Id conflict_id);

// A quotation of a source that the file has in other words, between quotation marks that no
// citation of the entry confirms. One that is gone, or that has lost its marks, is the writer's own
// word.
struct ChangedQuotation {
  std::string words;        // as the source has them
  std::string source_name;  // see ItemSource::name
  kb::Citation citation;
};

struct ConflictItem : ConflictSummary {
  struct Hunk {
    std::string name;
    std::string base;
    std::string store;
    std::string disk;
    std::vector<entries::WordRun> base_to_store;
    std::vector<entries::WordRun> base_to_disk;
    std::optional<kb::Revision> store_revision;  // that gave the store's side its words
    std::vector<ChangedQuotation> changed_quotations;
  };
  std::string keep_disk_effect;  // what each choice does, in words
  std::string keep_store_effect;
  std::string keep_disk_question;  // where it removes or replaces a whole text, asked before it; else ""
  std::string keep_store_question;
  kb::ConflictTexts texts;  // whole pages
  // What both sides changed of a hand edit; else the whole page, as it is on both sides.
  std::vector<Hunk> places;
};
// not_found.
Result<ConflictItem> conflict_item(kb::Store& store, kb::Id conflict_id);

// Who gave the store's side its words, when and why: "taken out by jane on 2026-06-03 12:00 UTC:
// undone: change 10"; "" where that is not known.
std::string describe_store_change(const ConflictItem::Hunk& place);

// "the file changes words that are quoted from a source: “about ten times” (Pumps compared)".
std::string describe_changed_quotation(const ChangedQuotation& quotation);

// The page for a person to edit: both texts between conflict markers where they differ.
Result<std::string> text_with_conflict_markers(kb::Store& store, const kb::Conflict& conflict);
// The line, from 1, of the first marker in a text; 0 for none.
std::size_t first_conflict_marker_line(std::string_view text);
bool has_conflict_markers(std::string_view text);
// A page with its last line end, which editors and forms leave out.
std::string ensure_final_newline(std::string page);

}  // namespace stubkeeper::review
