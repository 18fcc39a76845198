#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "entries/site/site.h"

namespace stubkeeper::entries {

// A file of a section, by Hugo's rules: gohugo.io/content-management, page bundles, multilingual.
enum class FileRole {
  page,          // Markdown (.md) in the section's language
  translation,   // Markdown in another language of the site
  resource,      // below a leaf bundle's folder: part of its page, no page itself
  other_format,  // a text that is not read: .mdx, .markdown, .adoc, .html
  ignored,       // hidden, or an editor's lock, backup or swap file: no content
  other,         // a picture, data
};

// Whether a file or a folder above it is no content: its name begins with '.' or '#', or ends with '~'.
bool is_ignored_file(std::string_view file);

// Whether Hugo makes a page of files with this ending: .md, and the other formats but .mdx.
bool is_content_file(std::string_view file);

// The roles of a section's files. Without a known configuration a language is a code of ISO 639-1 in the name
// of a section or bundle page ("_index.de.md"), or beside a file of the same name without it ("one.de.md").
// Bundles are looked for where the site is known, or some folder has an _index file: a folder of another
// generator may have an index.md beside its pages. Immutable; safe to share between threads.
class SectionFiles {
 public:
  explicit SectionFiles(const std::vector<std::string>& files, Site site = {});

  FileRole role(std::string_view file) const;
  // The language of a translation, lower case; "" for the section's own.
  std::string language(std::string_view file) const;
  // A file without its language, in its name or by the folder that stands for it, and the language as language()
  // gives it: "one.md" and "de" of "one.de.md" and of "de/one.md".
  struct NameParts {
    std::string base;
    std::string language;
  };
  NameParts parse(std::string_view file) const;
  const Site& site() const { return site_; }

 private:
  bool is_in_leaf_bundle(std::string_view file) const;

  Site site_;
  std::set<std::string, std::less<>> files_;
  std::set<std::string, std::less<>> leaf_bundles_;  // folders
};

}  // namespace stubkeeper::entries
