#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Passages that repeat on the pages of a host (navigation, promos, newsletter boxes), learned from
// snapshots. A passage that is, or ever was, on at least `min_other_pages` other pages of the same
// host belongs to the site and not to the page. A page is an address, whichever sources lead to it;
// passages are compared by their normalized hash. Local files have none. An object reads the passages
// of an address once and keeps them: it is for one transaction, in which it counts all that is stored.
// Borrows the store.
class HostBoilerplate {
 public:
  static constexpr std::int64_t min_other_pages = 3;

  explicit HostBoilerplate(Store& store) : store_(store) {}

  // Counts the passages of a page's new snapshot, each once for the page. Called before it is
  // stored.
  Status count(const DocumentRecord& document, const std::vector<Passage>& passages);

  // Whether a passage repeats on other pages of the document's host.
  Result<bool> is_boilerplate(const DocumentRecord& document, const std::string& normalized_sha256);

 private:
  using Hashes = std::unordered_set<std::string>;

  // The passages of all snapshots of an address, stored or counted.
  Result<Hashes*> passages_of(const std::string& address);

  Store& store_;
  std::unordered_map<std::string, Hashes> passages_by_address_;
};

}  // namespace stubkeeper::kb
