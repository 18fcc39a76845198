#include "llm/drafting/raw_change.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "entries/edits/list_items.h"
#include "entries/edits/page_links.h"
#include "entries/edits/parts.h"
#include "entries/markdown/lines.h"
#include "entries/markdown_escape.h"
#include "llm/drafting/drafting_request.h"
#include "llm/drafting/outline.h"

namespace stubkeeper::llm {
namespace {

using nlohmann::json;

RawChange parse_change(const json& item) {
  RawChange raw;
  const auto text = [&](const char* member) { return item[member].get<std::string>(); };
  raw.kind = text("kind");
  raw.block = text("block");
  raw.date = text("date");
  raw.name = text("name");
  raw.label = text("label");
  raw.text = text("text");
  raw.reason = text("reason");
  raw.confidence = text("confidence");
  for (const json& quote : item["quotes"])
    raw.quotes.push_back({quote["passage"].get<std::string>(), quote["text"].get<std::string>(),
                          quote["role"] == "refutes", false});
  return raw;
}

std::string to_safe_markdown(const std::string& text) {
  return entries::escape_markdown(trim_ascii(text));
}

// Whether the facts of the entry have their names in bold.
bool has_bold_facts(const Task& task) {
  const entries::Document& document = task.entry.document;
  const auto part = entries::find_part(*task.entry.conventions, document, "key-facts");
  for (std::size_t i = part ? part->first : 0; part && i < part->direct_end; ++i) {
    const std::string_view text = document.text(document.blocks()[i]);
    if (document.blocks()[i].kind == entries::BlockKind::list_item && entries::parse_fact(text))
      return text.substr(entries::list_marker(text).size()).starts_with("**");
  }
  return false;
}

// "Name: value" as the entry writes its facts.
std::string format_fact(const Task& task, const std::string& text) {
  const auto fact = entries::parse_fact("- " + text);
  constexpr std::size_t max_name_words = 4;
  const bool named = fact && static_cast<std::size_t>(std::count(fact->name.begin(), fact->name.end(), ' ')) <
                                 max_name_words;
  if (!named || !has_bold_facts(task)) return to_safe_markdown(text);
  return "**" + to_safe_markdown(fact->name) + ":** " + to_safe_markdown(fact->value);
}

std::optional<DraftedChange> make_addition(const Task& task, const RawChange& raw) {
  if (to_safe_markdown(raw.text).empty()) return std::nullopt;
  DraftedChange change = make_change_without_edit(raw);
  change.edit.text = to_safe_markdown(raw.text) + source_links(task, raw.quotes);
  if (raw.kind == "add_development") {
    change.kind = "add development";
    change.edit.kind = entries::EditKind::prepend_development;
    change.edit.part = "Notable Developments";
    change.edit.date = raw.date;
    if (!is_iso_date(raw.date)) return std::nullopt;
    return change;
  }
  const bool person = raw.kind == "add_person";
  change.kind = person ? "add person or organization" : "add fact";
  change.edit.kind = entries::EditKind::add_list_item;
  change.edit.part = person ? "Key People" : "Key Facts";
  if (!person) change.edit.text = format_fact(task, raw.text) + source_links(task, raw.quotes);
  return change;
}

// A fact line with another value; the name, the marker and the emphasis stay as they are written.
std::optional<std::string> replace_fact_value(std::string_view item, const std::string& raw) {
  const auto old_fact = entries::parse_fact(item);
  const auto fact = entries::parse_fact("- " + raw);
  if (!old_fact || !fact || !equals_ignoring_case(fact->name, old_fact->name)) return std::nullopt;
  const std::string value = to_safe_markdown(fact->value);
  if (value.empty()) return std::nullopt;
  std::string text{entries::trim(item)};
  return text.replace(text.size() - old_fact->value.size(), old_fact->value.size(), value);
}

std::optional<DraftedChange> make_replacement(const Task& task, const RawChange& raw) {
  const auto index = block_index(task, raw.block);
  if (!index || to_safe_markdown(raw.text).empty()) return std::nullopt;
  const entries::Document& document = task.entry.document;
  const entries::Block& block = document.blocks()[*index];
  if (!is_replaceable(document, block)) return std::nullopt;
  DraftedChange change = make_change_without_edit(raw);
  change.kind = "replace block";
  change.edit.kind = entries::EditKind::replace_block;
  change.edit.target = raw.block;
  change.edit.expected = document.text(block);
  change.edit.text = to_safe_markdown(raw.text);
  if (block.kind == entries::BlockKind::list_item) {
    const auto text = replace_fact_value(document.text(block), raw.text);
    if (!text) return std::nullopt;
    change.edit.text = *text;
  }
  return change;
}

std::optional<DraftedChange> make_contradiction(const Task& task, const RawChange& raw) {
  const auto index = block_index(task, raw.block);
  if (!index) return std::nullopt;
  const entries::Block& block = task.entry.document.blocks()[*index];
  if (block.kind != entries::BlockKind::paragraph && block.kind != entries::BlockKind::list_item &&
      block.kind != entries::BlockKind::table_row)
    return std::nullopt;
  DraftedChange change = make_change_without_edit(raw);
  change.kind = "note contradiction";
  change.reason = raw.text + " " + change.reason;
  change.edit.kind = entries::EditKind::leave_block;
  change.edit.target = raw.block;
  change.edit.expected = task.entry.document.text(block);
  for (Quote& quote : change.quotes) quote.refutes = true;
  return change;
}

// A title without a parenthesis at its end.
std::string short_name(const std::string& title) {
  const std::size_t open = title.rfind(" (");
  return title.ends_with(')') && open != std::string::npos ? title.substr(0, open) : title;
}

// The first block that names an entry in running text: the one that the answer names, else any.
std::optional<entries::Edit> make_mention_link_edit(const Task& task, const RawChange& raw,
                                                    const RelatedEntry& related) {
  const entries::Document& document = task.entry.document;
  const auto sources = entries::find_part(*task.entry.conventions, document, "sources");
  const auto try_block = [&](std::size_t i) -> std::optional<entries::Edit> {
    for (const std::string& words : {related.title, short_name(related.title)}) {
      entries::Edit edit;
      edit.kind = entries::EditKind::link_words;
      edit.target = task.entry.ids[i];
      edit.text = words;
      edit.reference = related.reference;
      edit.expected = document.text(document.blocks()[i]);
      if (entries::preview_edit(task.entry, edit).ok()) return edit;
    }
    return std::nullopt;
  };
  if (const auto named = block_index(task, raw.block))
    if (auto edit = try_block(*named)) return edit;
  for (std::size_t i = 0; i < document.blocks().size(); ++i) {
    if (sources && i >= sources->heading && i < sources->end) continue;
    if (auto edit = try_block(i)) return edit;
  }
  return std::nullopt;
}

std::optional<DraftedChange> make_entry_link(const Task& task, const RawChange& raw) {
  const RelatedEntry* related = find_related_entry(task, raw.name);
  if (related == nullptr || !entries::is_safe_reference(related->reference)) return std::nullopt;
  // It leads there already.
  if (task.entry.document.print().find("\"" + related->reference + "\"") != std::string::npos)
    return std::nullopt;
  DraftedChange change = make_change_without_edit(raw);
  change.kind = "link entry";
  if (auto edit = make_mention_link_edit(task, raw, *related)) {
    change.reason = raw.text + " " + change.reason;
    change.edit = *std::move(edit);
    return change;
  }
  if (to_safe_markdown(raw.text).empty()) return std::nullopt;
  change.edit.kind = entries::EditKind::add_linked_item;
  change.edit.part = "Key Facts";
  change.edit.title = related->title;
  change.edit.reference = related->reference;
  change.edit.text = to_safe_markdown(raw.text) + source_links(task, raw.quotes);
  return change;
}

}  // namespace

DraftedChange make_change_without_edit(const RawChange& raw) {
  DraftedChange change;
  change.quotes = raw.quotes;
  change.reason = raw.reason + " (the model's confidence: " + raw.confidence + ")";
  return change;
}

std::string source_link(const Task& task, const Quote& quote) {
  for (const TaskPassage& passage : task.passages)
    if (passage.id == quote.passage_id)
      return entries::make_markdown_link(passage.source_title, passage.source_address);
  return "";
}

std::string source_links(const Task& task, const std::vector<Quote>& quotes) {
  std::vector<std::string> links;
  for (const Quote& quote : quotes) {
    std::string link = source_link(task, quote);
    if (!link.empty()) add_once(links, std::move(link));
  }
  return links.empty() ? "" : " (" + join(links, ", ") + ")";
}

std::optional<std::size_t> block_index(const Task& task, const std::string& id) {
  const auto found = std::find(task.entry.ids.begin(), task.entry.ids.end(), id);
  if (id.empty() || found == task.entry.ids.end()) return std::nullopt;
  return static_cast<std::size_t>(found - task.entry.ids.begin());
}

Draft parse_changes(const Task& task, std::string_view answer) {
  Draft result;
  const json document = json::parse(answer);
  for (const json& item : document["changes"]) {
    const RawChange raw = parse_change(item);
    if (raw.kind == "new_entry") {
      auto entry = make_new_entry(task, raw);
      result.unusable += entry ? 0 : 1;
      if (entry) result.entries.push_back(*std::move(entry));
      continue;
    }
    if (raw.kind == "judge_claim") {
      auto changes = make_verdict_changes(task, raw);
      result.unusable += changes.empty() ? 1 : 0;
      std::move(changes.begin(), changes.end(), std::back_inserter(result.changes));
      continue;
    }
    auto change = raw.kind == "replace_block"   ? make_replacement(task, raw)
                  : raw.kind == "contradiction" ? make_contradiction(task, raw)
                  : raw.kind == "link_entry"    ? make_entry_link(task, raw)
                                                : make_addition(task, raw);
    result.unusable += change ? 0 : 1;
    if (change) result.changes.push_back(*std::move(change));
  }
  return result;
}

void append(Draft& draft, Draft other) {
  draft.unusable += other.unusable;
  std::move(other.changes.begin(), other.changes.end(), std::back_inserter(draft.changes));
  std::move(other.entries.begin(), other.entries.end(), std::back_inserter(draft.entries));
}

}  // namespace stubkeeper::llm
