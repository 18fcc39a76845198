#include "crawler/extract/heading_phrases.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text/ascii.h"
#include "base/text/strings.h"

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t max_phrase_bytes = 80;

// Lower case, without punctuation and digits at its ends, one space between words.
std::string normalize_phrase(std::string_view text) {
  while (!text.empty() && !is_letter_byte(text.front())) text.remove_prefix(1);
  while (!text.empty() && !is_letter_byte(text.back())) text.remove_suffix(1);
  std::string phrase = ascii_lower(text.substr(0, max_phrase_bytes + 1));
  // The apostrophe as it is typed and as it is set.
  phrase = replace_all(std::move(phrase), "’", "'");
  return phrase;
}

template <std::size_t n>
bool starts_with_one_of(std::string_view phrase, const std::array<std::string_view, n>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view prefix) {
    return phrase.starts_with(prefix) && (phrase.size() == prefix.size() || phrase[prefix.size()] == ' ');
  });
}

constexpr std::array<std::string_view, 46> related_prefixes{"related articles",
                                                            "related posts",
                                                            "related content",
                                                            "related stories",
                                                            "related reading",
                                                            "related topics",
                                                            "related products",
                                                            "related resources",
                                                            "related news",
                                                            "related links",
                                                            "related blogs",
                                                            "related insights",
                                                            "related blog posts",
                                                            "related items",
                                                            "related searches",
                                                            "you may also",
                                                            "you might also",
                                                            "you may like",
                                                            "you might like",
                                                            "you'll also love",
                                                            "you'll love",
                                                            "customers also",
                                                            "people also",
                                                            "others also",
                                                            "frequently bought",
                                                            "recently viewed",
                                                            "your recently",
                                                            "similar products",
                                                            "similar items",
                                                            "similar articles",
                                                            "similar posts",
                                                            "more like this",
                                                            "more from",
                                                            "read next",
                                                            "up next",
                                                            "what to read next",
                                                            "recommended for",
                                                            "recommended articles",
                                                            "recommended reading",
                                                            "recommended posts",
                                                            "latest news",
                                                            "latest posts",
                                                            "latest articles",
                                                            "recent posts",
                                                            "recent articles",
                                                            "trending"};

constexpr std::array<std::string_view, 32> related_phrases{"related",
                                                           "recommended",
                                                           "recommendations",
                                                           "recommended products",
                                                           "keep reading",
                                                           "continue reading",
                                                           "read more",
                                                           "more stories",
                                                           "more articles",
                                                           "more news",
                                                           "more posts",
                                                           "further reading",
                                                           "most popular",
                                                           "most read",
                                                           "popular posts",
                                                           "popular articles",
                                                           "popular",
                                                           "editor's picks",
                                                           "top stories",
                                                           "suggested topics",
                                                           "other topics",
                                                           "das könnte",
                                                           "ähnliche artikel",
                                                           "ähnliche produkte",
                                                           "mehr zum thema",
                                                           "articles similaires",
                                                           "à lire aussi",
                                                           "vous aimerez aussi",
                                                           "artículos relacionados",
                                                           "también te puede",
                                                           "potrebbe interessarti",
                                                           "gerelateerde artikelen"};

constexpr std::array<std::string_view, 16> comment_prefixes{
    "leave a reply",       "leave a comment",  "leave comment",   "post a comment",
    "add a comment",       "add your comment", "write a comment", "join the conversation",
    "join the discussion", "comments",         "comment",         "reader comments",
    "trackbacks",          "discussion",       "kommentare",      "commentaires"};

constexpr std::array<std::string_view, 10> review_prefixes{
    "customer reviews",    "customer ratings",      "reviews",
    "ratings and reviews", "ratings & reviews",     "customers reviews",
    "what our customers",  "customer testimonials", "kundenbewertungen",
    "avis clients"};

constexpr std::array<std::string_view, 9> author_prefixes{
    "about the author", "about the authors", "about author",         "meet the author", "written by",
    "author bio",       "über den autor",    "à propos de l'auteur", "sobre el autor"};

constexpr std::array<std::string_view, 12> sharing_phrases{
    "share",          "share this",      "share this article", "share this post", "share on", "follow us",
    "stay connected", "connect with us", "spread the word",    "share the post",  "tags",     "like this"};

constexpr std::array<std::string_view, 10> newsletter_prefixes{
    "subscribe to",     "sign up for",      "join our newsletter", "newsletter", "get the latest",
    "stay in the loop", "join our mailing", "stay up to date",     "never miss", "get our newsletter"};

constexpr std::array<std::string_view, 98> labels{"add to cart",
                                                  "add to bag",
                                                  "add to basket",
                                                  "add to wishlist",
                                                  "add to wish list",
                                                  "add to favorites",
                                                  "add to compare",
                                                  "buy now",
                                                  "shop now",
                                                  "quick view",
                                                  "quick shop",
                                                  "quick add",
                                                  "quick buy",
                                                  "choose options",
                                                  "select options",
                                                  "view details",
                                                  "see details",
                                                  "view product",
                                                  "view all",
                                                  "see all",
                                                  "view more",
                                                  "see more",
                                                  "show more",
                                                  "load more",
                                                  "show less",
                                                  "see less",
                                                  "read more",
                                                  "learn more",
                                                  "find out more",
                                                  "more info",
                                                  "share",
                                                  "share this",
                                                  "tweet",
                                                  "pin",
                                                  "pin it",
                                                  "email",
                                                  "print",
                                                  "copy link",
                                                  "copy",
                                                  "copied",
                                                  "link",
                                                  "permalink",
                                                  "reply",
                                                  "quote",
                                                  "like",
                                                  "report",
                                                  "follow",
                                                  "following",
                                                  "unfollow",
                                                  "save",
                                                  "bookmark",
                                                  "sort by",
                                                  "sort",
                                                  "filter",
                                                  "filters",
                                                  "filter by",
                                                  "clear all",
                                                  "reset",
                                                  "apply",
                                                  "search",
                                                  "close",
                                                  "menu",
                                                  "back",
                                                  "next",
                                                  "previous",
                                                  "prev",
                                                  "back to top",
                                                  "skip to content",
                                                  "skip to main content",
                                                  "loading",
                                                  "log in",
                                                  "login",
                                                  "sign in",
                                                  "sign up",
                                                  "register",
                                                  "subscribe",
                                                  "unsubscribe",
                                                  "submit",
                                                  "advertisement",
                                                  "sponsored",
                                                  "ad",
                                                  "click to expand",
                                                  "click to shrink",
                                                  "expand",
                                                  "collapse",
                                                  "unit price per",
                                                  "regular price",
                                                  "sale price",
                                                  "unit price",
                                                  "quantity",
                                                  "opens in a new window",
                                                  "opens in a new tab",
                                                  "view cart",
                                                  "checkout",
                                                  "compare",
                                                  "notify me",
                                                  "play video",
                                                  "watch video"};

}  // namespace

SectionKind classify_heading(std::string_view heading) {
  if (heading.size() > max_phrase_bytes) return SectionKind::text;
  const std::string phrase = normalize_phrase(heading);
  if (contains(related_phrases, phrase) || starts_with_one_of(phrase, related_prefixes))
    return SectionKind::related;
  if (starts_with_one_of(phrase, comment_prefixes) && phrase.size() < 40) return SectionKind::comments;
  if (phrase.ends_with(" comments") || phrase.ends_with(" responses") || phrase.starts_with("responses to"))
    return SectionKind::comments;
  if (starts_with_one_of(phrase, review_prefixes) && phrase.size() < 40) return SectionKind::reviews;
  if (starts_with_one_of(phrase, author_prefixes)) return SectionKind::about_author;
  if (contains(sharing_phrases, phrase)) return SectionKind::sharing;
  if (starts_with_one_of(phrase, newsletter_prefixes)) return SectionKind::newsletter;
  return SectionKind::text;
}

bool is_control_label(std::string_view block) {
  return block.size() <= 40 && contains(labels, normalize_phrase(block));
}

}  // namespace stubkeeper::crawler
