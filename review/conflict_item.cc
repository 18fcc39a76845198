#include "review/conflict_item.h"

#include <fmt/format.h>

#include "base/text/ascii.h"
#include "entries/block_diff.h"
#include "kb/entries/entry_store.h"
#include "kb/export/conflict_origin.h"
#include "review/labels.h"

namespace stubkeeper::review {
namespace {

std::string description(const kb::Conflict& conflict) {
  if (conflict.is_deletion()) return "deleted on disk since the last export";
  std::string what = conflict.base_sha256.empty() ? "on disk already, and no export made it"
                                                  : "edited on disk where the store has something newer too";
  if (conflict.only_in_store)
    what += "; a decision about it was undone, and the file stays as it is now until you decide again";
  return what;
}

const char* conflict_kind(const kb::Conflict& conflict) {
  if (conflict.is_deletion()) return "deleted file";
  return conflict.base_sha256.empty() ? "unknown file" : "hand edit";
}

void set_keep_effects(ConflictItem& item) {
  if (item.conflict.is_deletion()) {
    item.keep_disk_effect = "the entry is removed, and its history stays";
    item.keep_store_effect = "the file is written again";
  } else if (item.conflict.base_sha256.empty()) {
    item.keep_disk_effect = "the file's text becomes the entry's next revision";
    item.keep_store_effect = "the file is replaced";
  } else {
    item.keep_disk_effect = "your text at these places; the rest of both is merged";
    item.keep_store_effect = "the store's text at these places; the rest of both is merged";
  }
}

}  // namespace

Result<ConflictSummary> conflict_summary(kb::Store& store, kb::Id conflict_id) {
  ConflictSummary summary;
  STUBKEEPER_ASSIGN(summary.conflict, kb::Conflicts{store}.get(conflict_id));
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(summary.conflict.entry_id));
  summary.entry_path = entry.path;
  summary.entry_title = entry.title;
  summary.kind = conflict_kind(summary.conflict);
  summary.description = description(summary.conflict);
  return summary;
}

Result<ConflictItem> conflict_item(kb::Store& store, kb::Id conflict_id) {
  STUBKEEPER_ASSIGN(auto summary, conflict_summary(store, conflict_id));
  ConflictItem item{std::move(summary), "", "", {}, {}};
  STUBKEEPER_ASSIGN(item.texts, kb::Conflicts{store}.texts(item.conflict));
  set_keep_effects(item);
  STUBKEEPER_ASSIGN(const auto origins, kb::find_conflicting_revisions(store, item.conflict, item.texts));
  for (std::size_t i = 0; i < item.texts.places.size(); ++i) {
    const entries::MergeConflict& place = item.texts.places[i];
    STUBKEEPER_ASSIGN(auto quotations,
                      changed_quotations(store, item.conflict.entry_id, place.base, place.theirs));
    item.places.push_back({place.place, place.base, place.ours, place.theirs,
                           entries::merge_small_gaps(entries::word_diff(place.base, place.ours)),
                           entries::merge_small_gaps(entries::word_diff(place.base, place.theirs)), origins[i],
                           std::move(quotations)});
  }
  return item;
}

std::string describe_store_change(const ConflictItem::Hunk& place) {
  if (!place.store_revision) return "";
  const kb::Revision& revision = *place.store_revision;
  const char* what = trim_ascii(place.store).empty()  ? "taken out"
                     : trim_ascii(place.base).empty() ? "written"
                                                      : "changed";
  return fmt::format("{} by {} on {}{}", what, revision.author, format_timestamp(revision.created_at),
                     revision.note.empty() ? "" : ": " + revision.note);
}

std::string describe_changed_quotation(const ChangedQuotation& quotation) {
  return fmt::format("the file changes words that are quoted from a source: “{}” ({})", quotation.words,
                     quotation.source_name);
}

}  // namespace stubkeeper::review
