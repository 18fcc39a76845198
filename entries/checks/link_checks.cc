// Rules about links: Hugo's references, and addresses that would run a script.

#include <string>

#include "base/text/ascii.h"
#include "base/text/encoding.h"
#include "base/text/strings.h"
#include "entries/checks/checker.h"
#include "entries/entry_path.h"
#include "entries/markdown/links.h"
#include "entries/site/page_index.h"

namespace stubkeeper::entries {
namespace {

std::string url_fragment(std::string_view target) {
  const std::size_t hash = target.find('#');
  return hash == std::string_view::npos ? "" : std::string{target.substr(hash)};
}

bool has_canonical_form(std::string_view target, std::string_view file) {
  const std::string_view path = target.substr(0, target.find('#'));
  const bool names_file = is_content_file(path);
  // A section's _index.md may be named from another _index.md, as the steering text's table does.
  if (PageIndex::is_folder_page(file)) return !names_file || path.ends_with("_index.md");
  return names_file;
}

std::string describe_missing(const PageIndex& pages, const Relref& relref,
                             const PageIndex::Resolution& found) {
  const std::string words = "relref \"" + relref.target + "\" ";
  if (!relref.language.empty() && !pages.may_have_language(relref.language))
    return words + "asks for the language \"" + relref.language + "\", which the site does not have";
  if (!found.file.empty())
    return words + "leads to " + found.file + ", which is a resource of its bundle and no page";
  return words + "leads to no page" + (relref.language.empty() ? "" : " in \"" + relref.language + "\"");
}

void check_relref(Checker& checker, const Relref& relref) {
  const auto resolution = checker.context.pages.resolve(checker.file(), relref.target, relref.language);
  const auto rewritten = [&](const std::string& file) {
    return checker.context.pages.reference(checker.file(), file) + url_fragment(relref.target);
  };
  const auto fix = [&] { return std::vector<Fix>{{relref.target_range, rewritten(resolution.file)}}; };
  switch (resolution.outcome) {
    case PageIndex::Outcome::missing:
      checker.report("relref-target", relref.line,
                     describe_missing(checker.context.pages, relref, resolution));
      return;
    case PageIndex::Outcome::ambiguous:
      checker.report("relref-ambiguous", relref.line,
                     "relref \"" + relref.target + "\" could be any of " + join(resolution.candidates, ", "));
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
  } else if (!has_canonical_form(relref.target, resolution.file)) {
    checker.report_fixable(
        "relref-form", relref.line,
        "relref \"" + relref.target + "\" does not have the form of its target, " + resolution.file + better,
        fix);
  } else if (resolution.by_name && is_section_file(checker.file())) {
    checker.report_fixable("relref-relative", relref.line,
                           "relref \"" + relref.target + "\" is no path from this _index.md" + better, fix);
  }
}

void check_scheme(Checker& checker, const Block& block, const Link& link, std::string_view destination) {
  const std::string address = normalize_destination(destination);
  const bool picture = address.starts_with("data:image/") && !address.starts_with("data:image/svg");
  for (const char* scheme : {"javascript:", "vbscript:", "data:"}) {
    if (!address.starts_with(scheme) || picture) continue;
    checker.report("link-scheme", checker.line_of_byte(block, link.begin),
                   "a link would run a script; only http and https addresses belong here");
  }
}

// Reports an http address, at byte `at` of the page, that the section has with https, or its host.
void report_plain_http(Checker& checker, std::size_t line, std::size_t at, std::string_view address) {
  if (!starts_with_ignoring_case(address, "http://")) return;
  const std::string_view rest = address.substr(7);
  const std::string host = ascii_lower(rest.substr(0, rest.find_first_of("/?#")));
  if (!checker.context.section.host_serves_https(host)) return;
  checker.report_fixable(
      "plain-http", line,
      "\"" + std::string{address} + "\" goes by http, and the section links " + host + " by https elsewhere",
      [&] {
        return std::vector<Fix>{{{at + 4, at + 4}, "s"}};
      },
      checker.context.section.has_https_address(rest));
}

void check_plain_http_in_front_matter(Checker& checker) {
  const FrontMatter& fields = checker.document.front_matter();
  const std::string_view bytes = std::string_view{checker.document.print()}.substr(0, fields.end());
  for (const std::string& address : fields.list("source_urls")) {
    if (!address.starts_with("http://")) continue;
    const std::size_t at = bytes.find(address);
    if (at != std::string_view::npos) report_plain_http(checker, fields.line_of("source_urls"), at, address);
  }
}

// Whether a link's destination is a path to a page, which the section's files can tell: no scheme,
// no host, no path from the site's root, no file but Markdown.
bool is_path_to_page(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.front() == '#' || path.starts_with("{{")) return false;
  const std::size_t colon = path.find(':');
  if (colon != std::string_view::npos && colon < path.find('/')) return false;
  const std::string_view name = file_name(path);
  return name.find('.') == std::string_view::npos || name == "." || name == ".." || name.ends_with(".md");
}

// Links by path are resolved against the page's address, as a browser does, and against its file,
// as editors of Markdown do: one that leads somewhere either way is left alone.
void check_path(Checker& checker, const Block& block, const Link& link, std::string_view destination) {
  if (link.kind != LinkKind::inline_link && link.kind != LinkKind::definition) return;
  if (!is_path_to_page(destination.substr(0, destination.find_first_of("?#")))) return;
  const std::string address = resolve_destination(destination);
  const std::string path = percent_decode(std::string_view{address}.substr(0, address.find_first_of("?#")));
  if (checker.context.pages.resolves_to_page(checker.file(), path)) return;
  checker.report("internal-link", checker.line_of_byte(block, link.begin),
                 "the link to \"" + std::string{destination} + "\" leads to no page of the section");
}

void check_relrefs(Checker& checker) {
  for (const Relref& relref : find_relrefs(checker.document)) check_relref(checker, relref);
}

void check_links(Checker& checker) {
  for (const Block& block : checker.document.blocks()) {
    if (!is_text(block)) continue;
    const std::string_view text = checker.document.text(block);
    for (const Link& link : checker.links(block)) {
      const std::string_view destination = text.substr(link.begin, link.end - link.begin);
      check_scheme(checker, block, link, destination);
      report_plain_http(checker, checker.line_of_byte(block, link.begin), block.bytes.begin + link.begin,
                        destination);
      check_path(checker, block, link, destination);
    }
  }
  check_plain_http_in_front_matter(checker);
}

}  // namespace

std::span<const Check> link_checks() {
  static constexpr Check checks[] = {{check_relrefs, any_language}, {check_links, any_language}};
  return checks;
}

}  // namespace stubkeeper::entries
