// Rules about what stands in an entry.

#include <algorithm>
#include <string>

#include "entries/checks/checker.h"
#include "entries/edits/parts.h"
#include "entries/entry_types.h"
#include "entries/stub_page.h"
#include "schema/base/ascii.h"

namespace stubkeeper::entries {
namespace {

const EntryPart* part_named(const EntryType& type, std::string_view name) {
  const auto found = std::find_if(type.parts.begin(), type.parts.end(),
                                  [&](const EntryPart& part) { return part.name == name; });
  return found == type.parts.end() ? nullptr : &*found;
}

bool has_text(const Document& document, const PartPlace& place) {
  for (std::size_t i = place.first; i < place.end; ++i) {
    const BlockKind kind = document.blocks()[i].kind;
    if (kind != BlockKind::blank && kind != BlockKind::thematic_break) return true;
  }
  return false;
}

// The date in bold at the beginning of a list item ("- **2026-05:** ..."), as YYYY, YYYY-MM or YYYY-MM-DD;
// "".
std::string leading_date(std::string_view item) {
  const std::size_t bold = item.find("**");
  if (bold == std::string_view::npos || bold > 6) return "";
  const std::string_view rest = item.substr(bold + 2);
  std::size_t length = 0;
  for (; length < rest.size() && length < 10; ++length) {
    const bool dash = length == 4 || length == 7;
    if (dash ? rest[length] != '-' : rest[length] < '0' || rest[length] > '9') break;
  }
  if (length < 4) return "";
  return std::string{rest.substr(0, length >= 10 ? 10 : length >= 7 ? 7 : 4)};
}

// Whether a date is surely later than another: "2026" is not later than "2026-03".
bool is_later(std::string_view a, std::string_view b) {
  const std::size_t common = std::min(a.size(), b.size());
  return a.substr(0, common) > b.substr(0, common);
}

// The first text of a status line: "**Status:** Partially verified (2026)" gives "Partially verified (2026)".
std::string_view after_status(std::string_view line) {
  const std::size_t at = line.find("**Status:**");
  if (at == std::string_view::npos || at > 4) return {};
  std::string_view rest = line.substr(at + 11);
  while (!rest.empty() && (rest.front() == ' ' || rest.front() == '*')) rest.remove_prefix(1);
  return rest.substr(0, rest.find_first_of("\r\n"));
}

}  // namespace

void check_disclaimer(Checker& checker) {
  for (const Block& block : checker.document.blocks()) {
    if (block.kind == BlockKind::front_matter || block.kind == BlockKind::blank) continue;
    if (block.kind == BlockKind::block_quote &&
        checker.document.text(block).find("Disclaimer") != std::string_view::npos) {
      return;
    }
    // Below a heading of level 1 or a comment it still is at the top.
    const bool above =
        block.kind == BlockKind::html || (block.kind == BlockKind::heading && block.heading_level == 1);
    if (!above) break;
  }
  const FrontMatter& fields = checker.document.front_matter();
  const std::string message = "the entry does not begin with the disclaimer in a block quote";
  if (!fields.problem().empty()) {
    checker.report("disclaimer", 1, message);
    return;
  }
  checker.report_fixable("disclaimer", 1, message, [&]() -> std::vector<Fix> {
    const bool crlf = checker.document.print().substr(0, 4096).find("\r\n") != std::string::npos;
    const std::string line_end = crlf ? "\r\n" : "\n";
    return {{{fields.end(), fields.end()}, line_end + disclaimer() + line_end}};
  });
}

void check_parts(Checker& checker) {
  const EntryType& type = default_entry_type();
  for (const std::string& name : type.required) {
    const EntryPart* part = part_named(type, name);
    if (part != nullptr && !find_part(checker.document, part->headings.front())) {
      checker.report("part-missing", 1, "the part \"" + part->headings.front() + "\" is missing");
    }
  }
  for (const EntryPart& part : type.parts) {
    const auto place = find_part(checker.document, part.headings.front());
    if (place && !has_text(checker.document, *place)) {
      checker.report("part-empty", checker.document.blocks()[place->heading].first_line,
                     "the part \"" + part.headings.front() + "\" is empty");
    }
  }
}

void check_developments(Checker& checker) {
  const auto place = find_part(checker.document, "Notable Developments");
  if (!place) return;
  std::string newest_allowed;
  for (std::size_t i = place->first; i < place->end; ++i) {
    const Block& block = checker.document.blocks()[i];
    if (block.kind == BlockKind::heading) newest_allowed.clear();
    if (block.kind != BlockKind::list_item || block.depth > 0) continue;
    const std::string date = leading_date(checker.document.text(block));
    if (date.empty()) {
      checker.report("development-undated", block.first_line,
                     "the development does not begin with its date, as **2026-05:**");
      continue;
    }
    if (!newest_allowed.empty() && is_later(date, newest_allowed)) {
      checker.report("developments-order", block.first_line,
                     date + " stands below " + newest_allowed + "; developments go newest first");
    }
    newest_allowed = date;
  }
}

// Each "### Claim: ..." has a status and a summary before the next heading.
void check_claim_parts(Checker& checker) {
  const auto& blocks = checker.document.blocks();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].kind != BlockKind::heading || blocks[i].heading_level != 3 ||
        blocks[i].part != "Claim Verification")
      continue;
    if (checker.document.text(blocks[i]).find("Claim") == std::string_view::npos) continue;
    std::string missing = "status and summary";
    bool status = false;
    bool summary = false;
    for (std::size_t j = i + 1; j < blocks.size() && blocks[j].kind != BlockKind::heading; ++j) {
      const std::string_view text = checker.document.text(blocks[j]);
      status = status || text.find("**Status:**") != std::string_view::npos;
      summary = summary || text.find("**Summary:**") != std::string_view::npos;
    }
    if (status && summary) continue;
    if (status) missing = "summary";
    if (summary) missing = "status";
    checker.report("claim-incomplete", blocks[i].first_line, "the claim has no " + missing);
  }
}

void check_claims(Checker& checker) {
  check_claim_parts(checker);
  for (const Block& block : checker.document.blocks()) {
    if (block.kind != BlockKind::paragraph && block.kind != BlockKind::list_item) continue;
    std::string_view text = checker.document.text(block);
    for (std::size_t line = block.first_line; !text.empty(); ++line) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const std::string_view status = after_status(text.substr(0, end));
      if (!status.empty() && block.part == "Claim Verification") {
        std::string words = ascii_lower(status);
        while (!words.empty() && (words.back() == '.' || words.back() == ' ')) words.pop_back();
        const bool known = words == "verified" || words == "partially verified" || words == "unverified" ||
                           words == "disputed";
        if (!known) {
          checker.report("claim-status", line,
                         "the status \"" + std::string{status.substr(0, 60)} +
                             "\" is none of Verified, Partially verified, Unverified, Disputed");
        }
      }
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
}

void check_part_order(Checker& checker) {
  const EntryType& type = default_entry_type();
  std::size_t lowest = 0;
  std::string lowest_heading;
  for (const Block& block : checker.document.blocks()) {
    if (block.kind != BlockKind::heading || block.heading_level != 2) continue;
    const EntryPart* part = part_of_heading(type, block.part);
    // The section's template gives no place to these two.
    if (part == nullptr || part->name == "claims" || part->name == "supply-chain") continue;
    const auto place = static_cast<std::size_t>(part - type.parts.data());
    if (place < lowest) {
      checker.report("part-order", block.first_line,
                     "\"" + block.part + "\" goes above \"" + lowest_heading + "\"");
    } else {
      lowest = place;
      lowest_heading = block.part;
    }
  }
}

}  // namespace stubkeeper::entries
