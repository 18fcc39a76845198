#include "entries/checks/section_index.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "entries/front_matter.h"

namespace stubkeeper::entries {
namespace {

std::size_t end_of_address(std::string_view text, std::size_t begin) {
  return std::min(text.find_first_of(" \t\r\n<>\"'`)]|\\", begin), text.size());
}

bool is_topic_page(std::string_view file) {
  const std::size_t slash = file.find('/');
  return slash != std::string_view::npos && file.substr(slash + 1) == "_index.md";
}

}  // namespace

void SectionIndex::add(const HouseStyle& style, const std::string& file, std::string_view page) {
  files_[ascii_lower(file)].push_back(file);
  for (std::size_t at = page.find("https://"); at != std::string_view::npos; at = page.find("https://", at)) {
    at += 8;
    const std::size_t end = end_of_address(page, at);
    const std::string_view rest = page.substr(at, end - at);
    https_hosts_.insert(ascii_lower(rest.substr(0, rest.find_first_of("/?#"))));
    https_addresses_.emplace(rest);
    at = end;
  }
  const bool may_be_marked =
      std::any_of(style.owner_marks.begin(), style.owner_marks.end(),
                  [&](const OwnerMark& mark) { return page.find(mark.field) != std::string_view::npos; });
  if (!may_be_marked && !is_topic_page(file)) return;
  const FrontMatter fields = FrontMatter::parse(page);
  const std::string title = fields.scalar("title").value_or("");
  for (const OwnerMark& mark : style.owner_marks) {
    if (!title.empty() && fields.scalar(mark.field) == "true") marks_[ascii_lower(title)] = mark.mark;
  }
  const bool is_changelog = contains(style.changelog_files, file);
  if (is_topic_page(file) && !is_changelog && fields.scalar("draft") != "true")
    topics_.push_back({file, title});
}

std::string SectionIndex::owner_mark(std::string_view title) const {
  const auto found = marks_.find(ascii_lower(title));
  return found == marks_.end() ? "" : found->second;
}

std::vector<std::string> SectionIndex::find_case_conflicts(const std::string& file) const {
  std::vector<std::string> case_conflicts;
  const auto found = files_.find(ascii_lower(file));
  if (found == files_.end()) return case_conflicts;
  std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(case_conflicts),
               [&](const std::string& other) { return other != file; });
  return case_conflicts;
}

}  // namespace stubkeeper::entries
