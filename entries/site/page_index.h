#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::entries {

// The pages of a section by their files, and which of them a relref means: Hugo's rules for `ref` and
// `relref` (0.111, hugolib/pagecollections.go), as far as files decide them. Immutable; safe to share between
// threads.
class PageIndex {
 public:
  // Files below the section's root, with '/': "energy/solar/_index.md". What is no page is left out.
  explicit PageIndex(const std::vector<std::string>& files);

  enum class Outcome {
    found,
    missing,
    ambiguous,  // by its bare name, which several pages have
    outside,    // of the section, so that these files cannot tell
  };
  struct Resolution {
    Outcome outcome = Outcome::missing;
    std::string file;                     // of the page that was found
    bool by_name = false;                 // found by its bare name, not by its path
    std::vector<std::string> candidates;  // of an ambiguous one
  };

  // What a relref in the page `from_file` means. A fragment ("#funding") does not count; alone it means the
  // page itself.
  Resolution resolve(std::string_view from_file, std::string_view reference) const;

  // Whether a link by path ("../cooling/", "cooling.md") in the page `from_file` leads to a page, counted
  // from the page's address, as a browser does, or from its file. What leads out of the section does, as far
  // as these files can tell.
  bool resolves_to_page(std::string_view from_file, std::string_view path) const;

  // Whether a file's page is a folder: a section or a bundle (_index.md, index.md).
  static bool is_folder_page(std::string_view file);

  // The reference to `target_file` that is right in `from_file`: a path relative to its folder, ".md" for a
  // flat file and the folder alone for a folder page; from a page that is no _index.md, the bare file name
  // where it is unique.
  std::string reference(std::string_view from_file, std::string_view target_file) const;

 private:
  std::map<std::string, std::string, std::less<>> by_path_;  // "energy/solar/first-solar", lower case
  std::map<std::string, std::vector<std::string>, std::less<>> by_name_;  // "first-solar"
};

}  // namespace stubkeeper::entries
