#include "entries/checks/check.h"

#include <algorithm>

#include "entries/checks/checker.h"

namespace stubkeeper::entries {

PageKind page_kind_of(std::string_view file, const FrontMatter& front_matter) {
  if (file == "changelog.md" || file == "changelog/index.md" || file == "changelog/_index.md")
    return PageKind::changelog;
  const bool landing_page = file == "_index.md" || file.ends_with("/_index.md");
  return landing_page && !front_matter.has("source_urls") ? PageKind::section : PageKind::entry;
}

Finding* Checker::add(std::string_view id, std::size_t line, std::string message) {
  if (std::find(context.disabled.begin(), context.disabled.end(), id) != context.disabled.end())
    return nullptr;
  const CheckRule* rule = check_rules().find(id);
  findings_.push_back({std::string{id},
                       rule == nullptr ? Severity::warning : rule->severity,
                       file_,
                       line,
                       std::move(message),
                       false,
                       {}});
  return &findings_.back();
}

void Checker::report(std::string_view id, std::size_t line, std::string message) {
  add(id, line, std::move(message));
}

void Checker::report_fixable(std::string_view id, std::size_t line, std::string message,
                             const std::function<std::vector<Fix>()>& make_fix) {
  Finding* finding = add(id, line, std::move(message));
  if (finding == nullptr) return;
  finding->fixable = true;
  if (context.with_fixes) finding->fix = make_fix();
}

std::vector<Finding> Checker::take_findings() {
  std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) {
    return a.line != b.line ? a.line < b.line : a.id < b.id;
  });
  return std::move(findings_);
}

std::vector<Finding> check_page(const std::string& file, const Document& document,
                                const CheckContext& context) {
  Checker checker{file, document, context};
  check_bytes(checker);
  check_file_name(checker);
  check_front_matter(checker);
  check_staleness(checker);
  check_relrefs(checker);
  check_link_schemes(checker);
  check_todos(checker);
  if (checker.kind == PageKind::entry) {
    check_disclaimer(checker);
    check_parts(checker);
    check_developments(checker);
    check_claims(checker);
    check_source_list(checker);
    check_research_area(checker);
    check_source_urls(checker);
    check_part_order(checker);
  }
  if (checker.kind == PageKind::section) {
    check_section_content(checker);
    check_tier_order(checker);
  }
  if (checker.kind == PageKind::changelog) check_changelog(checker);
  return checker.take_findings();
}

std::string apply_fixes(std::string_view page, const std::vector<Finding>& findings) {
  std::vector<Fix> fixes;
  for (const Finding& finding : findings) fixes.insert(fixes.end(), finding.fix.begin(), finding.fix.end());
  std::stable_sort(fixes.begin(), fixes.end(),
                   [](const Fix& a, const Fix& b) { return a.bytes.begin < b.bytes.begin; });
  std::string fixed;
  std::size_t at = 0;
  for (const Fix& fix : fixes) {
    if (fix.bytes.begin < at || fix.bytes.end > page.size()) continue;  // an earlier fix has these bytes
    fixed += page.substr(at, fix.bytes.begin - at);
    fixed += fix.replacement;
    at = fix.bytes.end;
  }
  return fixed += page.substr(at);
}

}  // namespace stubkeeper::entries
