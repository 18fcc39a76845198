#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entries/conventions/toml_reader.h"

namespace stubkeeper::entries {

class Document;

// Bounds of a part's length; `max` 0: none.
struct PartLength {
  std::size_t min = 0;
  std::size_t max = 0;
};

// A part of an entry, such as Key Facts.
struct EntryPart {
  std::string name;                   // "key-facts"
  std::vector<std::string> headings;  // the first is written where the part is made
  std::vector<std::string> lowercase_headings;
  PartLength sentences;  // of its paragraphs
  PartLength paragraphs;
};

// A type of entry: its parts in order, and the evidence for it.
struct EntryType {
  std::string name;  // "company"
  std::vector<std::string> parts;
  std::vector<std::string> required;
  std::vector<std::string> required_for_topics;  // of a section page at the first level
  std::vector<std::string> paths;
  std::vector<std::string> type_words;
  std::vector<std::string> identifying_parts;
  std::vector<std::string> key_facts;

  // The place of a part in the type's order, or npos.
  std::size_t rank(std::string_view part) const;
};

// schema/entry_types.toml, with a knowledge base's changes.
struct EntryTypes {
  std::vector<EntryPart> parts;
  std::vector<EntryType> types;  // in the order in which they are tried

  const EntryPart* part(std::string_view name) const;
  const EntryType* find(std::string_view name) const;

  // The part of a heading of level 2, by its words (heading_words()) in any case: one of the part's headings,
  // or a longer one that begins with it as whole words. nullptr for another heading.
  const EntryPart* part_of_heading(std::string_view heading) const;

  // The type of an entry, by the evidence that the file describes; "section" for a section page. `file` is
  // below the section's root.
  const EntryType& type_of(std::string_view file, const Document& document) const;

  // The type without evidence: "entry", of whose parts the others' are a choice.
  const EntryType& default_type() const;
};

// Puts a file over `types`, of which every named part is known, and the types "entry" and "section" exist.
Status parse_entry_types(TomlReader& reader, EntryTypes& types);

}  // namespace stubkeeper::entries
