#include <algorithm>
#include <array>
#include <utility>

#include "base/text/ascii.h"
#include "base/text/nearest_name.h"
#include "base/text/strings.h"
#include "crawler/feeds/xml_tag.h"
#include "crawler/feeds/xml_tree.h"

namespace stubkeeper::crawler {
namespace {

// libxml2 reads 256 levels and nothing behind a deeper one.
constexpr std::size_t max_depth = 200;

bool is_root(std::string_view name) {
  return contains({"rss", "feed", "rdf:rdf", "urlset", "sitemapindex", "atom:feed"}, name);
}

// An element of which a document has many, none within another, and one that lists it.
struct Listing {
  std::string_view record;
  std::string_view container;
};
constexpr std::array listings{
    Listing{"item", "channel"},     Listing{"item", "rdf:rdf"},         Listing{"item", "rss"},
    Listing{"entry", "feed"},       Listing{"url", "urlset"},           Listing{"sitemap", "sitemapindex"},
    Listing{"rss:item", "rdf:rdf"}, Listing{"rss:item", "rss:channel"}, Listing{"atom:entry", "atom:feed"}};

bool is_record(std::string_view name) {
  return std::ranges::any_of(listings, [&](const Listing& listing) { return listing.record == name; });
}

bool lists(std::string_view container, std::string_view record) {
  return std::ranges::any_of(listings, [&](const Listing& listing) {
    return listing.container == container && listing.record == record;
  });
}

// Elements of HTML that have no end tag, and whose names no format of feeds has.
bool is_void(std::string_view name) {
  return contains({"br", "img", "hr", "wbr", "input"}, name);
}

// Whether an end tag's name is probably that of the open element.
bool is_misspelling(std::string_view name, const std::string& open) {
  constexpr std::size_t max_name_bytes = 40;
  if (std::min(name.size(), open.size()) < 3 || std::max(name.size(), open.size()) > max_name_bytes)
    return false;
  return nearest_name(name, std::array{open}).has_value();
}

class XmlBalancer {
 public:
  explicit XmlBalancer(std::string_view xml) : xml_(xml) {}

  std::string balance() && {
    while (at_ < xml_.size()) {
      const std::size_t markup = std::min(xml_.find('<', at_), xml_.size());
      append_text(xml_.substr(at_, markup - at_));
      at_ = markup;
      if (at_ < xml_.size()) read_markup();
    }
    close_to(0);
    return choose_document();
  }

 private:
  struct OpenElement {
    std::string_view name;
    std::string folded_name;
  };
  // One of several root elements, one after the other, in `out_`.
  struct Document {
    std::size_t begin = 0;
    bool has_root = false;
    bool has_records = false;
  };

  void append_text(std::string_view text) {
    if (!open_.empty() && !has_root_ended_) out_ += text;
  }

  void read_markup() {
    const std::string_view rest = xml_.substr(at_);
    if (rest.starts_with("<!--")) {
      if (!skip_through("-->", 4)) at_ += 4;
    } else if (rest.starts_with("<![CDATA[")) {
      const std::size_t begin = at_;
      if (skip_through("]]>", 9)) {
        append_text(xml_.substr(begin, at_ - begin));
      } else {
        at_ += 9;
      }
    } else if (rest.starts_with("<?")) {
      if (!skip_through("?>", 2)) at_ += 2;
    } else if (rest.starts_with("<!")) {
      skip_declaration();
    } else if (rest.starts_with("</")) {
      read_end_tag();
    } else if (const auto tag = read_xml_tag(xml_, at_)) {
      at_ = tag->end;
      begin_element(*tag);
    } else {
      append_text("&#60;");
      ++at_;
    }
  }

  // False where `closing` is nowhere, of which the document is asked once.
  bool skip_through(std::string_view closing, std::size_t opening_bytes) {
    if (contains(missing_, closing)) return false;
    const std::size_t end = xml_.find(closing, at_ + opening_bytes);
    if (end == std::string_view::npos) {
      missing_.push_back(closing);
      return false;
    }
    at_ = end + closing.size();
    return true;
  }

  // <!DOCTYPE ...>, whose declarations between brackets have marks of their own.
  void skip_declaration() {
    const std::size_t mark = xml_.find_first_of("[>", at_);
    if (mark == std::string_view::npos || xml_[mark] == '>' || !skip_through("]", mark - at_)) {
      at_ = mark == std::string_view::npos ? xml_.size() : mark + 1;
      return;
    }
    const std::size_t end = xml_.find_first_not_of(" \t\r\n", at_);
    if (end != std::string_view::npos && xml_[end] == '>') at_ = end + 1;
  }

  void read_end_tag() {
    const std::string_view name = read_xml_name(xml_, at_ + 2);
    const std::size_t end = xml_.find_first_of("<>", at_ + 2);
    at_ = end == std::string_view::npos ? xml_.size() : xml_[end] == '>' ? end + 1 : end;
    if (!name.empty()) end_element(ascii_lower(name));
  }

  void begin_element(const XmlTag& tag) {
    const std::string name = ascii_lower(tag.name);
    if (begins_document(name)) {
      close_to(0);
      documents_.push_back({out_.size(), is_root(name), false});
      has_root_ended_ = false;
    } else if (has_root_ended_) {
      if (!is_record(name) && name != "channel") return;
      has_root_ended_ = false;
    }
    if (is_record(name)) begin_record(name);
    if (open_.size() >= max_depth) return;
    XmlTag written = tag;
    written.is_empty = tag.is_empty || is_void(name);
    out_ += written.text();
    if (!written.is_empty) open_.push_back({tag.name, name});
  }

  bool begins_document(std::string_view name) const {
    if (open_.empty()) return true;
    if (!is_root(name)) return false;
    const std::string& root = open_.front().folded_name;
    return !is_root(root) || has_root_ended_ || (root == name && !documents_.back().has_records);
  }

  // Ends all that is open within the list.
  void begin_record(std::string_view name) {
    for (std::size_t depth = open_.size(); depth > 0; --depth) {
      if (!lists(open_[depth - 1].folded_name, name)) continue;
      documents_.back().has_records = true;
      return close_to(depth);
    }
  }

  // An end that fits no open element is left out. That of the root is put off: more may follow.
  void end_element(std::string_view name) {
    for (std::size_t depth = open_.size(); depth > 0; --depth) {
      if (open_[depth - 1].folded_name != name) continue;
      has_root_ended_ = has_root_ended_ || depth == 1;
      return close_to(std::max<std::size_t>(depth - 1, 1));
    }
    if (open_.size() > 1 && is_misspelling(name, open_.back().folded_name)) close_to(open_.size() - 1);
  }

  void close_to(std::size_t depth) {
    while (open_.size() > depth) {
      out_ += "</";
      out_ += open_.back().name;
      out_ += '>';
      open_.pop_back();
    }
  }

  // Of several, the first that is a feed or sitemap with something in it.
  std::string choose_document() {
    if (documents_.empty()) return "";
    const auto value = [](const Document& document) {
      return (document.has_root ? 2 : 0) + (document.has_records ? 1 : 0);
    };
    const auto best =
        std::max_element(documents_.begin(), documents_.end(),
                         [&](const Document& a, const Document& b) { return value(a) < value(b); });
    const auto next = std::next(best);
    const std::size_t end = next == documents_.end() ? out_.size() : next->begin;
    return out_.substr(best->begin, end - best->begin);
  }

  std::string_view xml_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<OpenElement> open_;
  std::vector<Document> documents_;
  bool has_root_ended_ = false;
  std::vector<std::string_view> missing_;
};

}  // namespace

std::string balance_xml(std::string_view xml) {
  return XmlBalancer{xml}.balance();
}

}  // namespace stubkeeper::crawler
