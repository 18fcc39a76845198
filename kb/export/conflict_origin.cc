#include "kb/export/conflict_origin.h"

#include <algorithm>

#include "kb/entries/entry_store.h"

namespace stubkeeper::kb {
namespace {

// The revisions from the exported text to the conflict's; none where the two are not among the
// entry's in this order.
std::vector<Revision> revisions_since_export(std::vector<Revision> revisions, const Conflict& conflict) {
  const auto has = [](const std::string& sha256) {
    return [&sha256](const Revision& revision) { return revision.body_sha256 == sha256; };
  };
  const auto last = std::find_if(revisions.rbegin(), revisions.rend(), has(conflict.store_sha256));
  const auto exported = std::find_if(last, revisions.rend(), has(conflict.base_sha256));
  if (exported == revisions.rend()) return {};
  return {exported.base() - 1, last.base()};
}

// The text that a version of the store has at a place of the conflict.
std::string text_at(const entries::MergeConflict& place,
                    const std::vector<entries::MergeConflict>& conflicts) {
  const auto same = std::find_if(conflicts.begin(), conflicts.end(), [&](const auto& conflict) {
    return conflict.place == place.place && conflict.base == place.base;
  });
  return same == conflicts.end() ? place.base : same->ours;
}

}  // namespace

Result<std::vector<std::optional<Revision>>> find_conflicting_revisions(Store& store,
                                                                        const Conflict& conflict,
                                                                        const ConflictTexts& texts) {
  std::vector<std::optional<Revision>> found(texts.places.size());
  if (conflict.base_sha256.empty() || found.empty()) return found;
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(auto all, entries.revisions(conflict.entry_id));
  const std::vector<Revision> revisions = revisions_since_export(std::move(all), conflict);
  for (std::size_t i = revisions.size(); i-- > 1;) {
    STUBKEEPER_ASSIGN(const std::string before, entries.bytes(revisions[i - 1]));
    const auto conflicts = entries::merge_pages(texts.base, before, texts.theirs).conflicts;
    for (std::size_t place = 0; place < found.size(); ++place) {
      const bool changed_it = text_at(texts.places[place], conflicts) != texts.places[place].ours;
      if (!found[place] && changed_it) found[place] = revisions[i];
    }
    if (std::all_of(found.begin(), found.end(), [](const auto& each) { return each.has_value(); })) break;
  }
  return found;
}

}  // namespace stubkeeper::kb
