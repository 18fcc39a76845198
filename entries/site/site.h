#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::entries {

// The Hugo site around a section, as far as its configuration tells.
struct Site {
  // A folder of content with a language of its own, below the section's root.
  struct ContentFolder {
    std::string folder;
    std::string language;
  };

  bool is_known = false;         // a configuration was read
  std::string section;           // the section's path below the content folder: "research"; "" where unknown
  std::string default_language;  // of files without a language in their names; "" where unknown
  std::vector<std::string> languages;  // lower case, the default one too
  std::vector<ContentFolder> content_folders;
};

// The languages that a site's configuration names: its files in order, name and text ("hugo.toml",
// "config/_default/languages.yaml"), in TOML, YAML or JSON. `section` is the section's folder below the site's
// ("content/research"). One that cannot be read is left out: Hugo stops at it.
struct ConfigurationFile {
  std::string name;
  std::string text;
};
Site parse_site(const std::vector<ConfigurationFile>& files, std::string_view section);

}  // namespace stubkeeper::entries
