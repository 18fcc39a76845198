#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "kb/store/store.h"
#include "llm/drafter.h"
#include "review/related_entries.h"

namespace stubkeeper::testing {

// Which task: an entry of the real section, a page of the real pages as one of its sources, and which of the
// page's passages are new (by ordinal); none: the page is seen for the first time.
struct RealTaskName {
  std::string entry;  // "datacenters/cooling/corintis"
  std::string page;   // "0017"
  std::vector<std::size_t> new_passages;
  // Put into the page's HTML behind a paragraph, such as an instruction that is hidden there.
  std::string injected_html;
};

// The real section, imported into a store in memory as `stubkeeper import` does, and tasks on it, made as a
// refresh makes them: the page is read and compared, and the task is filled from the store. Nothing of one
// task stays for the next one. Without Catch, for tests and benchmarks.
class RealTasks {
 public:
  // `data` is the folder of real data.
  static Result<std::unique_ptr<RealTasks>> open(const std::string& data);

  // A page of several of the entry's passages: its whole text, as it is read.
  struct PreparedTask {
    llm::Task task;
    std::string page_text;
    std::string entry_bytes;
    std::size_t steering_bytes = 0;  // of all rules that apply at the entry's place
  };
  Result<PreparedTask> make(const RealTaskName& name) const;

  // Paths of the section's published entries (section pages left out), and how many sources each has.
  std::vector<std::pair<std::string, std::size_t>> entries_with_sources() const;
  // The names of the pages, sorted.
  std::vector<std::string> pages() const;
  // A page's HTML and its text as it is read.
  Result<std::string> html(const std::string& page) const;
  Result<std::string> text(const std::string& page) const;

 private:
  RealTasks(std::string data, std::unique_ptr<kb::Store> store);
  Result<PreparedTask> make_in_transaction(const RealTaskName& name) const;

  std::string data_;
  std::unique_ptr<kb::Store> store_;
  std::unique_ptr<const review::RelatedEntries> related_;
};

}  // namespace stubkeeper::testing
