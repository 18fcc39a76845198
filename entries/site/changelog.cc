#include "entries/site/changelog.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/sentences.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "entries/edits/list_items.h"
#include "entries/edits/parts.h"
#include "entries/front_matter.h"
#include "entries/markdown/lines.h"
#include "entries/markdown/links.h"
#include "entries/markdown_escape.h"

namespace stubkeeper::entries {
namespace {

constexpr std::string_view item_marker = "- ";
constexpr std::string_view date_place = "@date@";
constexpr std::string_view action_place = "@action@";
constexpr std::string_view page_place = "@page@";
constexpr std::string_view words_place = "@words@";

// A form up to its page, filled in; and what stands before and behind the words, if it has a place for them.
struct FilledForm {
  std::string head;
  std::string before_words;
  std::string end;
  bool has_words = false;
};

FilledForm fill_in(std::string_view form, const ChangelogLine& line) {
  const auto fill = [&](std::string_view part) {
    return replace_all(replace_all(std::string{part}, date_place, line.date), action_place, line.action);
  };
  const std::size_t page = form.find(page_place);
  const std::string_view rest = form.substr(page + page_place.size());
  FilledForm filled{fill(form.substr(0, page)) + make_relref_link(line.page), "", fill(rest), false};
  const std::size_t words = rest.find(words_place);
  if (words == std::string_view::npos) return filled;
  filled.has_words = true;
  filled.before_words = fill(rest.substr(0, words));
  filled.end = fill(rest.substr(words + words_place.size()));
  return filled;
}

// The day that an item begins with: "2026-05-07" of "- **2026-05-07:** ..." and "* 2026-05-07 — ...".
std::string_view day_of_item(std::string_view item) {
  item.remove_prefix(list_marker(item).size());
  item.remove_prefix(std::min(item.find_first_not_of("*_[( "), item.size()));
  const std::string_view day = iso_date_prefix(item);
  return day.size() == iso_day_bytes ? day : std::string_view{};
}

// The top-level items of the list of dated lines; of the first list where none has a date.
std::vector<std::size_t> lines_of(const Document& document) {
  const auto& blocks = document.blocks();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].kind != BlockKind::list_item || blocks[i].depth > 0) continue;
    if (day_of_item(document.text(blocks[i])).empty()) continue;
    std::vector<std::size_t> lines;
    for (std::size_t j = i; j < blocks.size() && blocks[j].heading_level == 0; ++j)
      if (blocks[j].kind == BlockKind::list_item && blocks[j].depth == 0) lines.push_back(j);
    return lines;
  }
  const auto list = find_list(document, 0, blocks.size());
  return list ? std::vector{list->first} : std::vector<std::size_t>{};
}

std::size_t find_last_nonblank_block(const Document& document) {
  std::size_t last = document.blocks().size();
  while (last > 1 && document.blocks()[last - 1].kind == BlockKind::blank) --last;
  return last == 0 ? 0 : last - 1;
}

// Markdown's links by their texts, without emphasis, code marks, escapes and shortcodes.
std::string plain_text(std::string_view markdown) {
  std::string linked;
  std::size_t at = 0;
  for (const Link& link : find_links(markdown)) {
    if (link.kind != LinkKind::inline_link || link.text_begin < at + 1) continue;
    linked += markdown.substr(at, link.text_begin - 1 - at);
    if (linked.ends_with('!')) linked.pop_back();
    linked += markdown.substr(link.text_begin, link.text_end - link.text_begin);
    const std::size_t close = markdown.find(')', link.end);
    at = close == std::string_view::npos ? markdown.size() : close + 1;
  }
  linked += markdown.substr(std::min(at, markdown.size()));
  std::string plain;
  for (std::size_t i = 0; i < linked.size(); ++i) {
    const bool is_escape = linked[i] == '\\' && i + 1 < linked.size();
    if (is_escape) plain += linked[i++];
    if (!is_escape && (linked[i] == '*' || linked[i] == '`')) continue;
    plain += linked[i];
  }
  return resolve_destination(plain);  // without escapes and character references
}

// A text's first block without the mark of a list, a task's box and the date of a development.
std::string_view strip_block_start(std::string_view text) {
  while (text.starts_with('#')) text = text.substr(std::min(text.find('\n'), text.size() - 1) + 1);
  text = trim_ascii(text);
  const std::size_t mark = text.find_first_not_of("0123456789");
  const bool is_item = mark != std::string_view::npos && mark + 1 < text.size() && text[mark + 1] == ' ' &&
                       std::string_view{mark == 0 ? "-*+" : ".)"}.find(text[mark]) != std::string_view::npos;
  if (is_item) text.remove_prefix(list_marker(text).size());
  text.remove_prefix(task_box(text).size());
  if (const DatedItem dated = parse_dated_text(text); dated.text_begin > 0)
    text.remove_prefix(dated.text_begin);
  return trim_ascii(text);
}

std::string_view strip_full_stop(std::string_view sentence) {
  while (sentence.ends_with('.') || sentence.ends_with(' ')) sentence.remove_suffix(1);
  return sentence;
}

}  // namespace

Result<ChangelogRules> parse_changelog_rules(std::string_view text) {
  const FrontMatter head = FrontMatter::parse(text);
  ChangelogRules rules;
  for (const std::string_view line : split_nonempty(text.substr(head.end()), "\r\n"))
    if (!trim_ascii(line).empty()) rules.form = std::string{trim_ascii(line)};
  rules.kinds = head.list("kinds");
  const std::string per = head.scalar("per").value_or("entry");
  rules.has_line_per_change = per == "change";
  const std::size_t date = rules.form.find(date_place);
  const std::size_t page = rules.form.find(page_place);
  std::string problem;
  if (!head.parse_error().empty()) problem = head.parse_error();
  if (date == std::string::npos || page == std::string::npos || page < date)
    problem = "a changelog's line has @date@ and behind it @page@";
  if (per != "entry" && per != "change") problem = "per is \"entry\" or \"change\", not \"" + per + "\"";
  if (!problem.empty()) return Error{ErrorCode::invalid_argument, problem, "", ""};
  return rules;
}

ChangelogRules changelog_rules(const Conventions& conventions) {
  const auto text = conventions.templates.find("changelog_line");
  auto rules = parse_changelog_rules(text == conventions.templates.end() ? std::string_view{} : text->second);
  return rules.ok() ? *std::move(rules) : ChangelogRules{};
}

std::string format_changelog_line(std::string_view form, const ChangelogLine& line,
                                  std::size_t max_characters) {
  const FilledForm filled = fill_in(form, line);
  const std::size_t used = item_marker.size() + utf8_length(filled.head) + utf8_length(filled.before_words) +
                           utf8_length(filled.end);
  const std::string room = filled.has_words && used < max_characters
                               ? truncate_at_word(escape_markdown(line.words), max_characters - used)
                               : "";
  if (room.empty()) return filled.head + filled.end;
  return filled.head + filled.before_words + room + (room.ends_with("…") ? "" : filled.end);
}

std::string format_changelog_line(std::string_view form, const ChangelogLine& section,
                                  const std::vector<PageReference>& created, std::size_t max_characters) {
  const std::string head = fill_in(form, section).head + " + " + std::to_string(created.size()) + " entries";
  std::string line = head + ".";
  std::string named;
  for (std::size_t i = 0; i < created.size(); ++i) {
    named += (i == 0 ? ": " : ", ") + make_relref_link(created[i]);
    const std::size_t left = created.size() - i - 1;
    const std::string longer = head + named + (left == 0 ? "." : " and " + std::to_string(left) + " more.");
    if (item_marker.size() + utf8_length(longer) > max_characters) break;
    line = longer;
  }
  return line;
}

Edit make_changelog_edit(const IdentifiedDocument& changelog, const std::string& line,
                         std::string_view date) {
  const Document& document = changelog.document;
  const std::vector<std::size_t> lines = lines_of(document);
  Edit edit;
  if (lines.empty()) {
    edit.kind = EditKind::insert_after;
    edit.target = changelog.ids[find_last_nonblank_block(document)];
    edit.text = std::string{item_marker} + line;
    return edit;
  }
  const auto text_of = [&](std::size_t block) { return document.text(document.blocks()[block]); };
  // A line without a date is none of a later day.
  const auto below =
      std::ranges::find_if(lines, [&](std::size_t block) { return day_of_item(text_of(block)) <= date; });
  const bool is_last = below == lines.end();
  const std::size_t neighbour = is_last ? lines.back() : *below;
  edit.kind = is_last ? EditKind::insert_after : EditKind::insert_before;
  edit.target = changelog.ids[neighbour];
  edit.text = std::string{trim(list_marker(text_of(neighbour)))} + " " + line;
  return edit;
}

std::string changelog_words(std::string_view old_text, std::string_view new_text) {
  const std::string plain = plain_text(strip_block_start(new_text));
  const std::string old_plain = plain_text(old_text);
  const std::vector<std::string_view> sentences = split_sentences(plain);
  if (sentences.empty()) return "";
  const auto is_new = [&](std::string_view sentence) {
    return old_plain.find(sentence) == std::string::npos;
  };
  const auto first_new = std::ranges::find_if(sentences, is_new);
  return to_single_line(strip_full_stop(first_new == sentences.end() ? sentences.front() : *first_new));
}

}  // namespace stubkeeper::entries
