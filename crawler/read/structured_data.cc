#include "crawler/read/structured_data.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "crawler/read/blocks.h"
#include "crawler/read/white_space.h"
#include "schema/base/ascii.h"

namespace stubkeeper::crawler {
namespace {

using Json = nlohmann::json;

constexpr std::size_t most_nodes = 20'000;

std::string mended(std::string_view script) {
  std::string json{trim_ascii(script)};
  for (char& c : json) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return json;
}

bool has_type(const Json& node, std::string_view ending) {
  const auto type = node.find("@type");
  if (type == node.end()) return false;
  const auto ends = [&](const Json& name) {
    return name.is_string() && name.get_ref<const std::string&>().ends_with(ending);
  };
  return type->is_array() ? std::any_of(type->begin(), type->end(), ends) : ends(*type);
}

// The lower, the more the node is about what the page is there for.
int rank_of(const Json& node) {
  constexpr std::array<std::string_view, 11> types{"Article", "Posting",     "Report", "Product",
                                                   "Recipe",  "VideoObject", "Event",  "JobPosting",
                                                   "Service", "WebPage",     "QAPage"};
  for (std::size_t rank = 0; rank < types.size(); ++rank) {
    if (has_type(node, types[rank])) return static_cast<int>(rank);
  }
  return has_type(node, "Page") ? 20 : 100;
}

// Text of a value, its references resolved: HTML's entities are often left in.
std::string text_of(const Json& value) {
  if (!value.is_string()) return "";
  const std::string& text = value.get_ref<const std::string&>();
  return text.find_first_of("<&") == std::string::npos ? fold_white_space(text)
                                                       : fold_white_space(text_of_html(text));
}

std::string member(const Json& node, const char* name) {
  const auto found = node.find(name);
  if (found == node.end()) return "";
  if (found->is_array() && !found->empty()) return text_of(found->front());
  if (found->is_object()) return found->contains("@value") ? text_of((*found)["@value"]) : "";
  return text_of(*found);
}

class Graph {
 public:
  void add(Json json) { blocks_.push_back(std::move(json)); }

  // Everything with a type, breadth first: what stands outermost is what the page is.
  void index() {
    std::vector<const Json*> queue;
    for (const Json& block : blocks_) queue.push_back(&block);
    for (std::size_t at = 0; at < queue.size() && at < most_nodes; ++at) {
      const Json& value = *queue[at];
      if (value.is_object() && value.contains("@type")) nodes_.push_back(&value);
      if (value.is_structured()) {
        for (const Json& child : value) {
          if (child.is_structured()) queue.push_back(&child);
        }
      }
    }
    std::stable_sort(nodes_.begin(), nodes_.end(),
                     [](const Json* a, const Json* b) { return rank_of(*a) < rank_of(*b); });
  }

  // A page or something on it, not a part of its surroundings (organizations, breadcrumbs, comments).
  std::vector<const Json*> subjects() const {
    std::vector<const Json*> found;
    std::copy_if(nodes_.begin(), nodes_.end(), std::back_inserter(found),
                 [](const Json* node) { return rank_of(*node) < 100; });
    return found;
  }

  // The names of persons or organizations, given in full, as text, or by "@id".
  std::string names(const Json& node, const char* member_name) const {
    const auto found = node.find(member_name);
    if (found == node.end()) return "";
    std::string names;
    const auto append = [&](const Json& who) {
      std::string name = who.is_object() ? name_of(who) : text_of(who);
      if (name.empty() || name.starts_with("http")) return;
      if (!names.empty()) names += ", ";
      names += name;
    };
    if (found->is_array()) {
      for (std::size_t i = 0; i < found->size() && i < 20; ++i) append((*found)[i]);
    } else {
      append(*found);
    }
    return names;
  }

 private:
  std::string name_of(const Json& who) const {
    if (std::string name = member(who, "name"); !name.empty()) return name;
    const std::string id = member(who, "@id");
    for (const Json* node : nodes_) {
      if (!id.empty() && member(*node, "@id") == id && node->contains("name")) return member(*node, "name");
    }
    return "";
  }

  std::vector<Json> blocks_;
  std::vector<const Json*> nodes_;
};

}  // namespace

StructuredData structured_data_of(const PageTree& page) {
  Graph graph;
  for (PageTree::Index i = page.find(GUMBO_TAG_SCRIPT); i < page.size();
       i = page.find(GUMBO_TAG_SCRIPT, i + 1)) {
    const std::string type = ascii_lower(trim_ascii(page.attribute(i, "type").substr(0, 100)));
    if (!type.starts_with("application/ld+json") || page[i].end == i + 1) continue;
    Json json = Json::parse(mended(page[i + 1].text), nullptr, false);
    if (!json.is_discarded()) graph.add(std::move(json));
  }
  graph.index();

  StructuredData data;
  const auto fill = [](std::string& field, std::string value) {
    if (field.empty()) field = std::move(value);
  };
  for (const Json* node : graph.subjects()) {
    fill(data.headline, rank_of(*node) < 3 ? member(*node, "headline") : "");
    fill(data.author, graph.names(*node, "author"));
    fill(data.published, member(*node, "datePublished"));
    fill(data.modified, member(*node, "dateModified"));
    fill(data.language, member(*node, "inLanguage"));
    fill(data.publisher, graph.names(*node, "publisher"));
  }
  return data;
}

}  // namespace stubkeeper::crawler
