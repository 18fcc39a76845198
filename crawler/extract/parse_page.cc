#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "crawler/content.h"
#include "crawler/extract/name_hints.h"
#include "crawler/extract/page_view.h"
#include "crawler/extract/parts_of_others.h"
#include "crawler/extract/section_headings.h"
#include "crawler/html/charset.h"
#include "crawler/html/page_tree.h"
#include "crawler/text_body.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

// An element with this share of the page's text is no boilerplate, whatever its author calls it.
// HTML's own footer and navigation are, even if nothing else is on the page: its scripts would draw
// it.
constexpr double max_share = 0.4;
// A thread below an article may be longer than the article.
constexpr double max_comments_share = 0.95;

class BoilerplateMarker {
 public:
  BoilerplateMarker(const PageTree& page, PageKind kind, bool is_story)
      : page_(page), kind_(kind), is_story_(is_story), dropped_(page.size(), false) {
    const bool noscript_is_text = noscript_holds_most_text();
    for (Index i = 0; i < page_.size(); ++i) {
      if (page_.is_text(i) || !is_non_text_element(page_.tag(i))) continue;
      dropped_[i] = page_.tag(i) != GUMBO_TAG_NOSCRIPT || !noscript_is_text;
    }
    find_opened_panels();
  }

  std::vector<bool> run() {
    const TextSizes sizes{page_, dropped_};
    const double all = static_cast<double>(std::max<std::size_t>(sizes.unlinked(0), 1));
    Index article_end = 0;
    Index heading_end = 0;
    Index heading_seen = 0;
    for (Index i = 0; i < page_.size(); ++i) {
      if (page_.is_text(i)) continue;
      if (dropped_[i]) {
        i = page_[i].end - 1;
        continue;
      }
      const GumboTag tag = page_.tag(i);
      if (tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_MAIN)
        article_end = std::max(article_end, page_[i].end);
      if (heading_level(tag) > 0 || tag == GUMBO_TAG_SUMMARY || tag == GUMBO_TAG_DT)
        heading_end = page_[i].end;
      if (tag == GUMBO_TAG_H1) heading_seen = i;
      if (tag == GUMBO_TAG_HTML || tag == GUMBO_TAG_BODY || tag == GUMBO_TAG_MAIN) continue;
      const NameHint hint =
          tag == GUMBO_TAG_ARTICLE || heading_level(tag) > 0 ? NameHint::none : name_hint(i);
      const double share = static_cast<double>(sizes.unlinked(i)) / all;
      bool boilerplate = false;
      if (hint == NameHint::comments && kind_ != PageKind::forum) {
        boilerplate = heading_seen > 0 && share < max_comments_share && !contains_tag(i, GUMBO_TAG_H1);
      } else if (share <= max_share || tag == GUMBO_TAG_FOOTER || tag == GUMBO_TAG_NAV) {
        const bool is_label = i < heading_end || is_label_of_panel(i, sizes);
        boilerplate = is_boilerplate_element(i, i < article_end, is_label) || has_boilerplate_role(i) ||
                      (is_hidden(i) && !is_expandable(i, hint, sizes)) ||
                      has_boilerplate_name(i, hint, sizes);
        if (boilerplate && holds_own_news(i, hint)) boilerplate = false;
      }
      if (!boilerplate) continue;
      dropped_[i] = true;
      i = page_[i].end - 1;
    }
    // A dropped node takes all below it along.
    for (Index i = 1; i < page_.size(); ++i) dropped_[i] = dropped_[i] || dropped_[page_[i].parent];
    return std::move(dropped_);
  }

 private:
  // Forums and others draw themselves by script, and put all that they say into <noscript>.
  bool noscript_holds_most_text() const {
    if (page_.find(GUMBO_TAG_NOSCRIPT) == page_.size()) return false;
    std::vector<bool> excluded(page_.size(), false);
    for (Index i = 0; i < page_.size(); ++i) {
      excluded[i] =
          !page_.is_text(i) && is_non_text_element(page_.tag(i)) && page_.tag(i) != GUMBO_TAG_NOSCRIPT;
    }
    const TextSizes sizes{page_, excluded};
    std::size_t within = 0;
    for (Index i = page_.find(GUMBO_TAG_NOSCRIPT); i < page_.size();
         i = page_.find(GUMBO_TAG_NOSCRIPT, page_[i].end)) {
      if (!asks_for_javascript(i, sizes)) within += sizes.unlinked(i);
    }
    return within > sizes.unlinked(0) - within;
  }

  // "You need to enable JavaScript to run this app."
  bool asks_for_javascript(Index node, const TextSizes& sizes) const {
    constexpr std::size_t max_bytes = 400;
    return sizes.text[node] < max_bytes &&
           ascii_lower(page_.text(node, max_bytes)).find("javascript") != std::string::npos;
  }

  // What a button opens (ARIA Authoring Practices: accordion, disclosure, tabs), but no menu or dialog.
  void find_opened_panels() {
    std::unordered_map<std::string_view, std::vector<Index>> openers;
    for (Index i = 0; i < page_.size(); ++i) {
      const std::string_view controlled = page_.attribute(i, "aria-controls");
      if (controlled.empty() || page_.tag(i) == GUMBO_TAG_INPUT || page_.has_attribute(i, "aria-haspopup"))
        continue;
      for (const std::string_view id : split_nonempty(controlled)) openers[id].push_back(i);
    }
    if (openers.empty()) return;
    for (Index i = 0; i < page_.size(); ++i) {
      if (page_.is_text(i)) continue;
      const auto found = openers.find(page_.attribute(i, "id"));
      if (found == openers.end()) continue;
      opened_panels_.insert(i);
      for (const Index opener : found->second) panel_openers_[opener] = i;
    }
  }

  // The label above a panel of text: a question above its answer.
  bool is_label_of_panel(Index node, const TextSizes& sizes) const {
    const auto panel = panel_openers_.find(node);
    return panel != panel_openers_.end() && is_expandable(panel->second, name_hint(panel->second), sizes);
  }

  bool is_boilerplate_element(Index node, bool in_article, bool is_label) const {
    switch (page_.tag(node)) {
      case GUMBO_TAG_NAV:
      case GUMBO_TAG_ASIDE:
      case GUMBO_TAG_FOOTER:
      case GUMBO_TAG_FORM:
        return true;
      case GUMBO_TAG_BUTTON:
      case GUMBO_TAG_LABEL:
        return !is_label;
      case GUMBO_TAG_HEADER:
        return !in_article && !contains_tag(node, GUMBO_TAG_H1);
      default:
        return false;
    }
  }

  // A sidebar that begins with "Latest news", on a page that tells no story of its own.
  bool holds_own_news(Index node, NameHint hint) const {
    constexpr std::size_t max_heading_bytes = 80;
    const bool is_sidebar = page_.tag(node) == GUMBO_TAG_ASIDE || hint == NameHint::frame ||
                            equals_ignoring_case(page_.attribute(node, "role"), "complementary");
    if (is_story_ || !is_sidebar || is_hidden(node)) return false;
    for (Index i = node + 1; i < page_[node].end; ++i) {
      if (page_.is_text(i) || heading_level(page_.tag(i)) == 0) continue;
      return is_news_heading(page_.text(i, max_heading_bytes + 1));
    }
    return false;
  }

  bool contains_tag(Index node, GumboTag tag) const { return page_.find(tag, node) < page_[node].end; }

  bool is_hidden(Index node) const {
    // Text with hidden="until-found" is found by who searches the page (HTML, 6.1).
    if (page_.has_attribute(node, "hidden"))
      return !equals_ignoring_case(page_.attribute(node, "hidden"), "until-found");
    if (equals_ignoring_case(page_.attribute(node, "aria-hidden"), "true")) return true;
    const std::string style = ascii_lower(page_.attribute(node, "style").substr(0, 500));
    if (style.empty()) return false;
    std::string compact;
    std::copy_if(style.begin(), style.end(), std::back_inserter(compact),
                 [](char c) { return !is_ascii_space(c); });
    return compact.find("display:none") != std::string::npos ||
           compact.find("visibility:hidden") != std::string::npos;
  }

  bool has_boilerplate_role(Index node) const {
    const std::string role = ascii_lower(page_.attribute(node, "role"));
    for (const char* boilerplate : {"navigation", "banner", "contentinfo", "complementary", "search",
                                    "dialog", "alertdialog", "menu", "menubar", "toolbar", "tooltip"}) {
      if (role == boilerplate) return true;
    }
    return false;
  }

  NameHint name_hint(Index node) const {
    return classify_names(page_.attribute(node, "class"), page_.attribute(node, "id"));
  }

  // Hidden only until its reader opens it: a panel of an accordion or of tabs, or some sentences
  // that no name calls a dialog or a menu.
  bool is_expandable(Index node, NameHint hint, const TextSizes& sizes) const {
    constexpr std::size_t min_panel_text = 20;
    constexpr std::size_t min_prose = 100;
    if (hint > NameHint::panel) return false;
    if (2 * sizes.linked[node] > sizes.text[node]) return false;
    // However short: an answer can be a word.
    if (opened_panels_.contains(node)) return sizes.text[node] > 0;
    const std::string_view role = page_.attribute(node, "role");
    const bool panel = hint == NameHint::panel || role == "tabpanel" || role == "region" ||
                       page_.has_attribute(node, "aria-labelledby");
    return panel ? sizes.unlinked(node) >= min_panel_text
                 : sizes.prose[node] >= min_prose && 2 * sizes.prose[node] > sizes.text[node];
  }

  bool has_boilerplate_name(Index node, NameHint hint, const TextSizes& sizes) const {
    constexpr std::size_t min_prose = 250;
    switch (hint) {
      case NameHint::frame:
        return sizes.prose[node] < min_prose || 2 * sizes.prose[node] < sizes.text[node];
      case NameHint::boilerplate:
        return true;
      case NameHint::reviews:
        return kind_ == PageKind::product || kind_ == PageKind::article || kind_ == PageKind::listing;
      case NameHint::author_box:
        return kind_ != PageKind::forum;
      case NameHint::poster:
        return kind_ == PageKind::forum;
      default:
        return false;
    }
  }

  const PageTree& page_;
  PageKind kind_;
  bool is_story_;
  std::vector<bool> dropped_;
  std::unordered_set<Index> opened_panels_;
  std::unordered_map<Index, Index> panel_openers_;  // their panels, by button
};

// For each node of a page whether it is boilerplate, which is left out of the text. That is:
// scripts and controls, hidden elements, and what HTML, ARIA or the usual class names and ids call
// navigation, page header or footer, sidebar, form, cookie notice, advertisement, sharing or
// related links; comments of readers and the author's portrait except in a forum, buyers' reviews
// beside a product, and in a forum what is beside a post (avatar, rank, signature).
//
// A name alone never drops an element with a large part of the page's text, nor one with prose
// where sites use the name for more than boilerplate. A panel that its reader can open (accordions,
// tabs) is text, and so is the button that opens it. No rule is for one site.
std::vector<bool> mark_boilerplate(const PageTree& page, PageKind kind, bool is_story) {
  return BoilerplateMarker{page, kind, is_story}.run();
}

}  // namespace

PageView::PageView(const PageTree& tree, std::string_view page_address)
    : page(tree),
      address(page_address),
      data(parse_structured_data(tree, page_address)),
      kind(classify_page(tree, data, page_address)),
      is_story(is_story_page(tree, data, kind, page_address)),
      dropped(mark_boilerplate(tree, kind, is_story)),
      others(find_parts_of_others(tree, dropped, kind)),
      sizes(tree, dropped) {
  if (kind == PageKind::forum) posts = find_forum_posts(page, dropped, sizes);
}

Result<Content> parse_page(std::string_view bytes, std::string_view content_type, std::string_view address) {
  if (is_gzip(bytes)) {
    STUBKEEPER_ASSIGN(const std::string text, gunzip(bytes));
    return parse_page(text, content_type, address);
  }
  std::string utf8 = to_utf8(bytes, content_type, CharsetDeclaration::html_meta);
  STUBKEEPER_TRY(check_is_text(utf8));
  STUBKEEPER_ASSIGN(const PageTree page, parse_html(std::move(utf8)));
  const PageView view{page, address};
  Content content = extract_metadata(view);
  content.text = extract_main_text(view);
  content.non_content = detect_non_content(page, content, address);
  return content;
}

}  // namespace stubkeeper::crawler
