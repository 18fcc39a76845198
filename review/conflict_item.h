#pragma once

#include <optional>
#include <string>
#include <vector>

#include "entries/word_diff.h"
#include "kb/entries/records.h"
#include "kb/export/conflicts.h"
#include "kb/store/store.h"
#include "review/changed_quotations.h"

namespace stubkeeper::review {

// A file that was edited or deleted by hand, where the store cannot follow by itself: what a reviewer is
// shown of it, as data. Texts are as they are stored.

// What happened, without the texts: cheap enough for a list.
struct ConflictSummary {
  kb::Conflict conflict;
  std::string entry_path;
  std::string entry_title;
  std::string kind;           // "hand edit", "deleted file", "unknown file"
  std::string description;  // in words
};
Result<ConflictSummary> conflict_summary(kb::Store& store, kb::Id conflict_id);

struct ConflictItem : ConflictSummary {
  struct Hunk {
    std::string name;
    std::string base;
    std::string store;
    std::string disk;
    std::vector<entries::WordRun> base_to_store;
    std::vector<entries::WordRun> base_to_disk;
    std::optional<kb::Revision>
        store_revision;  // which gave the store's side its words; see kb/export/conflict_origin.h
    std::vector<ChangedQuotation> changed_quotations;  // by the file
  };
  std::string keep_disk_effect;  // what comes of each choice, in words
  std::string keep_store_effect;
  kb::ConflictTexts texts;    // whole pages
  std::vector<Hunk> places;  // of a hand edit: what both sides changed
};
// not_found where there is no such conflict.
Result<ConflictItem> conflict_item(kb::Store& store, kb::Id conflict_id);

// Who gave the store's side its words, when and by what: "taken out by jane on 2026-06-03 12:00 UTC: undone:
// change 10"; "" where that cannot be told.
std::string describe_store_change(const ConflictItem::Hunk& place);

// "the file changes words that are quoted from a source: “about ten times” (Pumps compared)".
std::string describe_changed_quotation(const ChangedQuotation& quotation);

}  // namespace stubkeeper::review
