#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "entries/checks/check.h"
#include "entries/edits/parts.h"
#include "entries/markdown/links.h"

namespace stubkeeper::entries {

// A page under check, and where its findings go. For the files of this folder alone.
class Checker {
 public:
  Checker(const std::string& file, const Document& page, const CheckContext& check_context)
      : document(page),
        context(check_context),
        style(check_context.conventions.style),
        types(check_context.conventions.types),
        kind(classify_page(style, file, page.front_matter())),
        type(types.type_of(file, page)),
        file_(file),
        block_caches_(page.blocks().size()) {}

  void report(std::string_view id, std::size_t line, std::string message);
  // `make_fix` is called only where fixes are asked for.
  void report_fixable(std::string_view id, std::size_t line, std::string message,
                      const std::function<std::vector<Fix>()>& make_fix);
  const std::string& file() const { return file_; }
  std::optional<PartRange> part(std::string_view name) const {
    return find_part(context.conventions, document, name);
  }
  // A block's links (find_links) and own words (mask_non_prose), read once.
  const std::vector<Link>& links(const Block& block) const;
  const std::string& prose(const Block& block) const;
  // The name of the part that a block stands in, such as "sources"; "" where it is no known one.
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

 private:
  Finding* add(std::string_view id, std::size_t line, std::string message);
  struct BlockCache {
    std::optional<std::vector<Link>> links;
    std::optional<std::string> prose;
  };
  BlockCache& cached_block(const Block& block) const {
    return block_caches_[static_cast<std::size_t>(&block - document.blocks().data())];
  }

  std::string file_;
  std::vector<Finding> findings_;
  // What was read of each block; a checker serves one thread.
  mutable std::vector<BlockCache> block_caches_;
  mutable const std::string* last_part_ = nullptr;
  mutable std::string_view last_part_name_;
};

// Whether the block holds text that a reader sees as Markdown: no front matter, code, shortcode or blank.
bool is_text(const Block& block);

// Days from one day to another, both YYYY-MM-DD; nothing where one is no date.
std::optional<std::int64_t> days_between(std::string_view from, std::string_view to);

void check_bytes(Checker& checker);
void check_file_name(Checker& checker);
void check_front_matter(Checker& checker);
void check_dates(Checker& checker);
void check_staleness(Checker& checker);
void check_research_area(Checker& checker);
void check_todos(Checker& checker);

void check_scripts(Checker& checker);
void check_wording(Checker& checker);
void check_phrase_links(Checker& checker);
void check_bare_numbers(Checker& checker);

void check_relrefs(Checker& checker);
void check_links(Checker& checker);

void check_disclaimer(Checker& checker);
void check_parts(Checker& checker);
void check_part_order(Checker& checker);
void check_part_length(Checker& checker);
void check_developments(Checker& checker);
void check_claims(Checker& checker);
void check_people(Checker& checker);

void check_source_list(Checker& checker);
void check_source_use(Checker& checker);

void check_section_content(Checker& checker);
void check_company_tables(Checker& checker);
void check_owner_marks(Checker& checker);
void check_supply_chain(Checker& checker);
void check_topics(Checker& checker);

void check_changelog(Checker& checker);

}  // namespace stubkeeper::entries
