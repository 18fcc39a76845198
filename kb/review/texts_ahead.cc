#include "kb/review/texts_ahead.h"

#include <memory>
#include <mutex>
#include <set>

#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"

namespace stubkeeper::kb {
namespace {

// Another connection and thread cost about what one approval does.
constexpr std::size_t fewest_changes = 10;
// Some megabytes of texts.
constexpr std::size_t most_ahead = 200;

// What both threads know: the entries that a change goes into whose text is made.
class EntriesOnce {
 public:
  bool is_first(Id entry_id) {
    const std::lock_guard lock{mutex_};
    return entries_.insert(entry_id).second;
  }

 private:
  std::mutex mutex_;
  std::set<Id> entries_;
};

std::optional<ApprovedText> text_of(Store& store, Id change_id, const std::string& today,
                                    EntriesOnce& entries) {
  const auto change = Proposals{store}.get(change_id);
  if (!change.ok() || !entries.is_first(change->entry_id)) return std::nullopt;
  const auto entry = EntryStore{store}.get(change->entry_id);
  if (!entry.ok()) return std::nullopt;
  auto text = approved_text(store, *change, *entry, nullptr, today);
  return text.ok() ? std::optional{*std::move(text)} : std::nullopt;
}

}  // namespace

TextsAhead::TextsAhead(Store& store, const std::vector<Id>& changes, const std::string& today) {
  if (changes.size() < fewest_changes) return;
  auto reader = store.reader();
  if (!reader.ok()) return;
  reader_ = *std::move(reader);
  const auto maker = [&changes, today, entries = std::make_shared<EntriesOnce>()](Store& by) {
    return [&changes, today, entries, &by](std::size_t index) {
      return text_of(by, changes[index], today, *entries);
    };
  };
  texts_.emplace(changes.size(), most_ahead, maker(*reader_), maker(store));
}

std::optional<ApprovedText> TextsAhead::take(std::size_t index) {
  return texts_ ? texts_->take(index) : std::nullopt;
}

}  // namespace stubkeeper::kb
