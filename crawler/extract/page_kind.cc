#include "crawler/extract/page_view.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <vector>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "base/text/url.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;
using Words = std::initializer_list<std::string_view>;

// Counts of one walk over the page.
struct KindFeatures {
  std::string og_type;
  std::string generator;
  std::string body_names;
  int product_items = 0;     // microdata
  int discussion_items = 0;  // microdata
  int article_elements = 0;
  std::size_t article_bytes = 0;          // text in <article>
  std::size_t largest_article_bytes = 0;  // in one of them
  std::size_t code_bytes = 0;
  std::size_t paragraph_bytes = 0;
};

KindFeatures extract_features(const PageTree& page) {
  KindFeatures features;
  Index code_end = 0;
  Index paragraph_end = 0;
  Index article_end = 0;
  std::size_t article = 0;
  for (Index i = 0; i < page.size(); ++i) {
    if (page.is_text(i)) {
      if (i < code_end) features.code_bytes += page[i].text.size();
      if (i < paragraph_end) features.paragraph_bytes += page[i].text.size();
      if (i < article_end) {
        features.article_bytes += page[i].text.size();
        article += page[i].text.size();
        features.largest_article_bytes = std::max(features.largest_article_bytes, article);
      }
      continue;
    }
    switch (page.tag(i)) {
      case GUMBO_TAG_META: {
        if (equals_ignoring_case(page.attribute(i, "property"), "og:type"))
          features.og_type = ascii_lower(page.attribute(i, "content").substr(0, 100));
        if (equals_ignoring_case(page.attribute(i, "name"), "generator"))
          features.generator = ascii_lower(page.attribute(i, "content").substr(0, 100));
        break;
      }
      case GUMBO_TAG_BODY:
        features.body_names = ascii_lower(page.attribute(i, "class").substr(0, 500));
        break;
      case GUMBO_TAG_ARTICLE:
        ++features.article_elements;
        article_end = std::max(article_end, page[i].end);
        if (page[i].end >= article_end) article = 0;
        break;
      case GUMBO_TAG_PRE:
        code_end = std::max(code_end, page[i].end);
        break;
      case GUMBO_TAG_P:
        paragraph_end = std::max(paragraph_end, page[i].end);
        break;
      default:
        break;
    }
    const std::string_view type = page.attribute(i, "itemtype");
    if (type.ends_with("/Product")) ++features.product_items;
    if (type.ends_with("/DiscussionForumPosting") || type.ends_with("/QAPage")) ++features.discussion_items;
  }
  return features;
}

// The words of the address's path, lower case: "/forums/topic/12-best-pumps" gives forums, topic,
// 12, ...
std::vector<std::string> split_path_segments(std::string_view address) {
  std::vector<std::string> segments;
  const std::string_view path = url_path_and_rest(address);
  for (const std::string_view segment : split_nonempty(path.substr(0, path.find_first_of("?#")), "/"))
    segments.push_back(ascii_lower(segment.substr(0, 200)));
  return segments;
}

bool has_segment(const std::vector<std::string>& segments, Words words) {
  return std::any_of(segments.begin(), segments.end(),
                     [&](const std::string& segment) { return contains(words, segment); });
}

}  // namespace

PageKind classify_page(const PageTree& page, const StructuredData& data, std::string_view address) {
  const KindFeatures features = extract_features(page);
  const std::vector<std::string> segments = split_path_segments(address);
  const auto has_schema_type = [&](Words types) {
    return std::any_of(data.types.begin(), data.types.end(),
                       [&](const std::string& type) { return contains(types, type); });
  };
  const bool forum_path =
      has_segment(segments, {"forum", "forums", "topic", "topics", "thread", "threads", "viewtopic.php",
                             "showthread.php", "questions", "discussion", "discussions"});
  const bool forum_software =
      contains_any(features.generator,
                      {"discourse", "vbulletin", "xenforo", "phpbb", "nodebb", "flarum", "mybb",
                       "invision community", "simple machines", "lemmy", "vanilla"}) ||
      contains_any(features.body_names, {"phpbb", "xenforo", "vbulletin", "ipsapp", "ipslayout"});

  if (has_schema_type({"DiscussionForumPosting", "QAPage"}) || features.discussion_items > 0 ||
      forum_software)
    return PageKind::forum;
  if (has_schema_type({"TechArticle", "APIReference"})) return PageKind::documentation;
  const bool typed_article =
      has_schema_type({"Article", "NewsArticle", "BlogPosting", "Report", "ScholarlyArticle",
                       "AnalysisNewsArticle", "ReportageNewsArticle", "Recipe"});
  if (typed_article) return PageKind::article;
  if (has_schema_type({"Product", "ProductGroup", "IndividualProduct", "SoftwareApplication", "VideoGame"}) ||
      (features.product_items == 1) || features.og_type.starts_with("product") ||
      features.og_type.starts_with("og:product")) {
    return has_segment(segments, {"collections", "category", "categories"}) &&
                   !has_segment(segments, {"products"})
               ? PageKind::listing
               : PageKind::product;
  }
  if (has_schema_type({"CollectionPage", "ItemList", "SearchResultsPage", "OfferCatalog"}) ||
      features.product_items > 1) {
    return PageKind::listing;
  }
  if (forum_path) return PageKind::forum;
  const bool documentation_software = contains_any(
      features.generator, {"docusaurus", "sphinx", "mkdocs", "gitbook", "hugo docsy", "antora", "vitepress",
                           "starlight", "asciidoctor", "doxygen", "mediawiki"});
  if (documentation_software || has_segment(segments, {"docs", "doc", "documentation", "reference", "manual",
                                                       "api", "wiki", "tutorial", "handbook", "man"})) {
    return PageKind::documentation;
  }
  if (has_segment(segments, {"product", "products", "item", "dp"}) && segments.size() > 1)
    return PageKind::product;
  if (has_segment(segments, {"collections", "collection", "category", "categories", "cat", "tag", "tags",
                             "browse", "search", "departments", "shop"}) ||
      (features.article_elements >= 8 && 2 * features.largest_article_bytes < features.article_bytes)) {
    return PageKind::listing;
  }
  if (features.og_type == "article" || has_segment(segments, {"blog", "news", "article", "articles", "post",
                                                              "posts", "story", "press", "insights"})) {
    return segments.size() > 1 ? PageKind::article : PageKind::listing;
  }
  if (features.code_bytes > features.paragraph_bytes / 2 && features.code_bytes > 500)
    return PageKind::documentation;
  if (features.article_elements == 1) return PageKind::article;
  return PageKind::service;
}

}  // namespace stubkeeper::crawler
