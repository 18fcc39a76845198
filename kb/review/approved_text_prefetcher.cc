#include "kb/review/approved_text_prefetcher.h"

#include <memory>
#include <mutex>
#include <set>

#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"

namespace stubkeeper::kb {
namespace {

// Another connection and thread cost about what one approval does.
constexpr std::size_t min_changes = 10;
// Some megabytes of texts.
constexpr std::size_t max_ahead = 200;

// What both threads know: the entries that a change goes into whose text is made.
class FirstChangePerEntry {
 public:
  bool claim_first(Id entry_id) {
    const std::lock_guard lock{mutex_};
    return entries_.insert(entry_id).second;
  }

 private:
  std::mutex mutex_;
  std::set<Id> entries_;
};

std::optional<ApprovedText> produce_text(Store& store, Id change_id, const std::string& today,
                                    FirstChangePerEntry& entries) {
  const auto change = Proposals{store}.get(change_id);
  if (!change.ok() || !entries.claim_first(change->entry_id)) return std::nullopt;
  const auto entry = EntryStore{store}.get(change->entry_id);
  if (!entry.ok()) return std::nullopt;
  auto text = approved_text(store, *change, *entry, nullptr, today);
  return text.ok() ? std::optional{*std::move(text)} : std::nullopt;
}

}  // namespace

ApprovedTextPrefetcher::ApprovedTextPrefetcher(Store& store, const std::vector<Id>& changes, const std::string& today) {
  if (changes.size() < min_changes) return;
  auto reader = store.reader();
  if (!reader.ok()) return;
  reader_ = *std::move(reader);
  const auto make_producer = [&changes, today, entries = std::make_shared<FirstChangePerEntry>()](Store& by) {
    return [&changes, today, entries, &by](std::size_t index) {
      return produce_text(by, changes[index], today, *entries);
    };
  };
  texts_.emplace(changes.size(), max_ahead, make_producer(*reader_), make_producer(store));
}

std::optional<ApprovedText> ApprovedTextPrefetcher::take(std::size_t index) {
  return texts_ ? texts_->take(index) : std::nullopt;
}

}  // namespace stubkeeper::kb
