#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "entries/conventions/house_style.h"

namespace stubkeeper::entries {

// A topic area: a folder at the first level with a section page.
struct TopicArea {
  std::string file;  // "energy/_index.md"
  std::string title;
};

// Facts of all pages of a section that the checks of one page need. Filled page by page; after that safe to
// share between threads.
class SectionIndex {
 public:
  // `file` is below the section's root. Markdown is not parsed.
  void add(const HouseStyle& style, const std::string& file, std::string_view page);

  // Whether some page has an https address of this host (lower case, with its port).
  bool host_serves_https(std::string_view host) const { return https_hosts_.contains(std::string{host}); }
  // Whether some page has this address with https. `rest` follows "://".
  bool has_https_address(std::string_view rest) const { return https_addresses_.contains(std::string{rest}); }
  // The mark that an entry of this title needs in tables, or "".
  std::string owner_mark(std::string_view title) const;
  const std::vector<TopicArea>& topics() const { return topics_; }
  // The files whose names differ in case alone.
  std::vector<std::string> find_case_conflicts(const std::string& file) const;

 private:
  std::unordered_set<std::string> https_hosts_;
  std::unordered_set<std::string> https_addresses_;
  std::map<std::string, std::string, std::less<>> marks_;  // by title in lower case
  std::vector<TopicArea> topics_;
  std::map<std::string, std::vector<std::string>> files_;  // by name in lower case
};

}  // namespace stubkeeper::entries
