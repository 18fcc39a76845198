// Rules about a page as a whole: its bytes, its name, its front matter.

#include <algorithm>
#include <string>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "entries/checks/checker.h"
#include "entries/entry_path.h"
#include "entries/front_matter_error.h"
#include "entries/markdown/raw_html.h"
#include "entries/staleness.h"

namespace stubkeeper::entries {
namespace {

std::size_t line_at(std::string_view text, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::count(
                 text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size())), '\n'));
}

// YYYY-MM-DD, with or without a time.
bool is_date(std::string_view text) {
  return is_iso_date(text.substr(0, 10)) && text.size() >= 10 &&
         (text.size() == 10 || text[10] == 'T' || text[10] == ' ');
}

bool is_valid_file_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return is_ascii_lower(c) || is_ascii_digit(c) || c == '-' || c == '.';
  });
}

void check_bytes(Checker& checker) {
  const std::string& page = checker.document.print();
  if (const auto at = first_invalid_utf8(page)) {
    checker.report("bytes", line_at(page, *at), "the file is no valid UTF-8 here; save it as UTF-8");
  }
  if (const std::size_t at = page.find('\0'); at != std::string::npos) {
    checker.report("bytes", line_at(page, at), "the file holds a NUL byte");
  }
}

void check_file_name(Checker& checker) {
  for (const std::string_view name : split(checker.file(), '/')) {
    if (!is_valid_file_name(name.starts_with("_index.") ? name.substr(1) : name)) {
      checker.report("file-name", 1, "\"" + std::string{name} + "\" is not lower case, hyphenated ASCII");
    }
  }
  for (const std::string& case_conflict : checker.context.section.find_case_conflicts(checker.file()))
    checker.report("file-name-case", 1,
                   "\"" + case_conflict + "\" has this name too but for its case; rename one");
}

void check_front_matter_broken(Checker& checker) {
  if (const auto error = find_front_matter_error(checker.document.front_matter()))
    checker.report("front-matter-broken", error->line, "the front matter cannot be read: " + error->message);
}

void check_front_matter(Checker& checker) {
  const FrontMatter& fields = checker.document.front_matter();
  if (!fields.parse_error().empty()) return;  // front-matter-broken says so
  const FieldRules& rules = checker.style.fields_of(checker.kind);
  for (const std::string& name : rules.required) {
    if (!fields.has(name)) {
      checker.report("front-matter-missing", 1, "the field \"" + name + "\" is missing");
    } else if (const auto value = fields.scalar(name); value && value->empty()) {
      checker.report("front-matter-missing", fields.line_of(name), "the field \"" + name + "\" is empty");
    } else if (name == "source_urls" && fields.list(name).empty()) {
      checker.report("front-matter-missing", fields.line_of(name), "\"source_urls\" names no source");
    }
  }
  for (const std::string& name : rules.forbidden) {
    if (fields.has(name)) {
      checker.report("front-matter-forbidden", fields.line_of(name),
                     "the field \"" + name + "\" has no place on " +
                         (checker.kind == PageKind::entry ? "an entry" : "this page"));
    }
  }
  for (const char* name : {"date", "lastmod", "last_reviewed"}) {
    const auto value = fields.scalar(name);
    if (value && !value->empty() && !is_date(*value)) {
      checker.report("front-matter-date", fields.line_of(name),
                     std::string{"\""} + name + "\" is \"" + *value + "\", not a date as 2026-05-07");
    }
  }
}

// Front matter of a form in which fields cannot be set in place.
void check_front_matter_form(Checker& checker) {
  const FrontMatter& fields = checker.document.front_matter();
  if (!fields.is_editable()) return;
  std::vector<FieldChange> changes{
      {FieldChange::Kind::set, "last_reviewed", checker.context.today, ScalarStyle::bare_date}};
  if (checker.kind == PageKind::entry)
    changes.push_back({FieldChange::Kind::append, "source_urls", "https://source.invalid/"});
  const auto changed = change_fields(checker.document.print().substr(0, fields.end()), fields, changes);
  if (!changed.ok())
    checker.report("front-matter-form", 1, changed.error().message + "; write one field a line");
}

void check_dates(Checker& checker) {
  const FrontMatter& fields = checker.document.front_matter();
  if (!fields.parse_error().empty()) return;
  for (const char* name : {"lastmod", "last_reviewed"}) {
    const auto ahead = days_between(checker.context.today, fields.scalar(name).value_or(""));
    // A day ahead is another time zone.
    if (ahead && *ahead > 1) {
      checker.report("date-order", fields.line_of(name),
                     std::string{name} + " lies " + std::to_string(*ahead) + " days in the future");
    }
  }
  const auto since = days_between(fields.scalar("date").value_or(""), fields.scalar("lastmod").value_or(""));
  if (since && *since < 0)
    checker.report("date-order", fields.line_of("lastmod"), "lastmod lies before date");
  const auto cadence = fields.scalar("stale_after_days");
  const bool whole = cadence && cadence->size() < 7 && is_all_digits(*cadence);
  if (cadence && !whole) {
    checker.report("front-matter-cadence", fields.line_of("stale_after_days"),
                   "stale_after_days is \"" + *cadence + "\", not a number of days as 180");
  }
}

void check_staleness(Checker& checker) {
  const FrontMatter& fields = checker.document.front_matter();
  const auto days = days_overdue(fields, checker.context.today);
  if (!days || *days <= 0) return;
  checker.report("stale", fields.line_of("last_reviewed"),
                 pluralize(*days, "day") + " past its review date: last reviewed " +
                     fields.scalar("last_reviewed").value_or("never"));
}

void check_research_area(Checker& checker) {
  const FrontMatter& fields = checker.document.front_matter();
  const auto area = fields.scalar("research_area");
  if (!area || area->empty()) return;  // front-matter-missing says so
  std::string folder = folder_of(checker.file());
  if (PageIndex::is_folder_page(checker.file()))
    folder = folder_of(folder);  // a bundle's is the entry itself
  if (*area == folder) return;
  checker.report_fixable("research-area", fields.line_of("research_area"),
                         "research_area is \"" + *area + "\", and the entry stands in \"" + folder + "\"",
                         [&]() -> std::vector<Fix> {
                           const auto set = set_scalar(checker.document.print(), "research_area", folder,
                                                       ScalarStyle::quoted_string);
                           if (!set.ok()) return {};
                           const std::size_t end = FrontMatter::parse(*set).end();
                           return {{{0, fields.end()}, set->substr(0, end)}};
                         });
}

void check_todos(Checker& checker) {
  for (const Block& block : checker.document.blocks()) {
    const std::string_view text = checker.document.text(block);
    if (!is_text(block) || text.find("TODO") == std::string_view::npos ||
        text.find("<!--") == std::string::npos)
      continue;
    for (const RawHtml& html : find_raw_html(text)) {
      LineCounter lines{html.text};
      for (std::size_t at = html.text.find("<!--"); at != std::string::npos;
           at = html.text.find("<!--", at + 4)) {
        const std::size_t end = std::min(html.text.find("-->", at), html.text.size());
        const std::string_view comment = std::string_view{html.text}.substr(at, end - at);
        if (comment.find("TODO") != std::string_view::npos)
          checker.report("todo", block.first_line + html.line + lines.count_before(at),
                         "a TODO comment is left");
        at = std::max(at, end - 4);
      }
    }
  }
}

}  // namespace

std::span<const Check> page_checks() {
  static constexpr Check checks[] = {{check_bytes, any_language},
                                     {check_file_name, any_language},
                                     {check_front_matter_broken, any_language},
                                     {check_front_matter, all_pages},
                                     {check_front_matter_form, entry_pages | section_pages},
                                     {check_dates, all_pages},
                                     {check_staleness, all_pages},
                                     {check_todos, all_pages},
                                     {check_research_area, entry_pages}};
  return checks;
}

}  // namespace stubkeeper::entries
