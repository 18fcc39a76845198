#pragma once

#include <map>
#include <string>
#include <vector>

#include "entries/site/page_index.h"
#include "entries/subject_index.h"
#include "kb/entries/records.h"
#include "llm/drafter.h"

namespace stubkeeper::review {

// The published entries that a task can link to: those that its passages name, in their order, then
// neighbours in the same folder, by path. Made once for many tasks.
class RelatedEntries {
 public:
  explicit RelatedEntries(const std::vector<kb::Entry>& all);

  // At most 12, of them at most 4 neighbours; never the entry itself.
  std::vector<llm::RelatedEntry> select(const kb::Entry& entry, const llm::Task& task) const;

  // These entries in this order, as the entry links to them. One that cannot be linked to any more
  // has no reference, so that the others keep their numbers.
  std::vector<llm::RelatedEntry> listed(const kb::Entry& entry, const std::vector<kb::Id>& ids) const;

 private:
  std::map<kb::Id, kb::Entry> entries_;
  std::map<std::string, std::vector<kb::Id>> by_folder_;
  entries::SubjectIndex subjects_;
  entries::PageIndex pages_;
};

}  // namespace stubkeeper::review
