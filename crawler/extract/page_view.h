#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crawler/content.h"
#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// A page's metadata in JSON-LD (JSON-LD 1.1, schema.org's terms); "" where there is none. Dates as
// they are written.
struct StructuredData {
  std::string headline;
  std::string author;
  std::string published;
  std::string modified;
  std::string language;
  std::string publisher;
  // schema.org's types of the page itself: of the outermost nodes, and those in "@graph" and
  // mainEntity.
  std::vector<std::string> types;
  // A product's, as Content::text.
  std::string description;
};

// Nodes that are an article go first, then a product, a page. An article counts where its headline is
// the page's title or its address the page's, else where most words of its headline are in the title;
// what hangs in a list is another page's. Small mistakes in JSON are repaired (json_ld.h).
StructuredData parse_structured_data(const PageTree& page, std::string_view address);

// Whether the page says of its subject that it is not accessible for free (schema.org's isAccessibleForFree).
bool is_marked_as_paid(const PageTree& page);

// The kind of a page, which decides what its text is: replies are the text of a forum's page, but
// not of an article's.
enum class PageKind { article, product, forum, documentation, listing, service };

// By, in this order: schema.org's types in JSON-LD and microdata, og:type, the software that made
// the page (meta generator), words in the address's path, and its elements: posts, cards, code,
// prose. No rule is for one site. Without any of these it is a service's page.
PageKind classify_page(const PageTree& page, const StructuredData& data, std::string_view address);

// Whether a page tells one story, by its types or its address below the front page. An <article>
// alone is no sign: many front pages are in one.
bool is_story_page(const PageTree& page, const StructuredData& data, PageKind kind, std::string_view address);

// A post of a forum's thread, as nodes of its page; 0 for none.
struct ForumPost {
  PageTree::Index author = 0;
  PageTree::Index date = 0;
  PageTree::Index body = 0;
};

// The posts of a thread in order: the elements of one kind (tag and class) that have most of the
// page's prose, with the author and date beside each. Empty where there are fewer than two.
std::vector<ForumPost> find_forum_posts(const PageTree& page, const std::vector<bool>& dropped,
                                        const TextSizes& sizes);

// A page with everything that extraction computes once for it. Refers to the tree and the address,
// which must outlive it.
struct PageView {
  PageView(const PageTree& tree, std::string_view page_address);

  const PageTree& page;
  std::string_view address;  // of the page; may be empty
  StructuredData data;
  PageKind kind;
  bool is_story;                 // by is_story_page(): lists of other news are no part of its text
  std::vector<bool> dropped;     // by mark_boilerplate()
  std::vector<bool> others;      // by find_parts_of_others()
  TextSizes sizes;               // of what is not dropped
  std::vector<ForumPost> posts;  // of a forum's page; else none
};

// The elements outside of `root` that hold a list of the site's own news with its heading ("Latest
// news"), in order. None on a story's page.
std::vector<PageTree::Index> find_news_sections(const PageView& view, PageTree::Index root);

// A page's metadata; Content::text stays empty. Each field is from the first source that has it:
//
//   title          an <h1> with the words of: JSON-LD headline of an article, og:title, twitter:title,
//                  <title>; else these, without the site's name
//   author         a thread's first post, JSON-LD, <meta> (author, article:author, dc.creator, ...),
//                  microdata, rel=author, a byline's element, a link to an author's page, "By Jane Doe"
//   published      JSON-LD, <meta>, microdata, a thread's first post, <time> outside lists and
//                  footers, the address (/2026/05/07/), a date's element, the lines below the title,
//                  the one line that begins with "Published" or "Posted" (before all others where
//                  these date the publication after the last change), a day after a link to an
//                  author's page
//   modified       JSON-LD, <meta>, microdata; visible dates that are said to be of a change
//
// Visible dates and names are those of read_date_line() and clean_author(), outside of comments, pictures
// and boxes that lead to other pages. No page was published before 1990.
//
//   language       <html lang>, JSON-LD, og:locale, Content-Language
//   site_name      og:site_name, JSON-LD publisher, application-name
//   canonical_url  <link rel=canonical>, og:url
//
// Relative addresses are resolved against the page's.
Content extract_metadata(const PageView& view);

// A page's main text as Content::text, without boilerplate, with a front page's list of news. Where no part of the page stands out (a
// product, a list), all of it but the boilerplate; of a thread its posts, each after its author and
// its date.
std::string extract_main_text(const PageView& view);

// The kind of a page that was sent in place of a document, by its text and markup; none for a
// document. `content` was extracted from it, `address` is where it came from after redirects. A
// page with a text of its own is a document, whatever its title is, and so is one that only writes
// about error pages, cookies, logins or robots. Limits and signs are beside each rule. Phrases are
// in phrases.h; markup is that of products (challenges, captchas, frameworks), and no rule is for
// one site.
NonContentKind detect_non_content(const PageTree& page, const Content& content, std::string_view address);

}  // namespace stubkeeper::crawler
