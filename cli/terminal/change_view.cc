#include "cli/terminal/change_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text/utf8.h"
#include "entries/word_diff.h"
#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "kb/review/review.h"
#include "review/item.h"
#include "review/quote_formatter.h"

namespace stubkeeper::cli {

Result<std::string> ChangeJson::path_of(kb::Id entry_id) {
  if (const auto known = paths_.find(entry_id); known != paths_.end()) return known->second;
  STUBKEEPER_ASSIGN(auto entry, kb::EntryStore{store_}.get(entry_id));
  return paths_.emplace(entry_id, std::move(entry.path)).first->second;
}

Result<nlohmann::ordered_json> ChangeJson::serialize(const kb::Change& change) {
  STUBKEEPER_ASSIGN(const std::string path, path_of(change.entry_id));
  nlohmann::ordered_json json{{"id", change.id},
                              {"proposal", change.proposal_id},
                              {"entry", path},
                              {"state", kb::change_state_name(change.state)},
                              {"kind", change.kind},
                              {"place", change.place},
                              {"old_text", change.old_text},
                              {"new_text", change.new_text},
                              {"reason", change.reason},
                              {"seen", kb::seen_hash(change)},
                              {"quotes", nlohmann::ordered_json::array()},
                              {"flags", nlohmann::ordered_json::array()}};
  for (const kb::Citation& citation : change.citations) json["quotes"].push_back(sources_.json(citation));
  for (const kb::Flag& flag : change.flags) {
    json["flags"].push_back({{"name", flag.name},
                             {"detail", flag.detail},
                             {"meaning", review::flag_meaning(flag.name)},
                             {"resolved", flag.resolved_at.has_value()}});
  }
  return json;
}

std::string format_change_line(const kb::QueuedChange& change, int columns, std::size_t path_width) {
  std::string_view shown = change.beginning;
  // What is added says more than the heading that may have to be made for it.
  if (shown.starts_with("## ") && shown.find('\n') != std::string_view::npos) {
    shown.remove_prefix(shown.find('\n'));
    shown.remove_prefix(std::min(shown.find_first_not_of("\r\n"), shown.size()));
  }
  std::string text = sanitize_for_terminal(shown);
  std::replace(text.begin(), text.end(), '\n', ' ');
  std::string line = fmt::format("{:>5} {} {:<{}}  {:<15}  {}", change.id, change.flags > 0 ? "!" : " ",
                                 sanitize_for_terminal(change.entry_path), path_width, sanitize_for_terminal(change.kind), text);
  const auto max_bytes = static_cast<std::size_t>(std::max(columns, 40));
  if (line.size() > max_bytes) {
    std::size_t cut = max_bytes - 1;
    while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
    line = line.substr(0, cut) + "…";
  }
  return line;
}

}  // namespace stubkeeper::cli
