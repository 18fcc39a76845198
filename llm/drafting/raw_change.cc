#include "llm/drafting/raw_change.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "entries/block_ids.h"
#include "entries/edits/parts.h"
#include "entries/entry_path.h"
#include "entries/front_matter.h"
#include "entries/markdown/lines.h"
#include "entries/markdown_escape.h"
#include "entries/page_templates.h"
#include "llm/drafting/drafting_request.h"

namespace stubkeeper::llm {
namespace {

constexpr std::size_t max_title_length = 80;

// The folder in which entries beside the task are: a section's own, else the one that holds the entry.
std::string entries_folder(const Task& task) {
  const auto& conventions = *task.entry.conventions;
  const bool is_section = entries::is_section_file(task.entry.file) &&
                          conventions.types.type_of(task.entry.file, task.entry.document).name == "section";
  if (is_section) return task.entry_path;
  return std::string{parent_folder(task.entry_path)};
}

bool is_existing_entry(const Task& task, const std::string& title, const std::string& path) {
  const auto same = [&](const std::string& other_title, const std::string& other_path) {
    return equals_ignoring_case(other_title, title) || other_path == path;
  };
  return same(task.entry_title, task.entry_path) ||
         std::any_of(task.related.begin(), task.related.end(),
                     [&](const RelatedEntry& entry) { return same(entry.title, entry.path); });
}

constexpr std::string_view status_label = "**Status:**";
constexpr int claim_level = 3;

// The status as the house style writes it.
std::optional<std::string> find_status(const Task& task, const std::string& label) {
  for (const std::string& status : task.entry.conventions->style.claim_statuses)
    if (equals_ignoring_case(status, trim_ascii(label))) return status;
  return std::nullopt;
}

// A link to the source, and its “words”.
std::string format_evidence(const Task& task, const Quote& quote) {
  return source_link(task, quote) + " — “" + entries::escape_markdown(trim_ascii(quote.text)) + "”";
}

std::string evidence_list(const Task& task, const std::vector<Quote>& quotes, bool refutes) {
  std::string text = refutes ? "**Refuting / questioning sources:**\n" : "**Supporting sources:**\n";
  bool any = false;
  for (const Quote& quote : quotes) {
    if (quote.refutes != refutes) continue;
    text += "- " + format_evidence(task, quote) + "\n";
    any = true;
  }
  return any ? text + "\n" : "";
}

DraftedChange new_claim(const Task& task, const RawChange& raw, const std::string& status) {
  DraftedChange change = make_change_without_edit(raw);
  change.kind = "add verdict";
  change.edit.kind = entries::EditKind::add_to_part;
  change.edit.part = "Claim Verification";
  change.edit.text = "### Claim: " + entries::escape_markdown(trim_ascii(raw.name)) + "\n\n" +
                     std::string{status_label} + " " + status + "\n\n" +
                     evidence_list(task, raw.quotes, false) + evidence_list(task, raw.quotes, true) +
                     "**Summary:** " + entries::escape_markdown(trim_ascii(raw.text));
  return change;
}

// The blocks of a claim of the entry, after its heading.
struct ClaimRange {
  std::size_t heading = 0;
  std::size_t end = 0;
};

std::optional<ClaimRange> find_claim_range(const Task& task, std::size_t block) {
  const entries::Document& document = task.entry.document;
  const auto part = entries::find_part(*task.entry.conventions, document, "claims");
  if (!part || block < part->first || block >= part->end) return std::nullopt;
  const auto& blocks = document.blocks();
  const auto is_claim_heading = [&](std::size_t i) {
    return blocks[i].kind == entries::BlockKind::heading && blocks[i].heading_level == claim_level;
  };
  std::size_t heading = block;
  while (heading > part->first && !is_claim_heading(heading)) --heading;
  if (!is_claim_heading(heading)) return std::nullopt;
  std::size_t end = heading + 1;
  while (end < part->end && !is_claim_heading(end)) ++end;
  return ClaimRange{heading, end};
}

class ExistingClaim {
 public:
  ExistingClaim(const Task& task, const RawChange& raw, const ClaimRange& place)
      : task_(task), raw_(raw), range_(place) {}

  std::vector<DraftedChange> changes(const std::string& status) const {
    std::vector<DraftedChange> changes;
    if (auto change = make_status_change(status)) changes.push_back(*std::move(change));
    for (const Quote& quote : raw_.quotes) changes.push_back(make_evidence_change(quote));
    return changes;
  }

 private:
  std::string_view text(std::size_t block) const {
    return task_.entry.document.text(task_.entry.document.blocks()[block]);
  }

  std::optional<std::size_t> status_block() const {
    for (std::size_t i = range_.heading + 1; i < range_.end; ++i)
      if (text(i).find(status_label) != std::string_view::npos) return i;
    return std::nullopt;
  }

  std::optional<DraftedChange> make_status_change(const std::string& status) const {
    const auto block = status_block();
    if (!block) return std::nullopt;
    std::string bytes{entries::strip_line_ending(text(*block))};
    const std::size_t begin = bytes.find(status_label) + status_label.size();
    const std::size_t end = std::min(bytes.find_first_of("\r\n", begin), bytes.size());
    const std::string_view current_status = entries::trim(std::string_view{bytes}.substr(begin, end - begin));
    if (starts_with_ignoring_case(current_status, status)) return std::nullopt;
    DraftedChange change = make_change_without_edit(raw_);
    change.kind = "change verdict";
    change.reason = raw_.text + " " + change.reason;
    change.edit.kind = entries::EditKind::replace_block;
    change.edit.target = task_.entry.ids[*block];
    change.edit.expected = text(*block);
    change.edit.text = bytes.replace(begin, end - begin, " " + status);
    return change;
  }

  // Behind the last source of its side, or as the first one below the claim's status.
  DraftedChange make_evidence_change(const Quote& quote) const {
    DraftedChange change = make_change_without_edit(raw_);
    change.kind = "add evidence";
    change.quotes = {quote};
    change.reason = raw_.text + " " + change.reason;
    change.edit.kind = entries::EditKind::insert_after;
    const auto last = last_evidence_item(quote.refutes);
    change.edit.target = task_.entry.ids[last.value_or(status_block().value_or(range_.heading))];
    change.edit.text = last ? "- " + format_evidence(task_, quote)
                            : std::string{entries::trim(evidence_list(task_, {quote}, quote.refutes))};
    return change;
  }

  std::optional<std::size_t> last_evidence_item(bool refutes) const {
    const auto& blocks = task_.entry.document.blocks();
    bool inside = false;
    std::optional<std::size_t> last;
    for (std::size_t i = range_.heading + 1; i < range_.end; ++i) {
      const bool item = blocks[i].kind == entries::BlockKind::list_item;
      if (blocks[i].kind == entries::BlockKind::paragraph) {
        const std::string words = ascii_lower(text(i));
        const bool is_evidence_heading =
            words.find(refutes ? "refuting" : "supporting") != std::string::npos &&
            words.find("sources") != std::string::npos;
        if (inside && !is_evidence_heading) break;
        inside = is_evidence_heading;
      }
      if (inside && item && blocks[i].depth == 0) last = i;
    }
    return last;
  }

  const Task& task_;
  const RawChange& raw_;
  ClaimRange range_;
};

}  // namespace

std::vector<DraftedChange> make_verdict_changes(const Task& task, const RawChange& raw) {
  const auto status = find_status(task, raw.label);
  if (!status || raw.text.empty()) return {};
  if (!raw.block.empty()) {
    const auto block = block_index(task, raw.block);
    const auto place = block ? find_claim_range(task, *block) : std::nullopt;
    if (!place) return {};
    return ExistingClaim{task, raw, *place}.changes(*status);
  }
  if (trim_ascii(raw.name).empty()) return {};
  return {new_claim(task, raw, *status)};
}

std::optional<DraftedEntry> make_new_entry(const Task& task, const RawChange& raw) {
  DraftedEntry entry;
  entry.title = sanitize_for_terminal(trim_ascii(raw.name));
  const std::string sentence = entries::escape_markdown(trim_ascii(raw.text));
  const auto types = new_entry_types(task);
  const std::string type = ascii_lower(trim_ascii(raw.label));
  const entries::Conventions& conventions = *task.entry.conventions;
  const std::string name = entries::make_slug(conventions.publishers, entry.title);
  const bool usable = !entry.title.empty() && utf8_length(entry.title) <= max_title_length && !name.empty() &&
                      !sentence.empty() && contains(types, type);
  if (!usable) return std::nullopt;
  const std::string folder = entries_folder(task);
  entry.path = folder.empty() ? name : folder + "/" + name;
  if (is_existing_entry(task, entry.title, entry.path)) return std::nullopt;

  std::string page = entries::render_stub_page(conventions, {entry.title, entry.path, task.today});
  auto typed = entries::set_scalar(page, "entry_type", type, entries::ScalarStyle::quoted_string);
  if (typed.ok()) page = *std::move(typed);
  int next = 0;
  entry.stub = entries::assign_new_ids(entries::Document::parse(std::move(page)),
                                       [&] { return "b1-" + std::to_string(++next); });
  entry.stub.file = entry.path + ".md";
  entry.stub.conventions = &conventions;

  entry.change = make_change_without_edit(raw);
  entry.change.kind = "new entry";
  entry.change.edit.kind = entries::EditKind::add_to_part;
  entry.change.edit.part = "Summary";
  entry.change.edit.text = sentence + source_links(task, raw.quotes);
  return entry;
}

}  // namespace stubkeeper::llm
