#include "crawler/extract/page_view.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "crawler/extract/blocks.h"
#include "crawler/html/fold_text.h"

namespace stubkeeper::crawler {
namespace {

using Json = nlohmann::json;

constexpr std::size_t max_nodes = 20'000;
constexpr std::size_t max_top_level_nodes = 200;

std::string repair_json(std::string_view script) {
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
                                                       : fold_white_space(html_to_text(text));
}

std::string member(const Json& node, const char* name) {
  const auto found = node.find(name);
  if (found == node.end()) return "";
  if (found->is_array() && !found->empty()) return text_of(found->front());
  if (found->is_object()) return found->contains("@value") ? text_of((*found)["@value"]) : "";
  return text_of(*found);
}

// Text that may be HTML, in blocks.
std::string blocks_of(const Json& node, const char* name) {
  const auto found = node.find(name);
  if (found == node.end() || !found->is_string()) return "";
  return html_to_text(found->get_ref<const std::string&>());
}

class JsonLdGraph {
 public:
  void add(Json json) { blocks_.push_back(std::move(json)); }

  // All nodes with a type, breadth first: the outermost are about the page itself.
  void index() {
    std::vector<const Json*> queue;
    for (const Json& block : blocks_) queue.push_back(&block);
    for (std::size_t at = 0; at < queue.size() && at < max_nodes; ++at) {
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

  // The types of the outermost nodes.
  std::vector<std::string> top_level_types() const {
    std::vector<const Json*> queue;
    for (const Json& block : blocks_) queue.push_back(&block);
    std::vector<std::string> types;
    const auto add_type = [&](const Json& name) {
      if (!name.is_string()) return;
      const std::string& whole = name.get_ref<const std::string&>();
      types.push_back(whole.substr(whole.find_last_of("/:") + 1));
    };
    for (std::size_t at = 0; at < queue.size() && at < max_top_level_nodes; ++at) {
      const Json& node = *queue[at];
      if (node.is_array()) {
        for (const Json& member : node) queue.push_back(&member);
      }
      if (!node.is_object()) continue;
      if (const auto type = node.find("@type"); type != node.end()) {
        if (type->is_array()) {
          std::for_each(type->begin(), type->end(), add_type);
        } else {
          add_type(*type);
        }
      }
      for (const char* inner : {"@graph", "mainEntity"}) {
        if (const auto found = node.find(inner); found != node.end()) queue.push_back(&*found);
      }
    }
    return types;
  }

  // A page or something on it, not a part of its surroundings (organizations, breadcrumbs,
  // comments).
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
      append_with_separator(names, ", ", name);
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

JsonLdGraph read_graph(const PageTree& page) {
  JsonLdGraph graph;
  for (PageTree::Index i = page.find(GUMBO_TAG_SCRIPT); i < page.size();
       i = page.find(GUMBO_TAG_SCRIPT, i + 1)) {
    const std::string type = ascii_lower(trim_ascii(page.attribute(i, "type").substr(0, 100)));
    if (!type.starts_with("application/ld+json") || page[i].end == i + 1) continue;
    Json json = Json::parse(repair_json(page[i + 1].text), nullptr, false);
    if (!json.is_discarded()) graph.add(std::move(json));
  }
  graph.index();
  return graph;
}

}  // namespace

bool is_marked_as_paid(const PageTree& page) {
  const JsonLdGraph graph = read_graph(page);
  const auto subjects = graph.subjects();
  return std::any_of(subjects.begin(), subjects.end(), [](const Json* node) {
    const auto free = node->find("isAccessibleForFree");
    if (free == node->end()) return false;
    return free->is_boolean() ? !free->get<bool>() : ascii_lower(text_of(*free)).ends_with("false");
  });
}

StructuredData parse_structured_data(const PageTree& page) {
  const JsonLdGraph graph = read_graph(page);
  StructuredData data;
  data.types = graph.top_level_types();
  const auto set_if_empty = [](std::string& field, std::string value) {
    if (field.empty()) field = std::move(value);
  };
  for (const Json* node : graph.subjects()) {
    set_if_empty(data.headline, rank_of(*node) < 3 ? member(*node, "headline") : "");
    set_if_empty(data.author, graph.names(*node, "author"));
    set_if_empty(data.published, member(*node, "datePublished"));
    set_if_empty(data.modified, member(*node, "dateModified"));
    set_if_empty(data.language, member(*node, "inLanguage"));
    set_if_empty(data.publisher, graph.names(*node, "publisher"));
    if (has_type(*node, "Product") || has_type(*node, "ProductGroup"))
      set_if_empty(data.description, blocks_of(*node, "description"));
  }
  return data;
}

}  // namespace stubkeeper::crawler
