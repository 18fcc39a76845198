#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entries/checks/section_index.h"
#include "entries/conventions.h"
#include "entries/document.h"
#include "entries/site/page_index.h"

namespace stubkeeper::entries {

// A change of --fix: these bytes of the page become `replacement`.
struct Fix {
  ByteRange bytes;
  std::string replacement;
};

// A rule that a page breaks.
struct Finding {
  std::string id;
  Severity severity = Severity::warning;
  std::string file;
  std::size_t line = 1;
  std::string message;   // a clause: the fault, and where it is not plain the remedy
  bool fixable = false;  // by --fix
  std::vector<Fix> fix;  // of a fixable one, where fixes were asked for
};

// The checks' knowledge beside the page.
struct CheckContext {
  const Conventions& conventions;
  const PageIndex& pages;
  const SectionIndex& section;
  std::string today;                  // YYYY-MM-DD
  std::vector<std::string> disabled;  // ids of rules
  bool with_fixes = false;            // costs time
};

// The kind of page of a file.
PageKind classify_page(const HouseStyle& style, std::string_view file, const FrontMatter& front_matter);

// All findings of a page, by line, then id. A page in another language than the section's is held only to what holds
// for any text; a resource of a bundle has none.
std::vector<Finding> check_page(const std::string& file, const Document& document,
                                const CheckContext& context);

// The page with the fixes of its findings; other bytes stay.
std::string apply_fixes(std::string_view page, const std::vector<Finding>& findings);

}  // namespace stubkeeper::entries
