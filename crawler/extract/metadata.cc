#include "crawler/extract/page_view.h"

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/url.h"
#include "crawler/extract/byline.h"
#include "crawler/extract/name_hints.h"
#include "crawler/extract/page_dates.h"
#include "crawler/html/fold_text.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;
using Names = std::initializer_list<std::string_view>;

constexpr std::size_t max_heading_bytes = 250;
constexpr std::size_t max_headings = 50;

// The letters and digits alone: a site writes its name in one way and its host in another.
std::string keep_alphanumeric(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (is_word_byte(c)) letters += to_ascii_lower(c);
  }
  return letters;
}

bool is_site_name(std::string_view text, const std::string& site_name, const std::string& host) {
  const std::string letters = keep_alphanumeric(text);
  constexpr std::size_t min_letters = 3;
  if (letters.size() < min_letters) return false;
  return letters == keep_alphanumeric(site_name) || host.find(letters) != std::string::npos;
}

// "Corintis raises $24m | TechCrunch" is "Corintis raises $24m" where the site or its host is
// called so.
std::string strip_site_name(std::string title, const std::string& site_name, const std::string& host) {
  for (const std::string_view separator : {" | ", " - ", " – ", " — ", " · ", " :: ", " • ", " » "}) {
    const std::size_t at = title.rfind(separator);
    if (at == std::string::npos || at == 0) continue;
    if (is_site_name(std::string_view{title}.substr(at + separator.size()), site_name, host))
      return title.substr(0, at);
  }
  return title;
}

// Documentation puts the sign of a link after its headings.
std::string strip_permalink_sign(std::string heading) {
  for (const std::string_view sign : {"¶", "#", "🔗", "§"}) {
    if (heading.ends_with(sign)) heading.erase(heading.size() - sign.size());
  }
  return std::string{trim_ascii(heading)};
}

std::vector<std::string> find_headings(const PageView& view) {
  std::vector<std::string> headings;
  for (Index i = view.page.find(GUMBO_TAG_H1); i < view.page.size() && headings.size() < max_headings;
       i = view.page.find(GUMBO_TAG_H1, i + 1)) {
    std::string text = strip_permalink_sign(view.page.text(i));
    if (!text.empty() && text.size() <= max_heading_bytes) headings.push_back(std::move(text));
  }
  return headings;
}

// A page's title without its site's name. `metadata_title` and `head_title` (of <title>) may be
// empty. A heading with their words goes before them, since they are often written for search
// engines and longer.
std::string choose_title(const PageView& view, const std::string& metadata_title,
                         const std::string& head_title, const std::string& site_name) {
  constexpr double min_word_share = 0.34;
  const std::string host = keep_alphanumeric(url_host(view.address));
  const std::vector<std::string> headings = find_headings(view);
  std::unordered_set<std::string> title_words;
  for (const std::string* text : {&metadata_title, &head_title}) {
    for (std::string& word : split_name_words(*text)) title_words.insert(std::move(word));
  }
  const std::string* best = nullptr;
  double best_share = 0;
  for (const std::string& heading : headings) {
    const std::vector<std::string> words = split_name_words(heading);
    if (words.empty() || is_site_name(heading, site_name, host)) continue;
    const auto known = std::count_if(words.begin(), words.end(),
                                     [&](const std::string& word) { return title_words.contains(word); });
    const double share = static_cast<double>(known) / static_cast<double>(words.size());
    if (share <= best_share) continue;
    best = &heading;
    best_share = share;
  }
  if (best != nullptr && best_share >= min_word_share) return *best;
  if (metadata_title.empty() && headings.size() == 1) return headings.front();
  const std::string& title = metadata_title.empty() ? head_title : metadata_title;
  if (title.empty()) return headings.empty() ? "" : headings.front();
  return strip_site_name(title, site_name, host);
}

class MetadataExtractor {
 public:
  explicit MetadataExtractor(const PageView& view)
      : view_(view), page_(view.page), data_(view.data), address_(view.address) {
    collect_meta();
    collect_microdata();
  }

  Content read() {
    Content content;
    content.site_name = first({meta({"og:site_name"}), data_.publisher, meta({"application-name"})});
    content.title = title(content.site_name);
    content.author = author();
    content.modified = declared_modified();
    std::string visible_change;
    content.published = published(content.modified, visible_change);
    if (content.modified.empty()) content.modified = visible_change;
    content.language = language();
    content.canonical_url = canonical();
    return content;
  }

 private:
  static std::string first(std::initializer_list<std::string> values) {
    for (const std::string& value : values) {
      if (!value.empty()) return value;
    }
    return "";
  }

  static std::string first_date(std::initializer_list<std::string> values) {
    for (const std::string& value : values) {
      if (std::string date = parse_date(value); is_plausible_page_date(date)) return date;
    }
    return "";
  }

  void collect_meta() {
    for (Index i = page_.find(GUMBO_TAG_META); i < page_.size(); i = page_.find(GUMBO_TAG_META, i + 1)) {
      const std::string content = fold_white_space(page_.attribute(i, "content"));
      if (content.empty()) continue;
      for (const char* key : {"property", "name", "http-equiv"}) {
        const std::string name = ascii_lower(page_.attribute(i, key));
        if (!name.empty()) meta_.try_emplace(name, content);
      }
    }
  }

  void collect_microdata() {
    for (Index i = 0; i < page_.size(); ++i) {
      if (page_.is_text(i) || view_.others[i]) continue;
      const std::string name = ascii_lower(page_.attribute(i, "itemprop"));
      if (name != "author" && name != "datepublished" && name != "datemodified") continue;
      std::string value{page_.attribute(i, "content")};
      if (value.empty()) value = page_.attribute(i, "datetime");
      if (value.empty()) value = page_.text(i);
      if (value.size() <= 200) microdata_.try_emplace(name, fold_white_space(value));
    }
  }

  std::string meta(Names names) const {
    for (const std::string_view name : names) {
      if (const auto found = meta_.find(name); found != meta_.end()) return found->second;
    }
    return "";
  }

  std::string microdata(std::string_view name) const {
    const auto found = microdata_.find(name);
    return found == microdata_.end() ? "" : found->second;
  }

  std::string title(const std::string& site_name) const {
    const Index element = page_.find(GUMBO_TAG_TITLE);
    return choose_title(view_, first({data_.headline, meta({"og:title", "twitter:title"})}),
                        element < page_.size() ? page_.text(element) : "", site_name);
  }

  std::string author() const {
    if (std::string name = clean_author(data_.author); !name.empty()) return name;
    // Who began the thread.
    if (!view_.posts.empty() && view_.posts.front().author != 0)
      return page_.text(view_.posts.front().author);
    for (const std::string_view key : {"author", "article:author", "parsely-author", "sailthru.author", "byl",
                                       "dc.creator", "dcterms.creator", "citation_author", "twitter:data1"}) {
      const auto found = meta_.find(key);
      if (found == meta_.end()) continue;
      if (key == "twitter:data1" && meta({"twitter:label1"}) != "Written by") continue;
      if (std::string name = clean_author(found->second); !name.empty()) return name;
    }
    if (std::string name = clean_author(microdata("author")); !name.empty()) return name;
    return find_author_in_byline(view_);
  }

  std::string declared_modified() const {
    return first_date({data_.modified,
                       meta({"article:modified_time", "og:updated_time", "last-modified", "datemodified",
                             "dcterms.modified"}),
                       microdata("datemodified")});
  }

  // The visible date goes before one that cannot be true: that the page was published after it was
  // last changed. `visible_change` is set where a visible date is that of a change.
  std::string published(const std::string& declared_change, std::string& visible_change) const {
    std::string date = find_published(visible_change);
    if (date.size() < iso_day_bytes || declared_change.size() < iso_day_bytes ||
        date.substr(0, iso_day_bytes) <= declared_change.substr(0, iso_day_bytes))
      return date;
    std::string declared = find_publication_date(page_);
    return declared.empty() ? date : declared;
  }

  std::string declared_published() const {
    return first_date(
        {data_.published, meta({"article:published_time", "og:article:published_time", "article:published"}),
         meta({"datepublished", "date", "pubdate", "publishdate", "publish-date", "publish_date"}),
         meta({"parsely-pub-date", "sailthru.date", "dc.date", "dc.date.issued", "dcterms.created",
               "dcterms.issued", "citation_publication_date", "citation_date", "citation_online_date"}),
         microdata("datepublished")});
  }

  std::string find_published(std::string& visible_change) const {
    if (std::string date = declared_published(); !date.empty()) return date;
    if (!view_.posts.empty() && view_.posts.front().date != 0) {
      if (std::string date = parse_node_date(page_, view_.posts.front().date); !date.empty()) return date;
    }
    const auto look = [&](const LineDates& dates) {
      if (visible_change.empty()) visible_change = dates.modified;
      return dates.publication();
    };
    if (std::string date = look(find_dates_in_time_elements(view_)); !date.empty()) return date;
    const std::string address_date = find_date_in_address(address_);
    if (address_date.size() >= iso_day_bytes) return address_date;
    const std::string in_byline = look(find_dates_in_bylines(view_));
    const std::string below_title = look(find_dates_below_title(view_));
    // An address with the month is believed, and a day of that month too. A page that tells no more than when
    // it was last changed was published then, as it is now.
    for (const std::string& date : {in_byline, below_title, find_publication_date(page_),
                                    find_date_after_author(view_), visible_change}) {
      if (!date.empty() && date.starts_with(address_date)) return date;
    }
    return address_date;
  }

  std::string language() const {
    const Index html = page_.find(GUMBO_TAG_HTML);
    std::string tag = first({html < page_.size() ? std::string{page_.attribute(html, "lang")} : "",
                             html < page_.size() ? std::string{page_.attribute(html, "xml:lang")} : "",
                             data_.language, meta({"og:locale", "content-language", "language"})});
    std::replace(tag.begin(), tag.end(), '_', '-');
    const bool well_formed =
        tag.size() >= 2 && tag.size() <= 35 && is_ascii_letter(tag[0]) && is_ascii_letter(tag[1]) &&
        std::all_of(tag.begin(), tag.end(), [](char c) { return is_ascii_alphanumeric(c) || c == '-'; });
    return well_formed && (tag.size() <= 3 || tag.find('-') != std::string::npos) ? tag : "";
  }

  std::string canonical() const {
    for (Index i = page_.find(GUMBO_TAG_LINK); i < page_.size(); i = page_.find(GUMBO_TAG_LINK, i + 1)) {
      if (!equals_ignoring_case(trim_ascii(page_.attribute(i, "rel")), "canonical")) continue;
      if (std::string found = resolve(address_, page_.attribute(i, "href")); !found.empty()) return found;
    }
    const std::string declared = meta({"og:url"});
    return declared.empty() ? "" : resolve(address_, declared);
  }

  const PageView& view_;
  const PageTree& page_;
  const StructuredData& data_;
  std::string_view address_;
  std::map<std::string, std::string, std::less<>> meta_;
  std::map<std::string, std::string, std::less<>> microdata_;
};

}  // namespace

Content extract_metadata(const PageView& view) {
  return MetadataExtractor{view}.read();
}

}  // namespace stubkeeper::crawler
