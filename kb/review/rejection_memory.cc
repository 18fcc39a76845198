#include "kb/review/rejection_memory.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "entries/word_diff.h"
#include "kb/entries/change_rows.h"
#include "kb/sources/snapshots.h"

namespace stubkeeper::kb {
namespace {

std::string normalized_words(std::string_view text) {
  std::string words;
  for (const std::string_view unit : entries::tokenize_words(text)) {
    if (entries::has_word(unit)) words += ascii_lower(unit) + " ";
  }
  return words;
}

bool intersects(const std::set<Id>& a, const std::set<Id>& b) {
  return std::any_of(a.begin(), a.end(), [&](Id id) { return b.contains(id); });
}

}  // namespace

Result<RejectionMemory> RejectionMemory::read(Store& store, Id entry_id) {
  STUBKEEPER_ASSIGN(auto refusals, Refusals{store}.active_refusals());
  RejectionMemory rejection_memory{store, entry_id, std::move(refusals)};
  STUBKEEPER_ASSIGN(const auto rejected,
                    read_entry_changes(store.database(), entry_id, ChangeState::rejected));
  for (const Change& change : rejected) {
    STUBKEEPER_ASSIGN(auto sources, rejection_memory.sources_of(change.citations));
    rejection_memory.rejected_.push_back({normalized_words(change.new_text), std::move(sources)});
  }
  return rejection_memory;
}

Result<std::set<Id>> RejectionMemory::sources_of(const std::vector<Citation>& citations) {
  std::set<Id> sources;
  Snapshots snapshots{*store_};
  for (const Citation& citation : citations) {
    STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(citation.snapshot_id));
    STUBKEEPER_ASSIGN(const auto document, snapshots.get_document(snapshot.document_id));
    sources.insert(document.source_id);
  }
  return sources;
}

Result<bool> RejectionMemory::is_rejected(const Proposals::NewChange& change) {
  if (refusals_.refuses_kind(entry_id_, change.kind)) return true;
  if (rejected_.empty() && refusals_.empty()) return false;
  STUBKEEPER_ASSIGN(const auto sources, sources_of(change.citations));
  const std::string words = normalized_words(change.new_text);
  for (const Rejected& rejected : rejected_) {
    const bool same_sources =
        intersects(rejected.sources, sources) || (rejected.sources.empty() && sources.empty());
    if (same_sources && rejected.words == words) return true;
  }
  if (refusals_.empty()) return false;
  Snapshots snapshots{*store_};
  for (const Citation& citation : change.citations) {
    STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(citation.snapshot_id));
    STUBKEEPER_ASSIGN(const auto document, snapshots.get_document(snapshot.document_id));
    STUBKEEPER_ASSIGN(const auto passages, snapshots.passages(snapshot.id));
    for (const Passage& passage : passages) {
      const bool quoted = passage.begin_byte < citation.end_byte && citation.begin_byte < passage.end_byte;
      if (quoted && refusals_.refuses_passage(entry_id_, document.source_id, passage.normalized_sha256))
        return true;
    }
    if (refusals_.refuses_passage(entry_id_, document.source_id, "")) return true;
  }
  return false;
}

}  // namespace stubkeeper::kb
