// Rules about the changelog: one dated line an addition, short, newest first.

#include <string>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/utf8.h"
#include "entries/checks/checker.h"
#include "entries/markdown/links.h"
#include "entries/markdown/prose.h"

namespace stubkeeper::entries {
namespace {

// "2026-05-07" of "- **2026-05-07:** ..."; "" for another item.
std::string parse_item_date(std::string_view item) {
  const std::size_t bold = item.find("**");
  if (bold == std::string_view::npos || bold > 4 || item.size() < bold + 15) return "";
  const std::string_view date = iso_date_prefix(item.substr(bold + 2));
  return date.size() == 10 ? std::string{date} : "";
}

// A file name as text in place of a title: "ionq.md".
std::string bare_file_name(std::string_view item) {
  const std::string prose = mask_non_prose(item);
  for (std::size_t at = prose.find(".md"); at != std::string::npos; at = prose.find(".md", at + 3)) {
    std::size_t begin = at;
    while (begin > 0 && (is_ascii_alphanumeric(prose[begin - 1]) ||
                         std::string_view{"-_/"}.find(prose[begin - 1]) != std::string_view::npos))
      --begin;
    if (begin < at) return prose.substr(begin, at + 3 - begin);
  }
  return "";
}

void check_link(Checker& checker, const Block& block, std::string_view item) {
  if (block.depth > 0) return;
  if (const std::string name = bare_file_name(item); !name.empty()) {
    checker.report("changelog-link", block.first_line,
                   "the line names the file \"" + name + "\"; name the page and link it");
  } else if (find_links(item).empty()) {
    checker.report("changelog-link", block.first_line, "the line links no page");
  }
}

void check_changelog(Checker& checker) {
  const std::size_t max_characters = checker.style.max_changelog_characters;
  std::string before;
  for (const Block& block : checker.document.blocks()) {
    if (block.kind != BlockKind::list_item) continue;
    std::string_view item = checker.document.text(block);
    while (!item.empty() && (item.back() == '\n' || item.back() == '\r')) item.remove_suffix(1);
    const std::size_t length = utf8_length(item);
    if (length > max_characters) {
      checker.report("changelog-length", block.first_line,
                     "the line has " + std::to_string(length) + " characters, " +
                         std::to_string(length - max_characters) + " more than the " +
                         std::to_string(max_characters) + " that are allowed");
    }
    const std::string date = parse_item_date(item);
    if (block.depth > 0) {
      checker.report("changelog-form", block.first_line,
                     "the line stands below another; one line for each addition");
    } else if (item.find('\n') != std::string_view::npos) {
      checker.report("changelog-form", block.first_line, "the entry goes over several lines");
    } else if (date.empty()) {
      checker.report("changelog-form", block.first_line,
                     "the line does not begin with its date, as **2026-05-07:**");
    }
    check_link(checker, block, item);
    if (date.empty()) continue;
    if (!before.empty() && date > before) {
      checker.report("changelog-order", block.first_line,
                     date + " stands below " + before + "; the newest goes first");
    }
    before = date;
  }
}

}  // namespace

std::span<const Check> changelog_checks() {
  static constexpr Check checks[] = {{check_changelog, changelog_pages}};
  return checks;
}

}  // namespace stubkeeper::entries
