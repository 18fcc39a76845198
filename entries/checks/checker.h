#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "entries/checks/check.h"
#include "entries/checks/check_id.h"
#include "entries/edits/parts.h"
#include "entries/markdown/links.h"

namespace stubkeeper::entries {

// A page under check, which collects findings. For the files of this folder alone; serves one thread.
class Checker {
 public:
  Checker(const std::string& file, const Document& page, const CheckContext& check_context)
      : document(page),
        context(check_context),
        style(check_context.conventions.style),
        types(check_context.conventions.types),
        kind(classify_page(style, file, page.front_matter())),
        type(types.type_of(file, page)),
        role(check_context.pages.files().role(file)),
        file_(file),
        block_caches_(page.blocks().size()) {}

  void report(CheckId id, std::size_t line, std::string message);
  // `make_fix` is called only for a fixable one, where fixes were asked for.
  void report_fixable(CheckId id, std::size_t line, std::string message,
                      const std::function<std::vector<Fix>()>& make_fix, bool fixable = true);
  // Reports a part that was reviewed more than `cadence` days ago.
  void report_stale_part(CheckId id, std::size_t line, const std::string& part, const std::string& reviewed,
                         std::size_t cadence);
  const std::string& file() const { return file_; }
  std::optional<PartRange> part(std::string_view name) const {
    return find_part(context.conventions, document, name);
  }
  // A block's links (find_links) and prose (mask_non_prose), computed once.
  const std::vector<Link>& links(const Block& block) const;
  const std::string& prose(const Block& block) const;
  // The name of a block's part, "sources", or "" for an unknown one.
  std::string_view part_name(const Block& block) const;
  // The 1-based line of a byte of a block.
  std::size_t line_of_byte(const Block& block, std::size_t byte_of_block) const;
  std::vector<Finding> take_findings();

  const Document& document;
  const CheckContext& context;
  const HouseStyle& style;
  const EntryTypes& types;
  const PageKind kind;
  const EntryType& type;
  const FileRole role;

 private:
  Finding* add(CheckId id, std::size_t line, std::string message);
  struct BlockCache {
    std::optional<std::vector<Link>> links;
    std::optional<std::string> prose;
  };
  BlockCache& cached_block(const Block& block) const {
    return block_caches_[static_cast<std::size_t>(&block - document.blocks().data())];
  }

  std::string file_;
  std::vector<Finding> findings_;
  mutable std::vector<BlockCache> block_caches_;
  mutable const std::string* last_part_ = nullptr;
  mutable std::string_view last_part_name_;
};

// Whether a block is Markdown text for a reader: no front matter, code, shortcode, rule or blank.
bool is_text(const Block& block);

// A check with the kinds of page that it looks at.
struct Check {
  void (*run)(Checker&);
  unsigned kinds;
};
constexpr unsigned kind_bit(PageKind kind) {
  return 1U << static_cast<unsigned>(kind);
}
inline constexpr unsigned entry_pages = kind_bit(PageKind::entry);
inline constexpr unsigned section_pages = kind_bit(PageKind::section);
inline constexpr unsigned changelog_pages = kind_bit(PageKind::changelog);
inline constexpr unsigned all_pages = entry_pages | section_pages | changelog_pages;
// Pages of other languages have no rules here but what holds for any text.
inline constexpr unsigned translated_pages = 1U << 8U;
inline constexpr unsigned any_language = all_pages | translated_pages;

// The checks of every NAME_checks.cc here, which defines std::span<const Check> NAME_checks(). CMake writes
// this function (entries/CMakeLists.txt), so that a new file needs no line elsewhere.
const std::vector<Check>& all_checks();

}  // namespace stubkeeper::entries
