#include "entries/site/plain_pages.h"

#include <filesystem>
#include <set>

#include "base/text/encoding.h"
#include "base/text/strings.h"
#include "entries/document.h"
#include "entries/entry_path.h"
#include "entries/markdown/links.h"
#include "entries/site/page_index.h"

namespace stubkeeper::entries {
namespace {

namespace fs = std::filesystem;

std::string relative_path(std::string_view from_file, std::string_view to_file) {
  const std::string_view folder = parent_folder(from_file);
  return fs::path{to_file}.lexically_relative(folder.empty() ? "." : folder).generic_string();
}

// A path that a person's link may mean: no scheme, no root, a Markdown file.
bool is_relative_page(std::string_view destination) {
  const std::string_view path = destination.substr(0, destination.find('#'));
  // A destination that cannot be between a shortcode's quotation marks stays a link.
  if (destination.find_first_of("\"`<>{}\\") != std::string_view::npos) return false;
  return path.ends_with(".md") && !path.starts_with('/') && path.find(':') == std::string_view::npos;
}

std::set<std::string, std::less<>> find_relative_links(const Document& document) {
  std::set<std::string, std::less<>> destinations;
  for (const Block& block : document.blocks()) {
    if (block.kind == BlockKind::front_matter || block.kind == BlockKind::code) continue;
    const std::string_view text = document.text(block);
    for (const Link& link : find_links(text)) {
      const std::string_view destination = text.substr(link.begin, link.end - link.begin);
      if (is_relative_page(destination)) destinations.emplace(destination);
    }
  }
  return destinations;
}

}  // namespace

std::string to_plain_path(std::string_view file) {
  std::string plain{file};
  if (is_section_file(file)) plain.erase(plain.size() - file_name(file).size(), 1);
  return plain;
}

std::string to_plain_page(const std::string& page, std::string_view file, const PageIndex& pages) {
  const Document document = Document::parse(page);
  const auto relrefs = find_relrefs(document);
  std::string plain;
  std::size_t copied = 0;
  const auto copy_until = [&](std::size_t at) {
    if (at > copied) plain.append(page, copied, at - copied);
    copied = std::max(copied, at);
  };
  auto relref = relrefs.begin();
  const auto& blocks = document.blocks();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    if (is_steering(document, block)) {
      copy_until(block.bytes.begin);
      copied = block.bytes.end;
      if (i + 1 < blocks.size() && blocks[i + 1].kind == BlockKind::blank) copied = blocks[i + 1].bytes.end;
      continue;
    }
    for (; relref != relrefs.end() && relref->target_range.end <= block.bytes.end; ++relref) {
      const auto target = pages.resolve(file, relref->target);
      if (target.outcome != PageIndex::Outcome::found || relref->target_range.begin < block.bytes.begin)
        continue;
      const std::size_t open = page.rfind("{{", relref->target_range.begin);
      const std::size_t close = page.find("}}", relref->target_range.end);
      if (open == std::string::npos || open < block.bytes.begin || close == std::string::npos) continue;
      copy_until(open);
      const std::size_t fragment = relref->target.find('#');
      if (fragment != 0)
        plain += percent_encode_path(relative_path(to_plain_path(file), to_plain_path(target.file)));
      if (fragment != std::string::npos) plain += relref->target.substr(fragment);
      copied = close + 2;
    }
  }
  copy_until(page.size());
  return plain;
}

std::string restore_relrefs(const std::string& plain, const std::string& page, std::string_view file,
                            const PageIndex& pages) {
  const auto own = find_relative_links(Document::parse(page));
  const Document document = Document::parse(plain);
  const fs::path folder{parent_folder(file)};
  std::string result;
  std::size_t copied = 0;
  for (const Block& block : document.blocks()) {
    if (block.kind == BlockKind::front_matter || block.kind == BlockKind::code) continue;
    const std::string_view text = document.text(block);
    for (const Link& link : find_links(text)) {
      const std::string_view destination = text.substr(link.begin, link.end - link.begin);
      if (link.kind != LinkKind::inline_link || !is_relative_page(destination) || own.contains(destination))
        continue;
      if (text[link.begin - 1] == '<') continue;
      const std::size_t hash = destination.find('#');
      const std::string path =
          (folder / percent_decode(destination.substr(0, hash))).lexically_normal().generic_string();
      // From the root, by its path alone.
      auto target = pages.resolve("_index.md", "./" + path);
      if (target.outcome != PageIndex::Outcome::found && file_name(path) == "index.md")
        target =
            pages.resolve("_index.md", (fs::path{"."} / parent_folder(path) / "_index.md").generic_string());
      if (target.outcome != PageIndex::Outcome::found) continue;
      result.append(plain, copied, block.bytes.begin + link.begin - copied);
      result += R"({{< relref ")" + pages.reference(file, target.file);
      if (hash != std::string_view::npos) result += destination.substr(hash);
      result += R"(" >}})";
      copied = block.bytes.begin + link.end;
    }
  }
  result.append(plain, copied);
  return result;
}

}  // namespace stubkeeper::entries
