#include "crawler/extract/boilerplate.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "crawler/extract/name_hints.h"
#include "crawler/html/tags.h"
#include "crawler/pdf/text_sizes.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

// An element with this share of the page's text is no boilerplate, whatever its author calls it. What HTML
// itself calls a footer or navigation is, though nothing else stood on the page: its scripts would draw it.
constexpr double most_share = 0.4;
// A thread below an article may be longer than the article.
constexpr double most_share_of_comments = 0.95;

class Marking {
 public:
  Marking(const PageTree& page, PageKind kind) : page_(page), kind_(kind), dropped_(page.size(), false) {
    const bool noscript_is_text = says_most_without_scripts();
    for (Index i = 0; i < page_.size(); ++i) {
      if (page_.is_text(i) || !is_no_text(page_.tag(i))) continue;
      dropped_[i] = page_.tag(i) != GUMBO_TAG_NOSCRIPT || !noscript_is_text;
    }
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
      const NameHint hint = tag == GUMBO_TAG_ARTICLE || heading_level(tag) > 0 ? NameHint::none : hint_of(i);
      const double share = static_cast<double>(sizes.unlinked(i)) / all;
      bool boilerplate = false;
      if (hint == NameHint::comments && kind_ != PageKind::forum) {
        boilerplate = heading_seen > 0 && share < most_share_of_comments && !holds(i, GUMBO_TAG_H1);
      } else if (share <= most_share || tag == GUMBO_TAG_FOOTER || tag == GUMBO_TAG_NAV) {
        boilerplate = is_named_by_html(i, i < article_end, i < heading_end) || is_named_by_aria(i) ||
                      (is_hidden(i) && !is_opened_by_reader(i, hint, sizes)) ||
                      is_named_by_author(i, hint, sizes);
      }
      if (!boilerplate) continue;
      dropped_[i] = true;
      i = page_[i].end - 1;
    }
    return std::move(dropped_);
  }

 private:
  // Forums and others draw themselves by script, and put all that they say into <noscript>.
  bool says_most_without_scripts() const {
    if (page_.find(GUMBO_TAG_NOSCRIPT) == page_.size()) return false;
    std::vector<bool> unseen(page_.size(), false);
    for (Index i = 0; i < page_.size(); ++i) {
      unseen[i] = !page_.is_text(i) && is_no_text(page_.tag(i)) && page_.tag(i) != GUMBO_TAG_NOSCRIPT;
    }
    const TextSizes sizes{page_, unseen};
    std::size_t within = 0;
    for (Index i = page_.find(GUMBO_TAG_NOSCRIPT); i < page_.size();
         i = page_.find(GUMBO_TAG_NOSCRIPT, page_[i].end)) {
      if (!asks_for_scripts(i, sizes)) within += sizes.unlinked(i);
    }
    return within > sizes.unlinked(0) - within;
  }

  // "You need to enable JavaScript to run this app."
  bool asks_for_scripts(Index node, const TextSizes& sizes) const {
    constexpr std::size_t most_bytes = 400;
    return sizes.text[node] < most_bytes &&
           ascii_lower(page_.text(node, most_bytes)).find("javascript") != std::string::npos;
  }

  bool is_named_by_html(Index node, bool in_article, bool in_heading) const {
    switch (page_.tag(node)) {
      case GUMBO_TAG_NAV:
      case GUMBO_TAG_ASIDE:
      case GUMBO_TAG_FOOTER:
      case GUMBO_TAG_FORM:
        return true;
      case GUMBO_TAG_BUTTON:
      case GUMBO_TAG_LABEL:
        return !in_heading;
      case GUMBO_TAG_HEADER:
        return !in_article && !holds(node, GUMBO_TAG_H1);
      default:
        return false;
    }
  }

  bool holds(Index node, GumboTag tag) const { return page_.find(tag, node) < page_[node].end; }

  bool is_hidden(Index node) const {
    if (page_.has_attribute(node, "hidden")) return true;
    if (equals_ignoring_case(page_.attribute(node, "aria-hidden"), "true")) return true;
    const std::string style = ascii_lower(page_.attribute(node, "style").substr(0, 500));
    if (style.empty()) return false;
    std::string tight;
    std::copy_if(style.begin(), style.end(), std::back_inserter(tight),
                 [](char c) { return !is_ascii_space(c); });
    return tight.find("display:none") != std::string::npos ||
           tight.find("visibility:hidden") != std::string::npos;
  }

  bool is_named_by_aria(Index node) const {
    const std::string role = ascii_lower(page_.attribute(node, "role"));
    for (const char* boilerplate : {"navigation", "banner", "contentinfo", "complementary", "search",
                                    "dialog", "alertdialog", "menu", "menubar", "toolbar", "tooltip"}) {
      if (role == boilerplate) return true;
    }
    return false;
  }

  NameHint hint_of(Index node) const {
    return hint_of_names(page_.attribute(node, "class"), page_.attribute(node, "id"));
  }

  // Hidden only until its reader opens it: a panel of an accordion or of tabs, or some sentences that no name
  // calls a dialog or a menu.
  bool is_opened_by_reader(Index node, NameHint hint, const TextSizes& sizes) const {
    constexpr std::size_t least_text_of_a_panel = 20;
    constexpr std::size_t least_prose = 100;
    if (hint > NameHint::panel) return false;
    if (2 * sizes.linked[node] > sizes.text[node]) return false;
    const std::string_view role = page_.attribute(node, "role");
    const bool panel = hint == NameHint::panel || role == "tabpanel" || role == "region" ||
                       page_.has_attribute(node, "aria-labelledby");
    return panel ? sizes.unlinked(node) >= least_text_of_a_panel
                 : sizes.prose[node] >= least_prose && 2 * sizes.prose[node] > sizes.text[node];
  }

  bool is_named_by_author(Index node, NameHint hint, const TextSizes& sizes) const {
    constexpr std::size_t least_prose = 250;
    switch (hint) {
      case NameHint::frame:
        return sizes.prose[node] < least_prose || 2 * sizes.prose[node] < sizes.text[node];
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
  std::vector<bool> dropped_;
};

}  // namespace

std::vector<bool> boilerplate_of(const PageTree& page, PageKind kind) {
  return Marking{page, kind}.run();
}

}  // namespace stubkeeper::crawler
