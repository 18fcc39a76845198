// Rules about Key People: each with a profile line, and the part with its own review date.

#include <algorithm>
#include <charconv>
#include <string>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "entries/checks/checker.h"
#include "entries/edits/list_items.h"
#include "entries/markdown/lines.h"
#include "entries/markdown/tables.h"
#include "entries/staleness.h"

namespace stubkeeper::entries {
namespace {

// Whether a text is written as a person's name: two to six words that begin with capitals, but for
// particles, initials and brackets.
bool is_name(std::string_view text) {
  static constexpr std::string_view organization_words[] = {
      "Organizations", "Partners",    "Team",       "Board",        "Leadership", "Technologies",
      "Inc",           "Corporation", "University", "Institute",    "Group",      "Company",
      "People",        "Research",    "Laboratory", "Laboratories", "Systems",    "Investors"};
  int words = 0;
  if (text.find(':') != std::string_view::npos) return false;
  for (const std::string_view word : split_nonempty(trim(text), " ")) {
    if (contains(organization_words, word)) return false;
    ++words;
    const bool particle = word == "van" || word == "de" || word == "der" || word == "von" || word == "da" ||
                          word == "al" || word == "bin" || word == "di" || word == "la" || word == "den";
    const char first =
        word.front() == '(' || word.front() == '"' ? (word.size() > 1 ? word[1] : ' ') : word.front();
    if (!particle && !is_ascii_upper(first) && is_ascii(first)) return false;
    if (std::any_of(word.begin(), word.end(), is_ascii_digit)) return false;
  }
  return words >= 2 && words <= 6;
}

// The text before a dash, bracket, comma or pipe: the name of "Ali Kashani — CEO".
std::string_view strip_role(std::string_view text) {
  std::size_t end = text.size();
  for (const std::string_view mark : {" — ", " – ", " - ", ", ", " | "}) end = std::min(end, text.find(mark));
  return trim(text.substr(0, end));
}

// The name that a block under Key People begins with, or "".
std::string parse_person_name(const Document& document, const Block& block) {
  std::string_view text = document.text(block);
  text = text.substr(0, text.find_first_of("\r\n"));
  if (block.kind == BlockKind::heading && block.heading_level >= 3) {
    // A heading without a role is a group of people or a name; only the name has no "Last
    // Reviewed".
    const std::string name{strip_role(heading_text(text))};
    return is_name(name) ? name : "";
  }
  if (block.kind == BlockKind::table_row) {
    const auto cells = split_table_cells(text);
    const std::string name = cells.empty() ? "" : cell_plain_text(cells.front());
    return is_name(name) && text.find("**") != std::string_view::npos ? name : "";
  }
  if (block.kind != BlockKind::list_item || block.depth > 0) return "";
  const std::string_view item = text.substr(list_marker(text).size());
  if (!item.starts_with("**")) return "";
  const std::string_view bold = item.substr(2, item.find("**", 2) - 2);
  const std::string_view name = strip_role(bold);
  return is_name(name) ? std::string{name} : "";
}

bool has_profile(const HouseStyle& style, std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c != '*' && c != '[' && c != ']') plain += to_ascii_lower(c);
  }
  return std::any_of(
      style.people_profiles.begin(), style.people_profiles.end(),
      [&](const std::string& mark) { return plain.find(ascii_lower(mark)) != std::string::npos; });
}

void check_profiles(Checker& checker, const PartRange& place) {
  const auto& blocks = checker.document.blocks();
  bool is_below_person = false;
  for (std::size_t i = place.first; i < place.end; ++i) {
    if (blocks[i].kind == BlockKind::heading) is_below_person = false;
    // Text below a person's heading is about that person.
    if (is_below_person && blocks[i].kind != BlockKind::heading) continue;
    const std::string name = parse_person_name(checker.document, blocks[i]);
    if (name.empty()) continue;
    std::size_t end = i + 1;
    if (blocks[i].kind == BlockKind::heading) {
      is_below_person = true;
      while (end < place.end && blocks[end].kind != BlockKind::heading) ++end;
    } else {
      while (end < place.end && blocks[end].kind == BlockKind::list_item && blocks[end].depth > 0) ++end;
    }
    if (!has_profile(checker.style, checker.document.text_of_blocks(i, end))) {
      checker.report(
          "people-profile", blocks[i].first_line,
          "\"" + name + "\" has no profile address; write \"LinkedIn: not found\" where there is none");
    }
  }
}

void check_people(Checker& checker) {
  const auto place = checker.part("people");
  if (!place) return;
  check_profiles(checker, *place);
  const Document& document = checker.document;
  const auto reviewed = find_review_date(document.text_of_blocks(place->heading, place->end));
  const std::size_t line = document.blocks()[place->heading].first_line;
  if (!reviewed) {
    checker.report(
        "people-review-date", line,
        "Key People does not say when it was last reviewed, as ### People — Last Reviewed: 2026-05-07");
    return;
  }
  std::size_t cadence = checker.style.people_stale_after_days;
  if (const auto text = document.front_matter().scalar("stale_after_days")) {
    std::size_t days = cadence;
    std::from_chars(text->data(), text->data() + text->size(), days);
    cadence = std::min(cadence, days);
  }
  checker.report_stale_part("people-stale", line, "Key People", *reviewed, cadence);
}

}  // namespace

std::span<const Check> people_checks() {
  static constexpr Check checks[] = {{check_people, entry_pages}};
  return checks;
}

}  // namespace stubkeeper::entries
