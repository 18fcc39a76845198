#include "entries/site/relrefs.h"

#include <algorithm>

namespace stubkeeper::entries {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t';
}

void skip_space(std::string_view text, std::size_t& at) {
  while (at < text.size() && is_space(text[at])) ++at;
}

// The relref whose "{{<" or "{{%" stands at `open`, if it is one.
bool parse_relref_at(std::string_view page, std::size_t open, Relref& found) {
  std::size_t at = open + 3;
  skip_space(page, at);
  const std::string_view rest = page.substr(at);
  const std::size_t name = rest.starts_with("relref") ? 6 : rest.starts_with("ref") ? 3 : 0;
  if (name == 0 || at + name >= page.size() || !is_space(page[at + name])) return false;
  at += name;
  skip_space(page, at);
  if (page.substr(at).starts_with("path=")) at += 5;
  if (at >= page.size()) return false;
  const char quote = page[at];
  std::size_t end = 0;
  if (quote == '"' || quote == '`' || quote == '\'') {
    end = page.find_first_of(std::string{quote} + "\n", ++at);
    if (end == std::string_view::npos || page[end] != quote) return false;
  } else {
    end = page.find_first_of(" \t\n>%", at);
    if (end == std::string_view::npos) return false;
  }
  found.target = page.substr(at, end - at);
  found.target_range = {at, end};
  return true;
}

bool is_steering(const Document& document, const Block& block) {
  if (block.kind != BlockKind::shortcode) return false;
  const std::string_view text = document.text(block).substr(0, 40);
  return text.find("steering") != std::string_view::npos;
}

}  // namespace

std::vector<Relref> find_relrefs(const Document& document) {
  std::vector<Relref> relrefs;
  const std::string_view page = document.print();
  for (const Block& block : document.blocks()) {
    if (block.kind == BlockKind::front_matter || block.kind == BlockKind::blank ||
        is_steering(document, block))
      continue;
    std::size_t line = block.first_line;
    std::size_t counted = block.bytes.begin;
    for (std::size_t at = page.find("{{", block.bytes.begin);
         at != std::string_view::npos && at + 3 < block.bytes.end; at = page.find("{{", at + 2)) {
      if (page[at + 2] != '<' && page[at + 2] != '%') continue;
      Relref relref;
      if (!parse_relref_at(page.substr(0, block.bytes.end), at, relref)) continue;
      line += static_cast<std::size_t>(std::count(page.begin() + static_cast<std::ptrdiff_t>(counted),
                                                  page.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
      counted = at;
      relref.line = line;
      relrefs.push_back(std::move(relref));
    }
  }
  return relrefs;
}

}  // namespace stubkeeper::entries
