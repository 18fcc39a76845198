#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "entries/document.h"
#include "entries/site/section_files.h"

namespace stubkeeper::entries {

// A section's pages by file, and the page that a relref means: Hugo's rules for `ref` and `relref` (0.111,
// hugolib/pagecollections.go), as far as files decide them. Immutable; safe to share between threads.
class PageIndex {
 public:
  // Files below the section's root, with '/': "energy/solar/_index.md". Those that are no page are left out.
  explicit PageIndex(const std::vector<std::string>& files, Site site = {});

  enum class Outcome {
    found,
    missing,
    ambiguous,  // a bare name of several pages
    outside,    // of the section, so that these files cannot decide
  };
  struct Resolution {
    Outcome outcome = Outcome::missing;
    std::string file;                     // of the page that was found, or of the resource that is no page
    bool by_name = false;                 // found by its bare name, not by its path
    std::vector<std::string> candidates;  // of an ambiguous one
  };

  // The page that a relref in `from_file` means, in that page's language or the one that the relref names. A
  // fragment ("#funding") does not count; alone it means the page itself.
  Resolution resolve(std::string_view from_file, std::string_view reference,
                     std::string_view language = "") const;
  // Whether the site may have a language: surely not where its configuration is known and lacks it.
  bool may_have_language(std::string_view language) const;

  const SectionFiles& files() const { return files_; }

  // Whether a link by path ("../cooling/", "cooling.md") in `from_file` leads to a page, from the page's
  // address, as for a browser, or from its file. True for a path out of the section.
  bool resolves_to_page(std::string_view from_file, std::string_view path) const;

  // Whether a file's page is a folder: a section or a bundle (_index.md, index.md).
  static bool is_folder_page(std::string_view file);

  // The reference to `target_file` for `from_file`: a path relative to its folder, with ".md" for a flat file
  // and without for a folder page; from a page other than _index.md, the bare file name where it is unique.
  std::string reference(std::string_view from_file, std::string_view target_file) const;

 private:
  // The pages of a language.
  struct Pages {
    std::map<std::string, std::string, std::less<>> by_path;  // "energy/solar/first-solar", lower case
    std::map<std::string, std::vector<std::string>, std::less<>> by_name;  // "first-solar"; sections too
  };
  const Pages& pages_of(std::string_view language) const;

  SectionFiles files_;
  std::map<std::string, Pages, std::less<>> pages_;            // by language, "" for the section's own
  std::map<std::string, std::string, std::less<>> resources_;  // by path
};

// A `ref` or `relref` shortcode in a page.
struct Relref {
  std::string target;      // as written, without its quotes
  std::string language;    // of the parameter `lang`, or ""
  ByteRange target_range;  // in the page
  std::size_t line = 0;
};

// A page's relrefs in order, without escaped ones ({{</* relref "x" */>}}) and those of steering blocks and
// front matter.
std::vector<Relref> find_relrefs(const Document& document);

// Whether a block is a region of the shortcode `steering`: rules for editors, which no reader sees.
bool is_steering(const Document& document, const Block& block);

}  // namespace stubkeeper::entries
