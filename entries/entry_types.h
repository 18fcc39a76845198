#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::entries {

// A part of an entry, such as Key Facts.
struct EntryPart {
  std::string name;                   // "key-facts"
  std::vector<std::string> headings;  // the first is written where the part is made
};

// A type of entry and its parts in order (schema/entry_types.toml).
struct EntryType {
  std::string name;  // "company"
  std::vector<EntryPart> parts;
  std::vector<std::string> required;  // names of parts
};

// All types; read once, safe to share between threads.
const std::vector<EntryType>& entry_types();

// The part that a heading of level 2 stands for: one of its headings, or a longer one that begins with it as
// whole words. nullptr for another heading. Case does not count.
const EntryPart* part_of_heading(const EntryType& type, std::string_view heading);

// The type of an entry where nothing says otherwise: "company", whose parts the others' are drawn from.
const EntryType& default_entry_type();

}  // namespace stubkeeper::entries
