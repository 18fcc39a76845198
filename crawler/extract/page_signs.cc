#include "crawler/extract/page_signs.h"

#include <algorithm>
#include <array>

#include "base/text/ascii.h"
#include "crawler/extract/fold_case.h"
#include "crawler/html/tags.h"
#include "crawler/html/white_space.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

constexpr std::size_t most_text = 20'000;
constexpr std::size_t most_markup = 100'000;
constexpr std::size_t most_bytes_of_a_script = 3'000;
constexpr std::size_t most_bytes_of_a_label = 60;
constexpr std::size_t least_bytes_of_a_sentence = 60;

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

// "Page not found | Example" in its two parts; the whole is one more where it has several.
void append_parts(std::vector<std::string>& parts, const std::string& title) {
  constexpr std::array<std::string_view, 11> separators{
      " | ", " - ", " – ", " — ", " · ", " :: ", ": ", " » ", " « ", " / ", " • "};
  parts.push_back(without_end_marks(title));
  std::size_t begin = 0;
  for (std::size_t at = 0; at < title.size();) {
    const auto separator = std::find_if(separators.begin(), separators.end(), [&](std::string_view one) {
      return std::string_view{title}.substr(at).starts_with(one);
    });
    if (separator == separators.end()) {
      ++at;
      continue;
    }
    parts.push_back(without_end_marks(title.substr(begin, at - begin)));
    at += separator->size();
    begin = at;
  }
  if (begin > 0) parts.push_back(without_end_marks(title.substr(begin)));
  std::erase_if(parts, [](const std::string& part) { return part.empty(); });
}

bool is_sentence(std::string_view paragraph) {
  if (paragraph.starts_with("- ") || paragraph.starts_with("| ") || paragraph.starts_with("#")) return false;
  if (paragraph.size() >= least_bytes_of_a_sentence) return true;
  return paragraph.ends_with('.') || paragraph.ends_with('!') || paragraph.ends_with('?') ||
         paragraph.ends_with("。");
}

class Collecting {
 public:
  Collecting(const PageTree& page, const Content& content) : page_(page), content_(content) {}

  PageSigns run() {
    take_main_text();
    for (Index i = 0; i < page_.size(); ++i) {
      if (page_.is_text(i)) {
        take_text(i);
      } else {
        take_element(i);
      }
    }
    if (!content_.title.empty()) append_parts(signs_.titles, folded_for_signs(content_.title));
    signs_.text = folded_for_signs(signs_.text);
    signs_.noscript = folded_for_signs(signs_.noscript);
    signs_.markup = ascii_lower(signs_.markup);
    return std::move(signs_);
  }

 private:
  void take_main_text() {
    const std::string_view text{content_.text};
    signs_.prose_bytes = prose_bytes_of(text);
    for (const TextRange& range : split_passages(text)) {
      std::string passage = folded_for_signs(text.substr(range.begin, range.end - range.begin));
      if (!passage.starts_with("#")) signs_.paragraphs.push_back(std::move(passage));
    }
  }

  void take_text(Index i) {
    if (i < noscript_end_) {
      if (signs_.noscript.size() < most_text) signs_.noscript.append(page_[i].text) += ' ';
    } else if (i < unseen_end_) {
      const bool code = page_.tag(page_[i].parent) == GUMBO_TAG_SCRIPT;
      if (code) append_markup(page_[i].text.substr(0, most_bytes_of_a_script));
    } else {
      const std::string_view words = page_[i].text;
      signs_.shown_bytes += static_cast<std::size_t>(
          std::count_if(words.begin(), words.end(), [](char c) { return !is_ascii_space(c); }));
      if (signs_.text.size() < most_text) signs_.text.append(words) += ' ';
    }
  }

  void take_element(Index i) {
    const GumboTag tag = page_.tag(i);
    append_markup(page_.attribute(i, "id"));
    append_markup(page_.attribute(i, "class"));
    switch (tag) {
      case GUMBO_TAG_TITLE:
        if (i >= picture_end_) append_parts(signs_.titles, folded_for_signs(page_.text(i)));
        break;
      case GUMBO_TAG_NOSCRIPT:
        noscript_end_ = page_[i].end;
        break;
      case GUMBO_TAG_SCRIPT:
        if (i >= noscript_end_) ++signs_.scripts;
        append_markup(page_.attribute(i, "src"));
        break;
      case GUMBO_TAG_META:
        append_markup(page_.attribute(i, "http-equiv"));
        append_markup(page_.attribute(i, "name"));
        append_markup(page_.attribute(i, "content").substr(0, 200));
        break;
      case GUMBO_TAG_H1:
      case GUMBO_TAG_H2:
        if (std::string heading = without_end_marks(folded_for_signs(page_.text(i))); !heading.empty())
          signs_.headings.push_back(std::move(heading));
        break;
      case GUMBO_TAG_FORM:
        signs_.has_form = true;
        append_markup(page_.attribute(i, "action"));
        break;
      case GUMBO_TAG_INPUT:
      case GUMBO_TAG_TEXTAREA:
        take_field(i, tag);
        break;
      case GUMBO_TAG_BUTTON:
      case GUMBO_TAG_A:
        take_label(page_.text(i));
        break;
      case GUMBO_TAG_IFRAME:
        append_markup(page_.attribute(i, "src"));
        [[fallthrough]];
      case GUMBO_TAG_IMG:
      case GUMBO_TAG_SVG:
      case GUMBO_TAG_VIDEO:
      case GUMBO_TAG_CANVAS:
      case GUMBO_TAG_EMBED:
      case GUMBO_TAG_OBJECT:
        if (tag == GUMBO_TAG_SVG) picture_end_ = page_[i].end;
        if (i >= noscript_end_) ++signs_.pictures;
        break;
      default:
        break;
    }
    if (is_no_text(tag) || tag == GUMBO_TAG_HEAD) unseen_end_ = std::max(unseen_end_, page_[i].end);
    if (is_mount(i)) signs_.is_mounted_by_script = true;
  }

  void take_field(Index i, GumboTag tag) {
    const std::string type = ascii_lower(page_.attribute(i, "type"));
    if (type == "password") signs_.asks_password = true;
    if (type == "submit" || type == "button") take_label(page_.attribute(i, "value"));
    const bool asks_text =
        tag == GUMBO_TAG_TEXTAREA || type.empty() || type == "text" || type == "email" || type == "tel";
    if (asks_text && i >= noscript_end_) ++signs_.text_fields;
  }

  void take_label(std::string_view label) {
    if (label.empty() || label.size() > most_bytes_of_a_label) return;
    std::string folded = without_end_marks(folded_for_signs(label));
    if (!folded.empty()) signs_.controls.push_back(std::move(folded));
  }

  void append_markup(std::string_view text) {
    if (text.empty() || signs_.markup.size() + text.size() > most_markup) return;
    signs_.markup.append(text) += ' ';
  }

  // Where frameworks put what their scripts draw, before they have drawn it.
  bool is_mount(Index i) const {
    constexpr std::array<std::string_view, 10> ids{"root",      "app",      "__next",     "__nuxt",
                                                   "___gatsby", "app-root", "react-root", "application",
                                                   "main-app",  "svelte"};
    const std::string_view id = page_.attribute(i, "id");
    const bool named = std::find(ids.begin(), ids.end(), id) != ids.end();
    const bool own_element = page_.tag(i) == GUMBO_TAG_UNKNOWN && page_[page_[i].parent].element != nullptr &&
                             page_.tag(page_[i].parent) == GUMBO_TAG_BODY;
    if (!named && !own_element) return false;
    constexpr std::size_t most_bytes_while_loading = 40;
    return page_.text(i).size() <= most_bytes_while_loading;
  }

  const PageTree& page_;
  const Content& content_;
  PageSigns signs_;
  Index noscript_end_ = 0;
  Index unseen_end_ = 0;
  Index picture_end_ = 0;
};

}  // namespace

std::string folded_for_signs(std::string_view text) {
  std::string folded = fold_white_space(fold_case(text));
  for (const std::string_view apostrophe : {"’", "‘", "ʼ", "´"}) replace_all(folded, apostrophe, "'");
  return folded;
}

std::size_t prose_bytes_of(std::string_view text) {
  std::size_t bytes = 0;
  for (const TextRange& range : split_passages(text)) {
    const std::string_view passage = text.substr(range.begin, range.end - range.begin);
    if (is_sentence(passage)) bytes += passage.size();
  }
  return bytes;
}

std::string without_end_marks(std::string text) {
  constexpr std::string_view marks = " .,:;!?\"'()[]-*#>|/_";
  constexpr std::array<std::string_view, 9> wide_marks{"…", "。", "！", "？", "–", "—", "·", "«", "»"};
  for (bool found = true; found && !text.empty();) {
    found = false;
    while (!text.empty() && marks.find(text.back()) != std::string_view::npos) {
      text.pop_back();
      found = true;
    }
    const std::size_t first = std::min(text.find_first_not_of(marks), text.size());
    if (first > 0) {
      text.erase(0, first);
      found = true;
    }
    for (const std::string_view mark : wide_marks) {
      if (text.ends_with(mark)) {
        text.erase(text.size() - mark.size());
        found = true;
      }
      if (text.starts_with(mark)) {
        text.erase(0, mark.size());
        found = true;
      }
    }
  }
  return text;
}

PageSigns signs_of(const PageTree& page, const Content& content) {
  return Collecting{page, content}.run();
}

}  // namespace stubkeeper::crawler
