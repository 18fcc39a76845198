#include "entries/checks/check.h"

#include <algorithm>

#include "base/text/strings.h"
#include "entries/checks/checker.h"
#include "entries/entry_path.h"
#include "entries/markdown/prose.h"
#include "entries/staleness.h"

namespace stubkeeper::entries {

PageKind classify_page(const HouseStyle& style, std::string_view file, const FrontMatter& front_matter) {
  if (contains(style.changelog_files, file)) return PageKind::changelog;
  return is_section_file(file) && !front_matter.has("source_urls") ? PageKind::section : PageKind::entry;
}

bool is_text(const Block& block) {
  switch (block.kind) {
    case BlockKind::front_matter:
    case BlockKind::code:
    case BlockKind::shortcode:
    case BlockKind::blank:
    case BlockKind::thematic_break:
      return false;
    default:
      return true;
  }
}

Finding* Checker::add(CheckId check, std::size_t line, std::string message) {
  const std::string_view id = check.text();
  if (contains(context.disabled, id)) return nullptr;
  findings_.push_back({std::string{id},
                       context.conventions.checks.find(id)->severity,
                       file_,
                       line,
                       std::move(message),
                       false,
                       {}});
  return &findings_.back();
}

void Checker::report(CheckId id, std::size_t line, std::string message) {
  add(id, line, std::move(message));
}

void Checker::report_fixable(CheckId id, std::size_t line, std::string message,
                             const std::function<std::vector<Fix>()>& make_fix, bool fixable) {
  Finding* finding = add(id, line, std::move(message));
  if (finding == nullptr) return;
  finding->fixable = fixable;
  if (fixable && context.with_fixes) finding->fix = make_fix();
}

void Checker::report_stale_part(CheckId id, std::size_t line, const std::string& part,
                                const std::string& reviewed, std::size_t cadence) {
  const auto age = days_between(reviewed, context.today);
  if (!age || *age <= static_cast<std::int64_t>(cadence)) return;
  const std::int64_t over = *age - static_cast<std::int64_t>(cadence);
  report(id, line,
         std::to_string(over) + (over == 1 ? " day" : " days") + " past its review date: " + part +
             " was last reviewed " + reviewed);
}

const std::vector<Link>& Checker::links(const Block& block) const {
  auto& links = cached_block(block).links;
  if (!links) links = find_links(document.text(block));
  return *links;
}

const std::string& Checker::prose(const Block& block) const {
  auto& prose = cached_block(block).prose;
  if (!prose) prose = mask_non_prose(document.text(block), links(block));
  return *prose;
}

std::string_view Checker::part_name(const Block& block) const {
  // Blocks of one part follow each other.
  if (last_part_ == nullptr || *last_part_ != block.part) {
    const EntryPart* part = types.part_of_heading(block.part);
    last_part_ = &block.part;
    last_part_name_ = part == nullptr ? std::string_view{} : std::string_view{part->name};
  }
  return last_part_name_;
}

std::size_t Checker::line_of_byte(const Block& block, std::size_t byte_of_block) const {
  const std::string_view text = document.text(block).substr(0, byte_of_block);
  return block.first_line + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
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
  if (checker.role == FileRole::resource || checker.role == FileRole::ignored) return {};
  const unsigned kind = checker.role == FileRole::translation ? translated_pages : kind_bit(checker.kind);
  for (const Check& check : all_checks()) {
    if ((check.kinds & kind) != 0) check.run(checker);
  }
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
