#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entries/conventions/toml_reader.h"

namespace stubkeeper::entries {

class Document;

// How much of something a part holds; `most` 0: as much as it likes.
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

// A type of entry: its parts in order, and how one tells an entry of that type.
struct EntryType {
  std::string name;  // "company"
  std::vector<std::string> parts;
  std::vector<std::string> required;
  std::vector<std::string> required_for_topics;  // of a section page at the first level
  std::vector<std::string> paths;
  std::vector<std::string> type_words;
  std::vector<std::string> identifying_parts;
  std::vector<std::string> key_facts;

  // The place of a part in the type's order, or npos for one that it does not have.
  std::size_t rank(std::string_view part) const;
};

// schema/entry_types.toml, and what a knowledge base changes of it.
struct EntryTypes {
  std::vector<EntryPart> parts;
  std::vector<EntryType> types;  // in the order in which they are tried

  const EntryPart* part(std::string_view name) const;
  const EntryType* find(std::string_view name) const;

  // The part that a heading of level 2 stands for: one of its headings, or a longer one that begins with it
  // as whole words. nullptr for another heading. Case does not count.
  const EntryPart* part_of_heading(std::string_view heading) const;

  // The type that an entry is of; see the file's own words on how it is told. `file` is below the section's
  // root. A section page is of the type "section".
  const EntryType& type_of(std::string_view file, const Document& document) const;

  // The type where nothing tells one: "entry", whose parts the others' are drawn from.
  const EntryType& default_type() const;
};

// Puts what a file says over what is there. Keeps `types` sound: every part that a type names is known, and
// the types "entry" and "section" are there.
Status parse_entry_types(TomlReader& reader, EntryTypes& types);

}  // namespace stubkeeper::entries
