#include "llm/drafting/drafted_changes.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/clock.h"
#include "base/text/ascii.h"
#include "entries/edits/fact_lines.h"
#include "entries/edits/page_links.h"
#include "entries/edits/parts.h"
#include "entries/markdown/lines.h"
#include "entries/safe_text.h"
#include "llm/drafting/answered_change.h"
#include "llm/drafting/claim_verdicts.h"
#include "llm/drafting/new_entries.h"
#include "llm/drafting/outline.h"
#include "llm/drafting/task_text.h"

namespace stubkeeper::llm {
namespace {

using nlohmann::json;

AnsweredChange read(const json& item) {
  AnsweredChange said;
  const auto text = [&](const char* member) { return item[member].get<std::string>(); };
  said.kind = text("kind");
  said.block = text("block");
  said.date = text("date");
  said.name = text("name");
  said.label = text("label");
  said.text = text("text");
  said.reason = text("reason");
  said.confidence = text("confidence");
  for (const json& quote : item["quotes"])
    said.quotes.push_back({quote["passage"].get<std::string>(), quote["text"].get<std::string>(),
                           quote["role"] == "refutes", false});
  return said;
}

// "2026", "2026-05" or "2026-05-07", of a time that the calendar has.
bool is_date(const std::string& text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  return parse_rfc3339(text + std::string{"-01-01"}.substr(text.size() == 4   ? 0
                                                           : text.size() == 7 ? 3
                                                                              : 6))
      .has_value();
}

std::string safe(const std::string& text) {
  return entries::plain_text_as_markdown(trim_ascii(text));
}

// Whether the facts of the entry have their names in bold.
bool has_bold_facts(const Task& task) {
  const entries::Document& document = task.entry.document;
  const auto part = entries::find_part(*task.entry.conventions, document, "key-facts");
  for (std::size_t i = part ? part->first : 0; part && i < part->own_end; ++i) {
    const std::string_view text = document.text(document.blocks()[i]);
    if (document.blocks()[i].kind == entries::BlockKind::list_item && entries::fact_of(text))
      return text.substr(entries::marker_of(text).size()).starts_with("**");
  }
  return false;
}

// "Name: value" as the entry writes its facts.
std::string fact_text(const Task& task, const std::string& text) {
  const auto fact = entries::fact_of("- " + text);
  constexpr std::size_t most_words_of_name = 4;
  const bool named = fact && static_cast<std::size_t>(std::count(fact->name.begin(), fact->name.end(), ' ')) <
                                 most_words_of_name;
  if (!named || !has_bold_facts(task)) return safe(text);
  return "**" + safe(fact->name) + ":** " + safe(fact->value);
}

std::optional<DraftedChange> addition(const Task& task, const AnsweredChange& said) {
  if (safe(said.text).empty()) return std::nullopt;
  DraftedChange change = without_edit(said);
  change.edit.text = safe(said.text) + links_to_sources(task, said.quotes);
  if (said.kind == "add_development") {
    change.kind = "add development";
    change.edit.kind = entries::EditKind::prepend_development;
    change.edit.part = "Notable Developments";
    change.edit.date = said.date;
    if (!is_date(said.date)) return std::nullopt;
    return change;
  }
  const bool person = said.kind == "add_person";
  change.kind = person ? "add person or organization" : "add fact";
  change.edit.kind = entries::EditKind::add_list_item;
  change.edit.part = person ? "Key People" : "Key Facts";
  if (!person) change.edit.text = fact_text(task, said.text) + links_to_sources(task, said.quotes);
  return change;
}

// A fact line with another value; the name, the marker and the emphasis stay as they are written.
std::optional<std::string> with_value(std::string_view item, const std::string& said) {
  const auto old_fact = entries::fact_of(item);
  const auto fact = entries::fact_of("- " + said);
  if (!old_fact || !fact || !equals_ignoring_case(fact->name, old_fact->name)) return std::nullopt;
  const std::string value = safe(fact->value);
  if (value.empty()) return std::nullopt;
  std::string text{entries::trimmed(item)};
  return text.replace(text.size() - old_fact->value.size(), old_fact->value.size(), value);
}

std::optional<DraftedChange> replacement(const Task& task, const AnsweredChange& said) {
  const auto index = block_of(task, said.block);
  if (!index || safe(said.text).empty()) return std::nullopt;
  const entries::Document& document = task.entry.document;
  const entries::Block& block = document.blocks()[*index];
  if (!may_be_replaced(document, block)) return std::nullopt;
  DraftedChange change = without_edit(said);
  change.kind = "replace block";
  change.edit.kind = entries::EditKind::replace_block;
  change.edit.target = said.block;
  change.edit.expected = document.text(block);
  change.edit.text = safe(said.text);
  if (block.kind == entries::BlockKind::list_item) {
    const auto text = with_value(document.text(block), said.text);
    if (!text) return std::nullopt;
    change.edit.text = *text;
  }
  return change;
}

std::optional<DraftedChange> contradiction(const Task& task, const AnsweredChange& said) {
  const auto index = block_of(task, said.block);
  if (!index) return std::nullopt;
  const entries::Block& block = task.entry.document.blocks()[*index];
  if (block.kind != entries::BlockKind::paragraph && block.kind != entries::BlockKind::list_item &&
      block.kind != entries::BlockKind::table_row)
    return std::nullopt;
  DraftedChange change = without_edit(said);
  change.kind = "note contradiction";
  change.reason = said.text + " " + change.reason;
  change.edit.kind = entries::EditKind::leave_block;
  change.edit.target = said.block;
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
std::optional<entries::Edit> edit_of_mention(const Task& task, const AnsweredChange& said,
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
  if (const auto named = block_of(task, said.block))
    if (auto edit = try_block(*named)) return edit;
  for (std::size_t i = 0; i < document.blocks().size(); ++i) {
    if (sources && i >= sources->heading && i < sources->end) continue;
    if (auto edit = try_block(i)) return edit;
  }
  return std::nullopt;
}

std::optional<DraftedChange> link_to_entry(const Task& task, const AnsweredChange& said) {
  const RelatedEntry* related = related_of_id(task, said.name);
  if (related == nullptr || !entries::is_safe_reference(related->reference)) return std::nullopt;
  // It leads there already.
  if (task.entry.document.print().find("\"" + related->reference + "\"") != std::string::npos)
    return std::nullopt;
  DraftedChange change = without_edit(said);
  change.kind = "link entry";
  if (auto edit = edit_of_mention(task, said, *related)) {
    change.reason = said.text + " " + change.reason;
    change.edit = *std::move(edit);
    return change;
  }
  if (safe(said.text).empty()) return std::nullopt;
  change.edit.kind = entries::EditKind::add_linked_item;
  change.edit.part = "Key Facts";
  change.edit.title = related->title;
  change.edit.reference = related->reference;
  change.edit.text = safe(said.text) + links_to_sources(task, said.quotes);
  return change;
}

}  // namespace

DraftedChange without_edit(const AnsweredChange& said) {
  DraftedChange change;
  change.quotes = said.quotes;
  change.reason = said.reason + " (the model's confidence: " + said.confidence + ")";
  return change;
}

std::string link_to_source(const Task& task, const Quote& quote) {
  for (const TaskPassage& passage : task.passages)
    if (passage.id == quote.passage_id)
      return entries::markdown_link(passage.source_title, passage.source_address);
  return "";
}

std::string links_to_sources(const Task& task, const std::vector<Quote>& quotes) {
  std::vector<std::string> links;
  for (const Quote& quote : quotes) {
    std::string link = link_to_source(task, quote);
    if (!link.empty() && std::find(links.begin(), links.end(), link) == links.end())
      links.push_back(std::move(link));
  }
  std::string text;
  for (const std::string& link : links) text += (text.empty() ? " (" : ", ") + link;
  return text.empty() ? "" : text + ")";
}

std::optional<std::size_t> block_of(const Task& task, const std::string& id) {
  const auto found = std::find(task.entry.ids.begin(), task.entry.ids.end(), id);
  if (id.empty() || found == task.entry.ids.end()) return std::nullopt;
  return static_cast<std::size_t>(found - task.entry.ids.begin());
}

ReadChanges read_changes(const Task& task, std::string_view answer) {
  ReadChanges result;
  const json document = json::parse(answer);
  for (const json& item : document["changes"]) {
    const AnsweredChange said = read(item);
    if (said.kind == "new_entry") {
      auto entry = new_entry(task, said);
      result.unusable += entry ? 0 : 1;
      if (entry) result.entries.push_back(*std::move(entry));
      continue;
    }
    if (said.kind == "judge_claim") {
      auto changes = claim_verdict(task, said);
      result.unusable += changes.empty() ? 1 : 0;
      std::move(changes.begin(), changes.end(), std::back_inserter(result.changes));
      continue;
    }
    auto change = said.kind == "replace_block"   ? replacement(task, said)
                  : said.kind == "contradiction" ? contradiction(task, said)
                  : said.kind == "link_entry"    ? link_to_entry(task, said)
                                                 : addition(task, said);
    result.unusable += change ? 0 : 1;
    if (change) result.changes.push_back(*std::move(change));
  }
  return result;
}

}  // namespace stubkeeper::llm
