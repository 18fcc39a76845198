#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "entries/conventions/check_rules.h"
#include "entries/conventions/entry_types.h"
#include "entries/conventions/house_style.h"
#include "entries/conventions/publishers.h"

namespace stubkeeper::entries {

// All that a section's own rules decide: data of schema/, replaced in part by what a knowledge base has in
// its folder conventions/. Immutable once made; safe to share between threads.
struct Conventions {
  EntryTypes types;
  HouseStyle style;
  CheckRules checks;
  PublisherRules publishers;
  // Pages that new ones begin as, by name: "entry", "section", "changelog". See render_stub_page.h for their fields.
  std::map<std::string, std::string, std::less<>> templates;
};

// What is built into the program.
const Conventions& built_in_conventions();

// Takes one file of a knowledge base's conventions/ over what is there: entry_types.toml, house_style.toml,
// publishers.toml, checks.toml (`[severity]` alone: rules are code, and none is made by naming it) or
// templates/NAME.md. An error names `where`, the line and the nearest known name. not_found for another file.
Status override_conventions(Conventions& conventions, std::string_view file, std::string_view text,
                            const std::string& where);

}  // namespace stubkeeper::entries
