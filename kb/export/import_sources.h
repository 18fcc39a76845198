#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "entries/document.h"
#include "kb/store/id.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// An address in source_urls that became no source, as decided before.
struct LeftOutSource {
  std::string address;
  std::string reason;                // "was removed", "is read already, as a part of https://..."
  std::vector<std::string> entries;  // that name it, by path
};

// Makes sources of the addresses in pages' source_urls (.pdf: pdf, else page) and links them to the entries.
// A source that a person removed stays removed, and a document of another source (an item of a feed, of which
// a change was approved) is none of its own. Borrows the store.
class ImportSources {
 public:
  explicit ImportSources(Store& store) : store_(store) {}

  Status add(const entries::Document& document, Id entry_id, const std::string& path, Timestamp now);

  int added() const { return added_; }
  std::vector<LeftOutSource> left_out() const;  // by address

 private:
  Store& store_;
  int added_ = 0;
  std::map<std::string, LeftOutSource> left_out_;
};

}  // namespace stubkeeper::kb
