#pragma once

#include <string>
#include <vector>

#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// What repeats on the pages of a host (navigation, promos, newsletter boxes, "related articles"), learned
// from the snapshots in the store. The rule: a passage that stands, or ever stood, on at least
// `min_other_pages` other pages of the same host belongs to the site and not to the page. A page is an
// address, however many sources and documents lead to it; passages are the same where their likeness is.
// Documents on no host (local files) have nothing that repeats. Each question is one look-up by host and
// likeness, or two, however much is stored. Borrows the store.
class HostBoilerplate {
 public:
  static constexpr std::int64_t min_other_pages = 3;

  explicit HostBoilerplate(Store& store) : store_(store) {}

  // Counts the passages of a page's new snapshot, each once for the page. To be called before the snapshot is
  // stored.
  Status count(const DocumentRecord& document, const std::vector<Passage>& passages);

  // Whether a passage repeats on other pages of the document's host.
  Result<bool> is_boilerplate(const DocumentRecord& document, const std::string& normalized_sha256);

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
