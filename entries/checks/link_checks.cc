// Rules about links: Hugo's references, and addresses that would run a script.

#include <algorithm>
#include <string>

#include "entries/checks/checker.h"
#include "entries/site/relrefs.h"
#include "schema/base/ascii.h"

namespace stubkeeper::entries {
namespace {

std::string fragment_of(std::string_view target) {
  const std::size_t hash = target.find('#');
  return hash == std::string_view::npos ? "" : std::string{target.substr(hash)};
}

bool has_right_form(std::string_view target, std::string_view file) {
  const std::string_view path = target.substr(0, target.find('#'));
  const bool names_file = path.ends_with(".md");
  // A section's _index.md may be named from another _index.md, as the steering text's table does.
  if (PageIndex::is_folder_page(file)) return !names_file || path.ends_with("_index.md");
  return names_file;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void check_relref(Checker& checker, const Relref& relref) {
  const auto resolution = checker.context.pages.resolve(checker.file(), relref.target);
  const auto rewritten = [&](const std::string& file) {
    return checker.context.pages.reference(checker.file(), file) + fragment_of(relref.target);
  };
  const auto fix = [&] { return std::vector<Fix>{{relref.target_at, rewritten(resolution.file)}}; };
  switch (resolution.outcome) {
    case PageIndex::Outcome::missing:
      checker.report("relref-target", relref.line, "relref \"" + relref.target + "\" leads to no page");
      return;
    case PageIndex::Outcome::ambiguous:
      checker.report("relref-ambiguous", relref.line,
                     "relref \"" + relref.target + "\" could be any of " + joined(resolution.candidates));
      return;
    case PageIndex::Outcome::outside:
      if (relref.target.starts_with("/")) {
        checker.report("relref-prefix", relref.line,
                       "relref \"" + relref.target + "\" begins with a slash and leads out of the section");
      }
      return;
    case PageIndex::Outcome::found:
      break;
  }
  if (relref.target.empty() || relref.target.starts_with("#")) return;
  const std::string better = "; write \"" + rewritten(resolution.file) + "\"";
  if (relref.target.starts_with("/")) {
    checker.report_fixable("relref-prefix", relref.line,
                           "relref \"" + relref.target + "\" begins with a slash" + better, fix);
  } else if (!has_right_form(relref.target, resolution.file)) {
    checker.report_fixable(
        "relref-form", relref.line,
        "relref \"" + relref.target + "\" does not have the form of its target, " + resolution.file + better,
        fix);
  } else if (resolution.by_name && checker.file().ends_with("_index.md")) {
    checker.report_fixable("relref-relative", relref.line,
                           "relref \"" + relref.target + "\" is no path from this _index.md" + better, fix);
  }
}

}  // namespace

void check_relrefs(Checker& checker) {
  for (const Relref& relref : find_relrefs(checker.document)) check_relref(checker, relref);
}

void check_link_schemes(Checker& checker) {
  for (const Block& block : checker.document.blocks()) {
    if (block.kind == BlockKind::code || block.kind == BlockKind::front_matter) continue;
    const std::string text = ascii_lower(checker.document.text(block));
    for (const char* scheme :
         {"](javascript:", "](vbscript:", "](data:text", "<javascript:", "]: javascript:"}) {
      const std::size_t at = text.find(scheme);
      if (at == std::string::npos) continue;
      const auto line =
          block.first_line + static_cast<std::size_t>(std::count(
                                 text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
      checker.report("link-scheme", line,
                     "a link would run a script; only http and https addresses belong here");
    }
  }
}

}  // namespace stubkeeper::entries
