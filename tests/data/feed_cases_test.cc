// Feeds with the parse that another library (gofeed) expects of them, in that library's own terms.

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "base/text/dates.h"
#include "crawler/content.h"
#include "crawler/extract/blocks.h"
#include "crawler/html/fold_text.h"
#include "crawler/url.h"
#include "tests/data/real_data.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

constexpr std::string_view address = "http://example.org/feed/";

std::string member(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// The terms that the formats have for what an Item or a Feed holds.
struct Expected {
  std::string title, link, id, published, updated, summary, content;
};

std::string atom_link(const Json& object) {
  const auto links = object.find("links");
  if (links == object.end()) return "";
  for (const Json& link : *links) {
    if (const std::string rel = member(link, "rel"); rel.empty() || rel == "alternate")
      return member(link, "href");
  }
  return "";
}

Expected expected_from_atom(const Json& object) {
  return {member(object, "title"),
          atom_link(object),
          member(object, "id"),
          member(object, "publishedParsed"),
          member(object, "updatedParsed"),
          member(object, "summary"),
          object.contains("content") ? member(object["content"], "value") : ""};
}

Expected expected_from_rss(const Json& object) {
  return {member(object, "title"),
          member(object, "link"),
          object.contains("guid") ? member(object["guid"], "value") : "",
          member(object, "pubDateParsed"),
          member(object, "lastBuildDateParsed"),
          member(object, "description"),
          member(object, "content")};
}

Expected expected_from_json_feed(const Json& object) {
  const std::string html = member(object, "content_html");
  return {member(object, "title"),
          member(object, object.contains("home_page_url") ? "home_page_url" : "url"),
          member(object, "id"),
          member(object, "date_published"),
          member(object, "date_modified"),
          member(object, "summary"),
          html.empty() ? member(object, "content_text") : html};
}

// Counts agreement by field and says where there is none.
class Comparison {
 public:
  explicit Comparison(std::string file) : file_(std::move(file)) {}

  // Both say text; theirs is markup where the publisher's is.
  void text(const std::string& field, const std::string& theirs, const std::string& ours) {
    const std::string line = crawler::fold_white_space(ours);
    const std::string text_of_markup = crawler::fold_white_space(crawler::html_to_text(theirs));
    const bool same = line == crawler::fold_white_space(theirs) || line == text_of_markup;
    record(field, theirs, ours, same);
  }
  void link(const std::string& theirs, const std::string& ours) {
    if (theirs.empty() && is_rdf_feed()) return;
    record("links", theirs, ours, crawler::resolve(address, theirs) == ours);
  }
  void id(const std::string& theirs, const std::string& ours) {
    if (theirs.empty() && is_rdf_feed()) return;
    record("ids", theirs, ours, theirs == ours);
  }
  // As instants.
  void date(const std::string& theirs, const std::string& ours) {
    record("dates", theirs, ours, parse_instant(theirs) == parse_instant(ours));
  }

  struct Count {
    int compared = 0;
    int agreed = 0;
  };
  static std::map<std::string, Count>& counts() {
    static std::map<std::string, Count> by_field;
    return by_field;
  }

 private:

  // Their model of an item has no place for rdf:about, from which ours has its id, and its link where it has
  // no other.
  bool is_rdf_feed() const { return file_.starts_with("rdf_"); }

  static std::optional<Timestamp> parse_instant(const std::string& date) {
    return parse_rfc3339(parse_date(date));
  }

  void record(const std::string& field, const std::string& theirs, const std::string& ours, bool same) {
    if (theirs.empty() && ours.empty()) return;
    Count& count = counts()[field];
    ++count.compared;
    count.agreed += same ? 1 : 0;
    if (!same)
      std::cout << file_ << ": " << field << ": theirs \"" << theirs << "\", ours \"" << ours << "\"\n";
  }

  std::string file_;
};

void compare(const std::string& file, const Json& expected, const crawler::Feed& feed,
             Expected (*terms)(const Json&), const char* items) {
  Comparison comparison{file};
  const Expected of_feed = terms(expected);
  comparison.text("titles", of_feed.title, feed.title);
  comparison.link(of_feed.link, feed.url);
  comparison.date(of_feed.published, feed.published);
  comparison.date(of_feed.updated, feed.modified);
  const Json theirs = expected.value(items, Json::array());
  INFO(file);
  CHECK(theirs.size() == feed.items.size());
  for (std::size_t i = 0; i < std::min(theirs.size(), feed.items.size()); ++i) {
    const Expected of_item = terms(theirs[i]);
    const crawler::Item& item = feed.items[i];
    comparison.text("titles", of_item.title, item.title);
    comparison.link(of_item.link, item.url);
    comparison.id(of_item.id, item.id);
    comparison.date(of_item.published, item.published);
    comparison.date(of_item.updated, item.updated);
    comparison.text("contents", of_item.summary, item.summary);
    comparison.text("contents", of_item.content, item.content);
  }
}

}  // namespace

TEST_CASE("feeds are read as another library reads them") {
  const std::string data = real_data();
  if (data.empty()) return;
  int feeds = 0;
  for (const auto& file : fs::recursive_directory_iterator{data + "/feeds/cases"}) {
    const fs::path path = file.path();
    const std::string format = path.parent_path().filename().string();
    const bool json_feed = format == "json" && path.stem().string().ends_with("_expected");
    if (path.extension() != ".json" || (format == "json" && !json_feed) || format == "invalid") continue;
    std::string source = path.parent_path() / path.stem();
    source = json_feed ? source.substr(0, source.size() - std::string_view{"_expected"}.size()) + ".json"
                       : source + ".xml";
    const auto read = crawler::parse_feed(read_file(source), "", address);
    INFO(source << ": " << (read.ok() ? "" : read.error().text()));
    CHECK(read.ok());
    if (!read.ok()) continue;
    ++feeds;
    const Json expected = Json::parse(read_file(path.string()));
    compare(path.filename().string(), expected, *read,
            json_feed          ? expected_from_json_feed
            : format == "atom" ? expected_from_atom
                               : expected_from_rss,
            format == "atom" ? "entries" : "items");
  }
  CHECK(feeds > 400);
  for (const char* field : {"titles", "links", "ids", "dates", "contents"}) {
    const auto& count = Comparison::counts()[field];
    std::cout << field << ": " << count.agreed << " of " << count.compared << " agree" << std::endl;
    CHECK(count.compared > 0);
    CHECK(count.agreed * 100 >= count.compared * 99);
  }
}
