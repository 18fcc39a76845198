#include "entries/conventions/entry_types.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/nearest_name.h"
#include "base/text/strings.h"
#include "entries/document.h"
#include "entries/edits/list_items.h"
#include "entries/entry_path.h"
#include "entries/markdown/headings.h"

namespace stubkeeper::entries {
namespace {

template <typename List>
auto find_named(List& list, std::string_view name) {
  return std::find_if(list.begin(), list.end(), [&](const auto& each) { return each.name == name; });
}

bool has_folder(std::string_view file, const std::vector<std::string>& names) {
  while (file.find('/') != std::string_view::npos) {
    const std::size_t slash = file.find('/');
    if (contains(names, file.substr(0, slash))) return true;
    file.remove_prefix(slash + 1);
  }
  return false;
}

// Whether one of `words` is the text's first word.
bool starts_with_any_word(std::string_view text, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    if (text.size() < word.size() || ascii_lower(text.substr(0, word.size())) != word) return false;
    return text.size() == word.size() || !is_ascii_alphanumeric(text[word.size()]);
  });
}

// What an entry shows of its type.
struct TypeEvidence {
  std::vector<std::string> parts;
  std::vector<Fact> facts;
};

TypeEvidence collect_type_evidence(const EntryTypes& types, const Document& document) {
  TypeEvidence evidence;
  bool in_key_facts = false;
  for (const Block& block : document.blocks()) {
    if (block.kind == BlockKind::heading && block.heading_level == 2) {
      const EntryPart* part = types.part_of_heading(block.part);
      if (part != nullptr) evidence.parts.push_back(part->name);
      in_key_facts = part != nullptr && part->name == "key-facts";
    }
    if (!in_key_facts || block.kind != BlockKind::list_item || block.depth > 0) continue;
    if (auto fact = parse_fact(document.text(block))) evidence.facts.push_back(*std::move(fact));
  }
  return evidence;
}

// The part of a heading in lower case: the one that it names, else the first that it begins with.
const EntryPart* find_part_by_words(const std::vector<EntryPart>& parts, const std::string& heading) {
  const EntryPart* begins = nullptr;
  for (const EntryPart& each : parts) {
    for (const std::string& name : each.lowercase_headings) {
      if (heading == name) return &each;
      if (heading.starts_with(name) && heading[name.size()] == ' ' && begins == nullptr) begins = &each;
    }
  }
  return begins;
}

bool evidence_matches(const TypeEvidence& evidence, const EntryType& type) {
  for (const std::string& part : evidence.parts) {
    if (contains(type.identifying_parts, part)) return true;
  }
  return std::any_of(evidence.facts.begin(), evidence.facts.end(), [&](const Fact& fact) {
    return contains(type.key_facts, fact.name) ||
           (fact.name == "Type" && starts_with_any_word(fact.value, type.type_words));
  });
}

}  // namespace

std::size_t EntryType::rank(std::string_view part) const {
  const auto found = std::find(parts.begin(), parts.end(), part);
  return found == parts.end() ? std::string::npos : static_cast<std::size_t>(found - parts.begin());
}

const EntryPart* EntryTypes::part(std::string_view name) const {
  const auto found = find_named(parts, name);
  return found == parts.end() ? nullptr : &*found;
}

const EntryType* EntryTypes::find(std::string_view name) const {
  const auto found = find_named(types, name);
  return found == types.end() ? nullptr : &*found;
}

const EntryPart* EntryTypes::part_of_heading(std::string_view heading) const {
  const EntryPart* part = find_part_by_words(parts, ascii_lower(heading));
  return part != nullptr ? part : find_part_by_words(parts, ascii_lower(heading_words(heading)));
}

const EntryType& EntryTypes::default_type() const {
  return *find("entry");
}

const EntryType& EntryTypes::type_of(std::string_view file, const Document& document) const {
  if (is_section_file(file) && !document.front_matter().has("source_urls")) return *find("section");
  if (const auto named = document.front_matter().scalar("entry_type")) {
    if (const EntryType* type = find(*named)) return *type;
  }
  const TypeEvidence evidence = collect_type_evidence(*this, document);
  for (const EntryType& type : types) {
    if (type.name != "section" && (has_folder(file, type.paths) || evidence_matches(evidence, type)))
      return type;
  }
  return default_type();
}

Status parse_entry_types(TomlReader& reader, EntryTypes& types) {
  std::vector<std::string> order;
  reader.texts("types", order);
  for (const std::string& name : reader.names("part")) {
    EntryPart part;
    part.name = name;
    const std::string prefix = "part." + name + ".";
    reader.texts(prefix + "headings", part.headings);
    reader.number(prefix + "min_sentences", part.sentences.min);
    reader.number(prefix + "max_sentences", part.sentences.max);
    reader.number(prefix + "min_paragraphs", part.paragraphs.min);
    reader.number(prefix + "max_paragraphs", part.paragraphs.max);
    if (part.headings.empty()) reader.fail("part." + name, "the part \"" + name + "\" has no headings");
    for (const std::string& heading : part.headings) part.lowercase_headings.push_back(ascii_lower(heading));
    const auto known = find_named(types.parts, name);
    *(known == types.parts.end() ? types.parts.insert(known, EntryPart{}) : known) = std::move(part);
  }
  // What a knowledge base adds is tried before what is built in.
  auto own = static_cast<std::ptrdiff_t>(types.types.empty() ? -1 : 0);
  for (const std::string& name : reader.names("type")) {
    EntryType type;
    type.name = name;
    const std::string prefix = "type." + name + ".";
    reader.texts(prefix + "parts", type.parts);
    reader.texts(prefix + "required", type.required);
    reader.texts(prefix + "required_for_topics", type.required_for_topics);
    reader.texts(prefix + "paths", type.paths);
    reader.texts(prefix + "type_words", type.type_words);
    reader.texts(prefix + "identifying_parts", type.identifying_parts);
    reader.texts(prefix + "key_facts", type.key_facts);
    const auto known = find_named(types.types, name);
    if (known == types.types.end()) {
      types.types.insert(own < 0 ? types.types.end() : types.types.begin() + own++, std::move(type));
    } else {
      *known = std::move(type);
    }
  }
  std::vector<std::string> parts;
  for (const EntryPart& part : types.parts) parts.push_back(part.name);
  for (const EntryType& type : types.types) {
    for (const auto& [key, list] : {std::pair{"parts", &type.parts}, std::pair{"required", &type.required},
                                    std::pair{"required_for_topics", &type.required_for_topics},
                                    std::pair{"identifying_parts", &type.identifying_parts}}) {
      for (const std::string& part : *list) {
        if (contains(parts, part)) continue;
        const auto near = nearest_name(part, parts);
        reader.fail("type." + type.name + "." + key,
                    "the type \"" + type.name + "\" names a part \"" + part + "\" that there is not",
                    near ? "did you mean \"" + *near + "\"?" : "add [part." + part + "] with its headings");
      }
    }
  }
  if (!order.empty()) {
    // Types that the order does not name are tried first.
    std::stable_sort(types.types.begin(), types.types.end(), [&](const EntryType& a, const EntryType& b) {
      const auto place = [&](const EntryType& type) {
        const auto at = std::find(order.begin(), order.end(), type.name);
        return at == order.end() ? std::ptrdiff_t{-1} : at - order.begin();
      };
      return place(a) < place(b);
    });
  }
  if (types.find("entry") == nullptr || types.find("section") == nullptr)
    reader.fail("type", "the types \"entry\" and \"section\" must be there");
  return reader.finish();
}

}  // namespace stubkeeper::entries
