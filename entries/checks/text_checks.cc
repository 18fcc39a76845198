// Rules about wording: praise, first person, contacts, scripts, and phrases and figures that want a
// source.

#include <algorithm>
#include <string>
#include <unordered_set>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "base/text/words.h"
#include "entries/checks/checker.h"
#include "entries/markdown/raw_html.h"

namespace stubkeeper::entries {
namespace {

// "US" is a country and "Our Lady of Lourdes" a church: a word in capitals, or with one where no
// sentence begins, is no word of ours.
bool is_proper_noun(std::string_view text, std::size_t at, std::size_t size) {
  const std::string_view word = text.substr(at, size);
  if (!is_ascii_upper(word.front())) return false;
  if (word.size() > 1 && std::all_of(word.begin(), word.end(), is_ascii_upper)) return true;
  const std::size_t before = text.substr(0, at).find_last_not_of(" *_(\n");
  return before != std::string_view::npos &&
         std::string_view{".!?:-|>"}.find(text[before]) == std::string_view::npos;
}

// Whether a word is a part of a name: "us-east-1", "acme.us", "us_east", "@us", "$us".
bool is_joined(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::string_view joints = "-._@#$:=&+\\";
  const auto is_joint = [&](std::size_t at) { return joints.find(text[at]) != std::string_view::npos; };
  if (begin > 0 && std::string_view{"@#$"}.find(text[begin - 1]) != std::string_view::npos) return true;
  if (begin > 1 && is_joint(begin - 1) && is_word_byte(text[begin - 2])) return true;
  return end + 1 < text.size() && is_joint(end) && is_word_byte(text[end + 1]);
}

struct WordMatch {
  std::size_t at = 0;
  std::string word;
};

// The words and phrases of a list that a text has, in their order there; each of them once. The
// list's first words are looked up, so that the time does not grow with the list.
class WordList {
 public:
  explicit WordList(const std::vector<std::string>& words) : words_(words) {
    for (const std::string& word : words) first_words_.insert(first_word(word, 0));
  }

  std::vector<WordMatch> find(std::string_view original, std::string_view lower) const {
    std::vector<WordMatch> found;
    for (std::size_t at = 0; at < lower.size();) {
      if (!is_word_byte(lower[at])) {
        ++at;
        continue;
      }
      const std::string_view first = first_word(lower, at);
      if (first_words_.contains(first) && !is_proper_noun(original, at, first.size())) add(lower, at, found);
      at += first.size();
    }
    return found;
  }

 private:
  static std::string_view first_word(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_word_byte(text[end])) ++end;
    return text.substr(at, end - at);
  }

  void add(std::string_view lower, std::size_t at, std::vector<WordMatch>& found) const {
    for (const std::string& word : words_) {
      if (!lower.substr(at).starts_with(word)) continue;
      const std::size_t end = at + word.size();
      if (end < lower.size() && is_word_byte(lower[end])) continue;
      found.push_back({at, word});
      return;
    }
  }

  const std::vector<std::string>& words_;
  std::unordered_set<std::string_view> first_words_;  // into words_
};

// Whether a host is one for mail: "1.2.3" is a version.
bool is_mail_host(std::string_view host) {
  const std::size_t dot = host.rfind('.');
  return dot != std::string_view::npos && dot > 0 && host.size() - dot > 2 &&
         !is_all_digits(host.substr(dot + 1));
}

void check_contacts(Checker& checker, const Block& block, std::string_view prose) {
  for (std::size_t at = prose.find('@'); at != std::string_view::npos; at = prose.find('@', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && (is_ascii_alphanumeric(prose[begin - 1]) ||
                         std::string_view{"._%+-"}.find(prose[begin - 1]) != std::string_view::npos))
      --begin;
    // "@jane@social.example" is a handle, "pkg:npm/@jane/x@1.2" a package.
    const bool is_handle = begin > 0 && (prose[begin - 1] == '@' || prose[begin - 1] == '/');
    if (begin == at || !is_ascii_alphanumeric(prose[at - 1]) || is_handle) continue;
    std::size_t end = at + 1;
    while (end < prose.size() &&
           (is_ascii_alphanumeric(prose[end]) || prose[end] == '.' || prose[end] == '-'))
      ++end;
    std::string_view host = prose.substr(at + 1, end - at - 1);
    while (host.ends_with('.') || host.ends_with('-')) host.remove_suffix(1);
    // "git@host:path" is where a repository is cloned from (scp's form, git-clone(1)).
    const std::string_view rest = prose.substr(at + 1 + host.size(), 2);
    const bool is_path =
        rest.starts_with('/') || (rest.size() == 2 && rest[0] == ':' && !is_ascii_space(rest[1]));
    if (is_mail_host(host) && !is_path)
      checker.report("personal-contact", checker.line_of_byte(block, at), "an e-mail address stands here");
  }
}

// The figure that wants a source, or "": money, a percentage, five digits or more, or a number with
// a unit.
std::string find_figure(std::string_view prose) {
  for (std::size_t at = 0; at < prose.size(); ++at) {
    if (!is_ascii_digit(prose[at])) continue;
    if (at > 0 && is_ascii_alphanumeric(prose[at - 1])) continue;
    std::size_t end = at;
    std::size_t digits = 0;
    while (end < prose.size() &&
           (is_ascii_digit(prose[end]) || ((prose[end] == ',' || prose[end] == '.') &&
                                           end + 1 < prose.size() && is_ascii_digit(prose[end + 1])))) {
      if (is_ascii_digit(prose[end])) ++digits;
      ++end;
    }
    const std::string_view before = prose.substr(at >= 3 ? at - 3 : 0, std::min<std::size_t>(at, 3));
    const std::string_view after = prose.substr(end, 12);
    const bool money =
        before.ends_with('$') || before.ends_with("€") || before.ends_with("£") || before.ends_with("¥");
    const std::size_t space = std::min(after.find_first_not_of(" \xC2\xA0"), after.size());
    const std::string unit = ascii_lower(after.substr(space, after.find_first_of(" ,.;)\n", space) - space));
    static const std::unordered_set<std::string> units{
        "%",         "percent", "kw",    "mw",     "gw",     "kwh",     "mwh",     "gwh",
        "wh/kg",     "wh",      "w",     "v",      "kg",     "km",      "mm",      "nm",
        "um",        "tb",      "gb",    "tops",   "tflops", "million", "billion", "trillion",
        "employees", "people",  "units", "cycles", "hours",  "tonnes",  "tons",    "qubits"};
    const bool counted = units.contains(unit) || after.substr(space).starts_with('%');
    if (money || counted || digits >= 5) {
      const std::size_t begin = money ? at - (before.ends_with('$') ? 1 : before.ends_with("€") ? 3 : 2) : at;
      const std::size_t last = counted ? end + space + unit.size() : end;
      return std::string{prose.substr(begin, last - begin)};
    }
    at = end;
  }
  return "";
}

void check_wording(Checker& checker) {
  const WordList hype{checker.style.hype};
  const WordList first_person{checker.style.first_person};
  for (const Block& block : checker.document.blocks()) {
    // A quotation speaks for itself.
    if (!is_text(block) || block.kind == BlockKind::block_quote || block.kind == BlockKind::html ||
        block.kind == BlockKind::reference_definition)
      continue;
    const std::string& prose = checker.prose(block);
    check_contacts(checker, block, prose);
    // What is listed under Sources are titles that others gave.
    if (checker.part_name(block) == "sources") continue;
    const std::string lower = ascii_lower(prose);
    for (const WordMatch& found : hype.find(prose, lower))
      checker.report("hype", checker.line_of_byte(block, found.at),
                     "\"" + found.word + "\" praises; say what it does");
    for (const WordMatch& found : first_person.find(prose, lower)) {
      if (is_joined(lower, found.at, found.at + found.word.size())) continue;
      checker.report("first-person", checker.line_of_byte(block, found.at),
                     "\"" + found.word + "\" speaks in the first person");
      break;  // one to a block is enough
    }
  }
}

void check_phrase_links(Checker& checker) {
  const std::string& page = checker.document.print();
  for (const LinkedPhrase& rule : checker.style.phrases) {
    if (page.find(rule.link) != std::string::npos || !contains_any(page, rule.phrases)) continue;
    for (const Block& block : checker.document.blocks()) {
      if (!is_text(block)) continue;
      const std::string& prose = checker.prose(block);
      const auto phrase = std::find_if(
          rule.phrases.begin(), rule.phrases.end(),
          [&](const std::string& each) { return find_whole_words(prose, each) != std::string_view::npos; });
      if (phrase == rule.phrases.end()) continue;
      checker.report("phrase-link", checker.line_of_byte(block, find_whole_words(prose, *phrase)),
                     "\"" + *phrase + "\" goes with a link to " + rule.link + ", and the page has none");
      break;
    }
  }
}

// Where a tag <script> begins, from a byte on: a name that is longer ("<scripts>") is none.
std::size_t find_script(std::string_view lower, std::size_t from) {
  constexpr std::string_view tag = "<script";
  for (std::size_t at = lower.find(tag, from); at != std::string_view::npos; at = lower.find(tag, at + 1)) {
    const std::size_t end = at + tag.size();
    if (end == lower.size() || is_ascii_space(lower[end]) || lower[end] == '/' || lower[end] == '>')
      return at;
  }
  return std::string_view::npos;
}

void check_scripts(Checker& checker) {
  for (const Block& block : checker.document.blocks()) {
    const std::string_view text = checker.document.text(block);
    if (!is_text(block) || find_script(ascii_lower(text), 0) == std::string_view::npos) continue;
    for (const RawHtml& html : find_raw_html(text)) {
      const std::string seen = mask_html_comments(html.text);
      const std::string lower = ascii_lower(seen);
      LineCounter lines{seen};
      for (std::size_t at = find_script(lower, 0); at != std::string_view::npos;
           at = find_script(lower, at + 1)) {
        if (!html.is_block && at > 0) break;  // a text within a tag's attributes
        const std::string_view tag = std::string_view{seen}.substr(at, seen.find('>', at) - at);
        const bool allowed =
            !checker.style.widget_script.empty() &&
            tag.find("src=\"" + checker.style.widget_script + "\"") != std::string_view::npos;
        if (allowed) continue;
        checker.report("raw-script", block.first_line + html.line + lines.count_before(at),
                       "a script stands here that is not the market widget");
      }
    }
  }
}

void check_bare_numbers(Checker& checker) {
  for (const Block& block : checker.document.blocks()) {
    const bool can_say = block.kind == BlockKind::paragraph || block.kind == BlockKind::list_item ||
                         block.kind == BlockKind::table_row;
    if (!can_say) continue;
    const std::string_view part = checker.part_name(block);
    if (part == "sources" || part == "people") continue;
    const std::string_view text = checker.document.text(block);
    if (text.find("](") != std::string_view::npos || text.find("://") != std::string_view::npos ||
        text.find("[^") != std::string_view::npos)
      continue;
    const std::string& prose = checker.prose(block);
    const std::string figure = find_figure(prose);
    if (figure.empty() || contains_any(ascii_lower(prose), checker.style.unsourced_markers)) continue;
    checker.report("bare-number", checker.line_of_byte(block, prose.find(figure)),
                   "\"" + figure + "\" stands in a block that names no source");
  }
}

}  // namespace

std::span<const Check> text_checks() {
  static constexpr Check checks[] = {{check_scripts, any_language},
                                     {check_wording, all_pages},
                                     {check_phrase_links, all_pages},
                                     {check_bare_numbers, entry_pages}};
  return checks;
}

}  // namespace stubkeeper::entries
