// Rules about Claim Verification: every claim with a status of the known ones, sources and a
// summary.

#include <algorithm>
#include <string>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "entries/checks/checker.h"

namespace stubkeeper::entries {
namespace {

// The text of a status line: "**Status:** Partially verified (2026)" gives "Partially verified
// (2026)".
std::string_view strip_status_label(std::string_view line) {
  const std::size_t at = line.find("**Status:**");
  if (at == std::string_view::npos || at > 4) return {};
  std::string_view rest = line.substr(at + 11);
  while (!rest.empty() && (rest.front() == ' ' || rest.front() == '*')) rest.remove_prefix(1);
  return rest.substr(0, rest.find_first_of("\r\n"));
}

void check_claim(Checker& checker, std::size_t heading, std::size_t end) {
  const auto& blocks = checker.document.blocks();
  bool status = false;
  bool sources = false;
  bool summary = false;
  for (std::size_t i = heading + 1; i < end && blocks[i].kind != BlockKind::heading; ++i) {
    const std::string_view text = checker.document.text(blocks[i]);
    status = status || text.find("**Status:**") != std::string_view::npos;
    summary = summary || text.find("**Summary:**") != std::string_view::npos;
    sources = sources || !checker.links(blocks[i]).empty();
  }
  std::vector<std::string> missing;
  if (!status) missing.emplace_back("status");
  if (!sources) missing.emplace_back("sources");
  if (!summary) missing.emplace_back("summary");
  if (missing.empty()) return;
  checker.report("claim-incomplete", blocks[heading].first_line,
                 "the claim has no " + join(missing, " and no "));
}

void check_status(Checker& checker, std::string_view status, std::size_t line) {
  std::string words = ascii_lower(status);
  while (!words.empty() && (words.back() == '.' || words.back() == ' ')) words.pop_back();
  const auto& known = checker.style.claim_statuses;
  if (std::any_of(known.begin(), known.end(),
                  [&](const std::string& each) { return ascii_lower(each) == words; }))
    return;
  checker.report("claim-status", line,
                 "the status \"" + std::string{status.substr(0, 60)} + "\" is none of " + join(known, ", "));
}

void check_claims(Checker& checker) {
  const auto place = checker.part("claims");
  if (!place) return;
  const auto& blocks = checker.document.blocks();
  for (std::size_t i = place->first; i < place->end; ++i) {
    const Block& block = blocks[i];
    const std::string_view text = checker.document.text(block);
    if (block.kind == BlockKind::heading) {
      if (block.heading_level == 3 && text.find("Claim") != std::string_view::npos)
        check_claim(checker, i, place->end);
      continue;
    }
    if (block.kind != BlockKind::paragraph && block.kind != BlockKind::list_item) continue;
    std::size_t number = block.first_line;
    for (const std::string_view line : split(text, '\n')) {
      if (const std::string_view status = strip_status_label(line); !status.empty())
        check_status(checker, status, number);
      ++number;
    }
  }
}

}  // namespace

std::span<const Check> claim_checks() {
  static constexpr Check checks[] = {{check_claims, entry_pages}};
  return checks;
}

}  // namespace stubkeeper::entries
