#include "llm/drafting/drafted_changes.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "entries/safe_text.h"
#include "llm/drafting/task_text.h"
#include "schema/base/ascii.h"
#include "schema/base/clock.h"

namespace stubkeeper::llm {
namespace {

using nlohmann::json;

// "2026", "2026-05" or "2026-05-07", of a time that the calendar has.
bool is_date(const std::string& text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  return parse_rfc3339(text + std::string{"-01-01"}.substr(text.size() == 4   ? 0
                                                           : text.size() == 7 ? 3
                                                                              : 6))
      .has_value();
}

// " ([title](address))" for each source that the quotes come from, once.
std::string sources_of(const Task& task, const std::vector<Quote>& quotes) {
  std::vector<std::string> links;
  for (const TaskPassage& passage : task.passages) {
    const bool quoted = std::any_of(quotes.begin(), quotes.end(),
                                    [&](const Quote& quote) { return quote.passage_id == passage.id; });
    std::string link = entries::markdown_link(passage.source_title, passage.source_address);
    if (quoted && std::find(links.begin(), links.end(), link) == links.end())
      links.push_back(std::move(link));
  }
  std::string text;
  for (const std::string& link : links) text += (text.empty() ? " (" : ", ") + link;
  return text.empty() ? "" : text + ")";
}

class Reader {
 public:
  explicit Reader(const Task& task) : task_(task) {}

  std::optional<DraftedChange> read(const json& item) const {
    DraftedChange change;
    for (const json& quote : item["quotes"])
      change.quotes.push_back({quote["passage"].get<std::string>(), quote["text"].get<std::string>(), false});
    const std::string text =
        entries::plain_text_as_markdown(trim_ascii(item["text"].get_ref<const std::string&>()));
    if (text.empty()) return std::nullopt;
    change.reason = item["reason"].get<std::string>() +
                    " (the model's confidence: " + item["confidence"].get<std::string>() + ")";
    const std::string kind = item["kind"];
    if (kind == "replace_block") return replacement(std::move(change), item["block"], text);
    change.edit.text = text + sources_of(task_, change.quotes);
    if (kind == "add_development") {
      change.kind = "add development";
      change.edit.kind = entries::EditKind::prepend_development;
      change.edit.part = "Notable Developments";
      change.edit.date = item["date"].get<std::string>();
      if (!is_date(change.edit.date)) return std::nullopt;
      return change;
    }
    change.kind = kind == "add_person" ? "add person or organization" : "add fact";
    change.edit.kind = entries::EditKind::add_list_item;
    change.edit.part = kind == "add_person" ? "Key People" : "Key Facts";
    return change;
  }

 private:
  std::optional<DraftedChange> replacement(DraftedChange change, const std::string& id,
                                           const std::string& text) const {
    const auto found = std::find(task_.entry.ids.begin(), task_.entry.ids.end(), id);
    if (found == task_.entry.ids.end()) return std::nullopt;
    const entries::Document& document = task_.entry.document;
    const entries::Block& block =
        document.blocks()[static_cast<std::size_t>(found - task_.entry.ids.begin())];
    if (!may_be_replaced(document, block)) return std::nullopt;
    change.kind = "replace block";
    change.edit.kind = entries::EditKind::replace_block;
    change.edit.target = id;
    change.edit.text = text;
    change.edit.expected = document.text(block);
    return change;
  }

  const Task& task_;
};

}  // namespace

ReadChanges read_changes(const Task& task, std::string_view answer) {
  ReadChanges result;
  const json document = json::parse(answer);
  const Reader reader{task};
  for (const json& item : document["changes"]) {
    if (auto change = reader.read(item)) {
      result.changes.push_back(*std::move(change));
    } else {
      ++result.unusable;
    }
  }
  return result;
}

}  // namespace stubkeeper::llm
