#include "review/changed_quotations.h"

#include <algorithm>
#include <set>

#include "base/text/ascii.h"
#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "kb/sources/snapshots.h"
#include "llm/normalized_text.h"
#include "llm/verification/quotations.h"
#include "llm/verification/words.h"

namespace stubkeeper::review {
namespace {

Result<std::vector<kb::Citation>> list_entry_citations(kb::Store& store, kb::Id entry_id) {
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(entry_id));
  kb::ChangeFilter filter;
  filter.state.reset();
  filter.path = entry.path;
  STUBKEEPER_ASSIGN(const auto changes, kb::Proposals{store}.list(filter));
  std::vector<kb::Citation> citations;
  for (const kb::Change& change : changes) {
    // A section's path is the beginning of its entries'.
    if (change.entry_id != entry_id) continue;
    citations.insert(citations.end(), change.citations.begin(), change.citations.end());
  }
  return citations;
}

const kb::Citation* find_citation(const std::vector<kb::Citation>& citations, const std::string& words) {
  const std::string needle = llm::NormalizedText{ascii_lower(words)}.text();
  const auto found = std::find_if(citations.begin(), citations.end(), [&](const kb::Citation& citation) {
    return llm::NormalizedText{ascii_lower(citation.quote)}.find(needle, 0).has_value();
  });
  return found == citations.end() ? nullptr : &*found;
}

// Whether two quotations are one in other words: most words of the shorter one stand in the other.
bool share_most_words(const std::string& one, const std::string& other) {
  const auto a = llm::lowercase_word_set(one);
  const auto b = llm::lowercase_word_set(other);
  const auto common = std::count_if(a.begin(), a.end(), [&](const auto& word) { return b.contains(word); });
  return static_cast<std::size_t>(common) * 2 > std::min(a.size(), b.size());
}

Result<std::string> find_source_name(kb::Store& store, const kb::Citation& citation) {
  kb::Snapshots snapshots{store};
  STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(citation.snapshot_id));
  STUBKEEPER_ASSIGN(const auto document, snapshots.get_document(snapshot.document_id));
  return kb::name_of(snapshot, document);
}

}  // namespace

Result<std::vector<ChangedQuotation>> changed_quotations(kb::Store& store, kb::Id entry_id,
                                                         std::string_view before, std::string_view after) {
  std::vector<ChangedQuotation> changed;
  const auto removed = llm::find_missing_quotations(before, after);
  const auto added = llm::find_missing_quotations(after, before);
  if (removed.empty() || added.empty()) return changed;
  STUBKEEPER_ASSIGN(const auto citations, list_entry_citations(store, entry_id));
  for (const std::string& words : removed) {
    const kb::Citation* citation = find_citation(citations, words);
    const bool is_reworded = std::any_of(added.begin(), added.end(), [&](const std::string& other) {
      return share_most_words(words, other) && find_citation(citations, other) == nullptr;
    });
    if (citation == nullptr || !is_reworded) continue;
    STUBKEEPER_ASSIGN(auto name, find_source_name(store, *citation));
    changed.push_back({words, std::move(name), *citation});
  }
  return changed;
}

}  // namespace stubkeeper::review
