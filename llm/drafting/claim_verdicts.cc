#include "llm/drafting/claim_verdicts.h"

#include <algorithm>
#include <optional>

#include "base/text/ascii.h"
#include "entries/edits/parts.h"
#include "entries/markdown/lines.h"
#include "entries/safe_text.h"

namespace stubkeeper::llm {
namespace {

constexpr std::string_view status_mark = "**Status:**";
constexpr int claim_level = 3;

// The status as the house style writes it.
std::optional<std::string> known_status(const Task& task, const std::string& label) {
  for (const std::string& status : task.entry.conventions->style.claim_statuses)
    if (equals_ignoring_case(status, trim_ascii(label))) return status;
  return std::nullopt;
}

// “words” behind a link to their source.
std::string evidence(const Task& task, const Quote& quote) {
  return link_to_source(task, quote) + " — “" + entries::plain_text_as_markdown(trim_ascii(quote.text)) + "”";
}

std::string side(const Task& task, const std::vector<Quote>& quotes, bool refutes) {
  std::string text = refutes ? "**Refuting / questioning sources:**\n" : "**Supporting sources:**\n";
  bool any = false;
  for (const Quote& quote : quotes) {
    if (quote.refutes != refutes) continue;
    text += "- " + evidence(task, quote) + "\n";
    any = true;
  }
  return any ? text + "\n" : "";
}

DraftedChange new_claim(const Task& task, const AnsweredChange& said, const std::string& status) {
  DraftedChange change = without_edit(said);
  change.kind = "add verdict";
  change.edit.kind = entries::EditKind::add_to_part;
  change.edit.part = "Claim Verification";
  change.edit.text = "### Claim: " + entries::plain_text_as_markdown(trim_ascii(said.name)) + "\n\n" +
                     std::string{status_mark} + " " + status + "\n\n" + side(task, said.quotes, false) +
                     side(task, said.quotes, true) + "**Summary:** " +
                     entries::plain_text_as_markdown(trim_ascii(said.text));
  return change;
}

// The blocks of a claim of the entry, after its heading.
struct ClaimPlace {
  std::size_t heading = 0;
  std::size_t end = 0;
};

std::optional<ClaimPlace> claim_at(const Task& task, std::size_t block) {
  const entries::Document& document = task.entry.document;
  const auto part = entries::find_part(*task.entry.conventions, document, "claims");
  if (!part || block < part->first || block >= part->end) return std::nullopt;
  const auto& blocks = document.blocks();
  const auto begins_claim = [&](std::size_t i) {
    return blocks[i].kind == entries::BlockKind::heading && blocks[i].heading_level == claim_level;
  };
  std::size_t heading = block;
  while (heading > part->first && !begins_claim(heading)) --heading;
  if (!begins_claim(heading)) return std::nullopt;
  std::size_t end = heading + 1;
  while (end < part->end && !begins_claim(end)) ++end;
  return ClaimPlace{heading, end};
}

class ExistingClaim {
 public:
  ExistingClaim(const Task& task, const AnsweredChange& said, const ClaimPlace& place)
      : task_(task), said_(said), place_(place) {}

  std::vector<DraftedChange> changes(const std::string& status) const {
    std::vector<DraftedChange> changes;
    if (auto change = change_of_status(status)) changes.push_back(*std::move(change));
    for (const Quote& quote : said_.quotes) changes.push_back(change_of_evidence(quote));
    return changes;
  }

 private:
  std::string_view text(std::size_t block) const {
    return task_.entry.document.text(task_.entry.document.blocks()[block]);
  }

  std::optional<std::size_t> status_block() const {
    for (std::size_t i = place_.heading + 1; i < place_.end; ++i)
      if (text(i).find(status_mark) != std::string_view::npos) return i;
    return std::nullopt;
  }

  std::optional<DraftedChange> change_of_status(const std::string& status) const {
    const auto block = status_block();
    if (!block) return std::nullopt;
    std::string bytes{entries::without_line_end(text(*block))};
    const std::size_t begin = bytes.find(status_mark) + status_mark.size();
    const std::size_t end = std::min(bytes.find_first_of("\r\n", begin), bytes.size());
    const std::string_view stands = entries::trimmed(std::string_view{bytes}.substr(begin, end - begin));
    if (starts_with_ignoring_case(stands, status)) return std::nullopt;
    DraftedChange change = without_edit(said_);
    change.kind = "change verdict";
    change.reason = said_.text + " " + change.reason;
    change.edit.kind = entries::EditKind::replace_block;
    change.edit.target = task_.entry.ids[*block];
    change.edit.expected = text(*block);
    change.edit.text = bytes.replace(begin, end - begin, " " + status);
    return change;
  }

  // Behind the last source of its side, or as the first one below the claim's status.
  DraftedChange change_of_evidence(const Quote& quote) const {
    DraftedChange change = without_edit(said_);
    change.kind = "add evidence";
    change.quotes = {quote};
    change.reason = said_.text + " " + change.reason;
    change.edit.kind = entries::EditKind::insert_after;
    const auto last = last_of_side(quote.refutes);
    change.edit.target = task_.entry.ids[last.value_or(status_block().value_or(place_.heading))];
    change.edit.text = last ? "- " + evidence(task_, quote)
                            : std::string{entries::trimmed(side(task_, {quote}, quote.refutes))};
    return change;
  }

  std::optional<std::size_t> last_of_side(bool refutes) const {
    const auto& blocks = task_.entry.document.blocks();
    bool inside = false;
    std::optional<std::size_t> last;
    for (std::size_t i = place_.heading + 1; i < place_.end; ++i) {
      const bool item = blocks[i].kind == entries::BlockKind::list_item;
      if (blocks[i].kind == entries::BlockKind::paragraph) {
        const std::string words = ascii_lower(text(i));
        const bool of_side = words.find(refutes ? "refuting" : "supporting") != std::string::npos &&
                             words.find("sources") != std::string::npos;
        if (inside && !of_side) break;
        inside = of_side;
      }
      if (inside && item && blocks[i].depth == 0) last = i;
    }
    return last;
  }

  const Task& task_;
  const AnsweredChange& said_;
  ClaimPlace place_;
};

}  // namespace

std::vector<DraftedChange> claim_verdict(const Task& task, const AnsweredChange& said) {
  const auto status = known_status(task, said.label);
  if (!status || said.text.empty()) return {};
  if (!said.block.empty()) {
    const auto block = block_of(task, said.block);
    const auto place = block ? claim_at(task, *block) : std::nullopt;
    if (!place) return {};
    return ExistingClaim{task, said, *place}.changes(*status);
  }
  if (trim_ascii(said.name).empty()) return {};
  return {new_claim(task, said, *status)};
}

}  // namespace stubkeeper::llm
