#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// A script's JSON without the small mistakes that sites make in it. That is: a comment or CDATA section
// around it, comments, commas before a closing bracket, semicolons behind the last, raw control characters
// and unknown escapes in strings. What is no JSON otherwise stays none.
std::string repair_json(std::string_view script);

// The nodes of a page's JSON-LD scripts (JSON-LD 1.1, schema.org's terms). Scripts that are no JSON, even
// repaired, are skipped.
class JsonLdGraph {
 public:
  using Json = nlohmann::json;

  explicit JsonLdGraph(const PageTree& page);
  JsonLdGraph(const JsonLdGraph&) = delete;
  JsonLdGraph& operator=(const JsonLdGraph&) = delete;

  // The types of the outermost nodes, and of those in "@graph" and mainEntity.
  std::vector<std::string> top_level_types() const;

  // A page or something on it, the most specific first. Not a part of its surroundings (organizations,
  // breadcrumbs, comments), and none of the things that it lists.
  std::vector<const Json*> subjects() const;

  // The names of persons or organizations, given in full, as text, or by "@id".
  std::string names(const Json& node, const char* member_name) const;

 private:
  void index();
  std::string name_of(const Json& who) const;

  std::vector<Json> blocks_;
  std::vector<const Json*> nodes_;   // all with a type
  std::vector<const Json*> listed_;  // those that hang in a list
};

// Whether a node's type ends so ("Article" is also a "NewsArticle").
bool has_type(const nlohmann::json& node, std::string_view ending);
bool is_article(const nlohmann::json& node);

// A member as text, its references resolved: HTML's entities are often left in. "" for none.
std::string text_member(const nlohmann::json& node, const char* name);

// A member that may be HTML, as Content::text.
std::string blocks_member(const nlohmann::json& node, const char* name);

}  // namespace stubkeeper::crawler
