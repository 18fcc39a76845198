#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "entries/checks/check.h"

namespace stubkeeper::entries {

// A page under check, and where its findings go. For the files of this folder alone.
class Checker {
 public:
  Checker(const std::string& file, const Document& page, const CheckContext& surroundings)
      : document(page), context(surroundings), kind(page_kind_of(file, page.front_matter())), file_(file) {}

  void report(std::string_view id, std::size_t line, std::string message);
  // `make_fix` is called only where fixes are asked for.
  void report_fixable(std::string_view id, std::size_t line, std::string message,
                      const std::function<std::vector<Fix>()>& make_fix);
  const std::string& file() const { return file_; }
  std::vector<Finding> take_findings();

  const Document& document;
  const CheckContext& context;
  const PageKind kind;

 private:
  Finding* add(std::string_view id, std::size_t line, std::string message);
  std::string file_;
  std::vector<Finding> findings_;
};

void check_bytes(Checker& checker);
void check_file_name(Checker& checker);
void check_front_matter(Checker& checker);
void check_staleness(Checker& checker);
void check_disclaimer(Checker& checker);
void check_parts(Checker& checker);
void check_developments(Checker& checker);
void check_claims(Checker& checker);
void check_source_list(Checker& checker);
void check_relrefs(Checker& checker);
void check_link_schemes(Checker& checker);
void check_changelog(Checker& checker);
void check_research_area(Checker& checker);
void check_source_urls(Checker& checker);
void check_part_order(Checker& checker);
void check_section_content(Checker& checker);
void check_tier_order(Checker& checker);
void check_todos(Checker& checker);

}  // namespace stubkeeper::entries
