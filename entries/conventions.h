#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "entries/conventions/check_rules.h"
#include "entries/conventions/entry_types.h"
#include "entries/conventions/house_style.h"
#include "entries/conventions/publishers.h"

namespace stubkeeper::entries {

// A section's own rules: data of schema/, replaced in part by a knowledge base's folder conventions/.
// Immutable once made; safe to share between threads.
struct Conventions {
  EntryTypes types;
  HouseStyle style;
  CheckRules checks;
  PublisherRules publishers;
  // Templates of new pages by name: "entry", "section", "changelog". See page_templates.h.
  std::map<std::string, std::string, std::less<>> templates;
  std::vector<std::string> notices;  // a line for each key that a file calls by its old name
};

// The conventions built into the program.
const Conventions& built_in_conventions();

// Puts one file of a knowledge base's conventions/ over `conventions`: entry_types.toml, house_style.toml,
// publishers.toml, checks.toml (`[severity]` alone: checks are code) or templates/NAME.md. An error names
// `where`, the line and the nearest known name, and changes nothing. not_found for another file.
Status override_conventions(Conventions& conventions, std::string_view file, std::string_view text,
                            const std::string& where);

}  // namespace stubkeeper::entries
