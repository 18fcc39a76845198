#include "crawler/extract/page_features.h"

#include <algorithm>
#include <array>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "base/text/words.h"
#include "crawler/html/fold_text.h"
#include "crawler/html/page_tree.h"
#include "crawler/passages.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

constexpr std::size_t max_text = 20'000;
constexpr std::size_t max_markup = 100'000;
constexpr std::size_t max_script_bytes = 3'000;
constexpr std::size_t max_label_bytes = 60;
constexpr std::size_t min_sentence_bytes = 60;

// "Page not found | Example" in its two parts; the whole is one more where it has several.
void append_title_parts(std::vector<std::string>& parts, const std::string& title) {
  constexpr std::array<std::string_view, 11> separators{
      " | ", " - ", " – ", " — ", " · ", " :: ", ": ", " » ", " « ", " / ", " • "};
  parts.push_back(strip_end_marks(title));
  std::size_t begin = 0;
  for (std::size_t at = 0; at < title.size();) {
    const auto separator = std::find_if(separators.begin(), separators.end(), [&](std::string_view one) {
      return std::string_view{title}.substr(at).starts_with(one);
    });
    if (separator == separators.end()) {
      ++at;
      continue;
    }
    parts.push_back(strip_end_marks(title.substr(begin, at - begin)));
    at += separator->size();
    begin = at;
  }
  if (begin > 0) parts.push_back(strip_end_marks(title.substr(begin)));
  std::erase_if(parts, [](const std::string& part) { return part.empty(); });
}

bool is_sentence(std::string_view paragraph) {
  if (paragraph.starts_with("- ") || paragraph.starts_with("| ") || paragraph.starts_with("#")) return false;
  if (paragraph.size() >= min_sentence_bytes) return true;
  return paragraph.ends_with('.') || paragraph.ends_with('!') || paragraph.ends_with('?') ||
         paragraph.ends_with("。");
}

class FeatureCollector {
 public:
  FeatureCollector(const PageTree& page, const Content& content) : page_(page), content_(content) {}

  PageFeatures run() {
    collect_main_text();
    for (Index i = 0; i < page_.size(); ++i) {
      if (page_.is_text(i)) {
        collect_text(i);
      } else {
        collect_element(i);
      }
    }
    if (!content_.title.empty()) append_title_parts(features_.titles, fold_for_matching(content_.title));
    features_.text = fold_for_matching(features_.text);
    features_.noscript = fold_for_matching(features_.noscript);
    features_.markup = ascii_lower(features_.markup);
    return std::move(features_);
  }

 private:
  void collect_main_text() {
    const std::string_view text{content_.text};
    features_.prose_bytes = count_prose_bytes(text);
    for (const TextRange& range : split_passages(text)) {
      std::string passage = fold_for_matching(text.substr(range.begin, range.end - range.begin));
      if (!passage.starts_with("#")) features_.paragraphs.push_back(std::move(passage));
    }
  }

  void collect_text(Index i) {
    if (i < noscript_end_) {
      if (features_.noscript.size() < max_text) features_.noscript.append(page_[i].text) += ' ';
    } else if (i < invisible_end_) {
      const bool code = page_.tag(page_[i].parent) == GUMBO_TAG_SCRIPT;
      if (code) append_markup(page_[i].text.substr(0, max_script_bytes));
    } else {
      const std::string_view words = page_[i].text;
      features_.visible_bytes += static_cast<std::size_t>(
          std::count_if(words.begin(), words.end(), [](char c) { return !is_ascii_space(c); }));
      if (features_.text.size() < max_text) features_.text.append(words) += ' ';
    }
  }

  void collect_element(Index i) {
    const GumboTag tag = page_.tag(i);
    append_markup(page_.attribute(i, "id"));
    append_markup(page_.attribute(i, "class"));
    switch (tag) {
      case GUMBO_TAG_TITLE:
        if (i >= picture_end_) append_title_parts(features_.titles, fold_for_matching(page_.text(i)));
        break;
      case GUMBO_TAG_NOSCRIPT:
        noscript_end_ = page_[i].end;
        break;
      case GUMBO_TAG_SCRIPT:
        if (i >= noscript_end_) ++features_.scripts;
        append_markup(page_.attribute(i, "src"));
        break;
      case GUMBO_TAG_META:
        append_markup(page_.attribute(i, "http-equiv"));
        append_markup(page_.attribute(i, "name"));
        append_markup(page_.attribute(i, "content").substr(0, 200));
        break;
      case GUMBO_TAG_H1:
      case GUMBO_TAG_H2:
        if (std::string heading = strip_end_marks(fold_for_matching(page_.text(i))); !heading.empty())
          features_.headings.push_back(std::move(heading));
        break;
      case GUMBO_TAG_FORM:
        features_.has_form = true;
        append_markup(page_.attribute(i, "action"));
        break;
      case GUMBO_TAG_INPUT:
      case GUMBO_TAG_TEXTAREA:
        collect_field(i, tag);
        break;
      case GUMBO_TAG_BUTTON:
      case GUMBO_TAG_A:
        collect_label(page_.text(i));
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
        if (i >= noscript_end_) ++features_.pictures;
        break;
      default:
        break;
    }
    if (is_non_text_element(tag) || tag == GUMBO_TAG_HEAD)
      invisible_end_ = std::max(invisible_end_, page_[i].end);
    if (is_mount_point(i)) features_.has_mount_point = true;
  }

  void collect_field(Index i, GumboTag tag) {
    const std::string type = ascii_lower(page_.attribute(i, "type"));
    if (type == "password") features_.has_password_field = true;
    if (type == "submit" || type == "button") collect_label(page_.attribute(i, "value"));
    const bool is_text_field =
        tag == GUMBO_TAG_TEXTAREA || type.empty() || type == "text" || type == "email" || type == "tel";
    if (is_text_field && i >= noscript_end_) ++features_.text_fields;
  }

  void collect_label(std::string_view label) {
    if (label.empty() || label.size() > max_label_bytes) return;
    std::string folded = strip_end_marks(fold_for_matching(label));
    if (!folded.empty()) features_.controls.push_back(std::move(folded));
  }

  void append_markup(std::string_view text) {
    if (text.empty() || features_.markup.size() + text.size() > max_markup) return;
    features_.markup.append(text) += ' ';
  }

  // Where frameworks put what their scripts draw, before they have drawn it.
  bool is_mount_point(Index i) const {
    constexpr std::array<std::string_view, 10> ids{"root",      "app",      "__next",     "__nuxt",
                                                   "___gatsby", "app-root", "react-root", "application",
                                                   "main-app",  "svelte"};
    const std::string_view id = page_.attribute(i, "id");
    const bool named = contains(ids, id);
    const bool is_custom_element = page_.tag(i) == GUMBO_TAG_UNKNOWN && page_[page_[i].parent].element != nullptr &&
                             page_.tag(page_[i].parent) == GUMBO_TAG_BODY;
    if (!named && !is_custom_element) return false;
    constexpr std::size_t max_loading_text_bytes = 40;
    return page_.text(i).size() <= max_loading_text_bytes;
  }

  const PageTree& page_;
  const Content& content_;
  PageFeatures features_;
  Index noscript_end_ = 0;
  Index invisible_end_ = 0;
  Index picture_end_ = 0;
};

}  // namespace

std::string fold_for_matching(std::string_view text) {
  std::string folded = fold_white_space(fold_case(text));
  for (const std::string_view apostrophe : {"’", "‘", "ʼ", "´"}) folded = replace_all(std::move(folded), apostrophe, "'");
  return folded;
}

std::size_t count_prose_bytes(std::string_view text) {
  std::size_t bytes = 0;
  for (const TextRange& range : split_passages(text)) {
    const std::string_view passage = text.substr(range.begin, range.end - range.begin);
    if (is_sentence(passage)) bytes += passage.size();
  }
  return bytes;
}

std::string strip_end_marks(std::string text) {
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

PageFeatures extract_features(const PageTree& page, const Content& content) {
  return FeatureCollector{page, content}.run();
}

}  // namespace stubkeeper::crawler
