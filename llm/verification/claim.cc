#include "llm/verification/claim.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "entries/markdown/links.h"
#include "llm/extractive/sentences.h"
#include "llm/normalized_text.h"
#include "llm/verification/quotations.h"
#include "llm/verification/readable_text.h"
#include "llm/verification/stance.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

constexpr std::string_view opening = "\xE2\x80\x9C";
constexpr std::string_view closing = "\xE2\x80\x9D";

// The text outside of quotation marks; the marks are taken in pairs from the first to the last one,
// so that quotation marks within a quotation stay inside.
std::string outside_quotation_marks(const std::string& text) {
  const auto cut = [&](std::string_view open, std::string_view close) -> std::string {
    const std::size_t begin = text.find(open);
    const std::size_t end = text.rfind(close);
    if (begin == std::string::npos || end == std::string::npos || end <= begin) return text;
    return text.substr(0, begin) + " " + text.substr(end + close.size());
  };
  if (text.find(opening) != std::string::npos) return cut(opening, closing);
  return cut("\"", "\"");
}

// Nothing but the quotes in quotation marks, and the title of a source that is quoted, as a link or
// not.
bool is_quotation(const Claim& claim) {
  std::string rest = outside_quotation_marks(claim.full_text);
  if (rest == claim.full_text || !find_missing_quotations(claim.full_text, claim.quoted).empty())
    return false;
  for (const CitedQuote& quote : claim.quotes) {
    const std::string title = readable_text(quote.passage->source_title);
    if (const std::size_t at = title.empty() ? std::string::npos : rest.find(title); at != std::string::npos)
      rest.erase(at, title.size());
  }
  return split_words(rest).empty();
}

// The Markdown without the links to cited documents whose text is the document's title: a citation
// says nothing of its own, whatever the title says.
std::string without_citations(const std::string& markdown, const std::vector<CitedQuote>& quotes) {
  std::string rest = markdown;
  auto links = entries::find_links(markdown);
  std::reverse(links.begin(), links.end());
  for (const entries::Link& link : links) {
    if (link.kind != entries::LinkKind::inline_link) continue;
    const std::string address = markdown.substr(link.begin, link.end - link.begin);
    const std::string words =
        readable_text(std::string_view{markdown}.substr(link.text_begin, link.text_end - link.text_begin));
    const bool cites = std::any_of(quotes.begin(), quotes.end(), [&](const CitedQuote& quote) {
      return quote.passage->source_address == address && readable_text(quote.passage->source_title) == words;
    });
    const std::size_t end = markdown.find(')', link.end);
    if (cites && end != std::string::npos) rest.erase(link.text_begin - 1, end + 1 - (link.text_begin - 1));
  }
  return rest;
}

// The sentences of a text that are not in another one, a line each.
std::string new_sentences(std::string_view text, std::string_view other) {
  const std::string known = NormalizedText{other}.text();
  std::string fresh;
  const auto add = [&](std::string_view sentence) {
    if (known.find(NormalizedText{sentence}.text()) == std::string::npos)
      fresh += std::string{sentence} + "\n";
  };
  for (const std::string_view line : split(text, '\n')) {
    const auto sentences = split_passage_sentences(line);
    for (const std::string_view sentence : sentences) add(sentence);
    if (sentences.empty() && !line.empty()) add(line);
  }
  return fresh;
}

// The label of a fact line, "IPO plan: ", that another text has too; "" where there is none.
std::string find_common_label(const std::string& text, const std::string& other) {
  constexpr std::size_t max_label_bytes = 60;
  const auto without_mark = [](std::string_view line) {
    return line.substr(std::min(line.find_first_not_of("-*+ "), line.size()));
  };
  const std::string_view line = without_mark(text);
  const std::size_t colon = line.substr(0, max_label_bytes).find(": ");
  if (colon == std::string_view::npos) return {};
  const std::string_view label = line.substr(0, colon + 2);
  const bool is_common = label.find('\n') == std::string_view::npos && without_mark(other).starts_with(label);
  return is_common ? std::string{label} : std::string{};
}

// A text without the label in front: it stood there before.
std::string without_label(std::string text, const std::string& label) {
  const std::size_t at = label.empty() ? std::string::npos : text.find(label);
  if (at != std::string::npos) text.erase(at, label.size());
  return text;
}

std::string replaced_text(const Task& task, const entries::Edit& edit) {
  const bool replaces = edit.kind == entries::EditKind::replace_block ||
                        edit.kind == entries::EditKind::remove_block ||
                        edit.kind == entries::EditKind::set_field;
  if (!replaces) return {};
  const auto preview = entries::preview_edit(task.entry, edit);
  return preview.ok() ? preview->old_text : edit.expected;
}

}  // namespace

bool Claim::is_verdict() const {
  const entries::EntryPart* part = task.entry.conventions->types.part_of_heading(change.edit.part);
  if (part != nullptr && part->name == "claims") return true;
  return std::any_of(style().claim_statuses.begin(), style().claim_statuses.end(),
                     [&](const std::string& status) {
                       return starts_with_ignoring_case(full_text, "Status: " + status) ||
                              full_text.find("\nStatus: " + status) != std::string::npos;
                     });
}

Claim make_claim(const Task& task, const DraftedChange& change, std::vector<CitedQuote> quotes) {
  Claim claim{task,  change, std::move(quotes), readable_text(change.edit.text), "", "", "", "", "",
              false, false};
  claim.replaced = readable_text(replaced_text(task, change.edit));
  const auto fresh = [&](const std::string& text) {
    if (claim.replaced.empty()) return text;
    return without_label(new_sentences(text, claim.replaced), find_common_label(text, claim.replaced));
  };
  claim.text = fresh(claim.full_text);
  claim.text_without_citations = fresh(readable_text(without_citations(change.edit.text, claim.quotes)));
  claim.context = task.entry_title + "\n" + claim.replaced + "\n";
  for (const CitedQuote& quote : claim.quotes) {
    claim.quoted += quote.quote + "\n";
    claim.context +=
        quote.passage->source_title + "\n" + quote.snapshot->title + "\n" + quote.passage->published + "\n";
  }
  claim.is_quotation = is_quotation(claim);
  claim.unquoted_text = find_missing_quotations(claim.text_without_citations, claim.quoted).empty()
                            ? outside_quotation_marks(claim.text_without_citations)
                            : claim.text_without_citations;
  claim.is_attributed = claim.is_quotation || has_attribution(claim.text_without_citations);
  return claim;
}

void FlagList::raise_if_any(std::string_view name, const std::vector<std::string>& words) {
  if (!words.empty()) raise(name, join(words, ", "));
}

std::vector<entries::Flag> FlagList::take() {
  std::stable_sort(raised_.begin(), raised_.end(),
                   [](const entries::Flag& a, const entries::Flag& b) { return a.name < b.name; });
  return std::move(raised_);
}

}  // namespace stubkeeper::llm
