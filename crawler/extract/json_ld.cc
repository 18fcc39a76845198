#include "crawler/extract/json_ld.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "crawler/extract/blocks.h"
#include "crawler/html/fold_text.h"

namespace stubkeeper::crawler {
namespace {

using Json = nlohmann::json;

constexpr std::size_t max_nodes = 20'000;
constexpr std::size_t max_top_level_nodes = 200;
constexpr int max_subject_rank = 99;

// The lower, the more the node is about what the page is there for.
int rank_of(const Json& node) {
  constexpr std::array<std::string_view, 11> types{"Article", "Posting",     "Report", "Product",
                                                   "Recipe",  "VideoObject", "Event",  "JobPosting",
                                                   "Service", "WebPage",     "QAPage"};
  for (std::size_t rank = 0; rank < types.size(); ++rank) {
    if (has_type(node, types[rank])) return static_cast<int>(rank);
  }
  return has_type(node, "Page") ? 20 : max_subject_rank + 1;
}

std::string text_of(const Json& value) {
  if (!value.is_string()) return "";
  const std::string& text = value.get_ref<const std::string&>();
  return text.find_first_of("<&") == std::string::npos ? fold_white_space(text)
                                                       : fold_white_space(html_to_text(text));
}

// Members whose values are other pages: the items of lists, a blog's posts.
bool leads_to_other_pages(std::string_view member, const Json& value) {
  if (member == "itemListElement" || member == "relatedLink" || member == "citation" || member == "mentions")
    return true;
  return (member == "blogPost" || member == "blogPosts" || member == "hasPart") && value.is_array() &&
         value.size() > 1;
}

// Copies JSON, and leaves out what is said at repair_json().
class JsonRepairer {
 public:
  explicit JsonRepairer(std::string_view script) : script_(trim_ascii(script)) {}

  std::string repair() {
    while (at_ < script_.size()) {
      if (script_[at_] == '"') {
        copy_string();
      } else if (!skip_comment() && !skip_mark()) {
        copy_outside_string();
      }
    }
    drop_last(';');
    return std::move(json_);
  }

 private:
  std::string_view rest() const { return script_.substr(at_); }

  void copy_string() {
    json_ += script_[at_++];
    while (at_ < script_.size() && script_[at_] != '"') {
      if (script_[at_] == '\\' && at_ + 1 < script_.size()) {
        const bool is_escape =
            std::string_view{"\"\\/bfnrtu"}.find(script_[at_ + 1]) != std::string_view::npos;
        if (is_escape) json_ += '\\';
        ++at_;
      }
      json_ += static_cast<unsigned char>(script_[at_]) < 0x20 ? ' ' : script_[at_];
      ++at_;
    }
    if (at_ < script_.size()) json_ += script_[at_++];
  }

  bool skip_comment() {
    const bool is_block = rest().starts_with("/*");
    if (!is_block && !rest().starts_with("//")) return false;
    const std::size_t begin = at_ + 2;
    std::size_t end = is_block ? script_.find("*/", begin) : script_.find_first_of("\r\n", begin);
    if (is_block && end != std::string_view::npos) end += 2;
    // A line that opens a CDATA section or a comment may go on with the JSON.
    if (!is_block) {
      const std::string_view line = script_.substr(begin, end == std::string_view::npos ? end : end - begin);
      const std::string_view text = trim_ascii(line);
      if (text.starts_with("<![CDATA[") || text.starts_with("<!--")) end = begin;
    }
    at_ = std::min(end, script_.size());
    return true;
  }

  bool skip_mark() {
    for (const std::string_view mark : {"<!--", "-->", "<![CDATA[", "]]>", "\xEF\xBB\xBF"}) {
      if (!rest().starts_with(mark)) continue;
      at_ += mark.size();
      return true;
    }
    return false;
  }

  void copy_outside_string() {
    const char c = script_[at_++];
    if (c == '}' || c == ']') drop_last(',');
    json_ += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }

  void drop_last(char c) {
    std::size_t end = json_.size();
    while (end > 0 && is_ascii_space(json_[end - 1])) --end;
    if (end > 0 && json_[end - 1] == c) json_.resize(end - 1);
  }

  std::string_view script_;
  std::size_t at_ = 0;
  std::string json_;
};

// Several values with commas between them are a list.
Json parse_script(std::string_view script) {
  const std::string json = repair_json(script);
  Json parsed = Json::parse(json, nullptr, false);
  if (!parsed.is_discarded()) return parsed;
  const std::size_t last = json.find_last_not_of(" ,");
  if (last == std::string::npos) return parsed;
  return Json::parse("[" + json.substr(0, last + 1) + "]", nullptr, false);
}

}  // namespace

std::string repair_json(std::string_view script) {
  return JsonRepairer{script}.repair();
}

bool has_type(const Json& node, std::string_view ending) {
  const auto type = node.find("@type");
  if (type == node.end()) return false;
  const auto ends = [&](const Json& name) {
    return name.is_string() && name.get_ref<const std::string&>().ends_with(ending);
  };
  return type->is_array() ? std::any_of(type->begin(), type->end(), ends) : ends(*type);
}

bool is_article(const Json& node) {
  return rank_of(node) < 3;
}

std::string text_member(const Json& node, const char* name) {
  const auto found = node.find(name);
  if (found == node.end()) return "";
  if (found->is_array() && !found->empty()) return text_of(found->front());
  if (found->is_object()) return found->contains("@value") ? text_of((*found)["@value"]) : "";
  return text_of(*found);
}

std::string blocks_member(const Json& node, const char* name) {
  const auto found = node.find(name);
  if (found == node.end() || !found->is_string()) return "";
  return html_to_text(found->get_ref<const std::string&>());
}

JsonLdGraph::JsonLdGraph(const PageTree& page) {
  for (PageTree::Index i = page.find(GUMBO_TAG_SCRIPT); i < page.size();
       i = page.find(GUMBO_TAG_SCRIPT, i + 1)) {
    const std::string type = ascii_lower(trim_ascii(page.attribute(i, "type").substr(0, 100)));
    if (!type.starts_with("application/ld+json") || page[i].end == i + 1) continue;
    Json json = parse_script(page[i + 1].text);
    if (!json.is_discarded()) blocks_.push_back(std::move(json));
  }
  index();
}

// Breadth first: the outermost nodes are about the page itself.
void JsonLdGraph::index() {
  struct Reached {
    const Json* value;
    bool is_listed;
  };
  std::vector<Reached> queue;
  for (const Json& block : blocks_) queue.push_back({&block, false});
  for (std::size_t at = 0; at < queue.size() && at < max_nodes; ++at) {
    const auto [value, is_listed] = queue[at];
    if (value->is_object() && value->contains("@type")) {
      nodes_.push_back(value);
      if (is_listed) listed_.push_back(value);
    }
    if (value->is_array()) {
      for (const Json& child : *value)
        if (child.is_structured()) queue.push_back({&child, is_listed});
    } else if (value->is_object()) {
      for (const auto& [name, child] : value->items())
        if (child.is_structured()) queue.push_back({&child, is_listed || leads_to_other_pages(name, child)});
    }
  }
  std::stable_sort(nodes_.begin(), nodes_.end(),
                   [](const Json* a, const Json* b) { return rank_of(*a) < rank_of(*b); });
  std::sort(listed_.begin(), listed_.end());
}

std::vector<std::string> JsonLdGraph::top_level_types() const {
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

std::vector<const Json*> JsonLdGraph::subjects() const {
  std::vector<const Json*> found;
  std::copy_if(nodes_.begin(), nodes_.end(), std::back_inserter(found), [&](const Json* node) {
    return rank_of(*node) <= max_subject_rank && !std::binary_search(listed_.begin(), listed_.end(), node);
  });
  return found;
}

std::string JsonLdGraph::names(const Json& node, const char* member_name) const {
  const auto found = node.find(member_name);
  if (found == node.end()) return "";
  std::string names;
  const auto append = [&](const Json& who) {
    const std::string name = who.is_object() ? name_of(who) : text_of(who);
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

std::string JsonLdGraph::name_of(const Json& who) const {
  if (std::string name = text_member(who, "name"); !name.empty()) return name;
  const std::string id = text_member(who, "@id");
  for (const Json* node : nodes_) {
    if (!id.empty() && text_member(*node, "@id") == id && node->contains("name"))
      return text_member(*node, "name");
  }
  return "";
}

}  // namespace stubkeeper::crawler
