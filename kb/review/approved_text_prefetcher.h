#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/prefetcher.h"
#include "kb/review/approved_text.h"

namespace stubkeeper::kb {

// The texts that approving many changes gives, made on another thread and connection while the caller writes
// those before them into the store. A text is of what was committed when it was made; whether it still holds
// is for the caller to ask (ApprovedText::is_current_for). Only the first of an entry's changes is made ahead:
// those behind it go into the text that it leaves. Borrows store and list.
class ApprovedTextPrefetcher {
 public:
  // `today`: of the approvals. Where there are few changes, or the store is in memory, nothing is made ahead.
  ApprovedTextPrefetcher(Store& store, const std::vector<Id>& changes, const std::string& today);

  // The text of changes[index]; to be called with 0, 1, 2, ... Nothing where it was not made, whatever the
  // reason: the caller makes it, and gets the reason where that fails too.
  std::optional<ApprovedText> take(std::size_t index);

 private:
  std::unique_ptr<Store> reader_;
  std::optional<Prefetcher<std::optional<ApprovedText>>> texts_;
};

}  // namespace stubkeeper::kb
