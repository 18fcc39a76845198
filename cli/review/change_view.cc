#include "cli/review/change_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/quoted_source.h"
#include "cli/review/item.h"
#include "entries/word_diff.h"
#include "kb/entry_store.h"
#include "kb/proposals.h"
#include "kb/review.h"
#include "schema/base/utf8.h"

namespace stubkeeper::cli {
namespace {

constexpr std::string_view red_struck = "\x1b[31;9m";
constexpr std::string_view green = "\x1b[32m";
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view plain = "\x1b[0m";

std::string difference(const kb::Change& change, bool colour) {
  std::string text;
  for (const entries::WordRun& run : entries::word_diff(change.old_text, change.new_text)) {
    const std::string words = printable(run.text);
    switch (run.kind) {
      case entries::WordRun::Kind::kept:
        text += words;
        break;
      case entries::WordRun::Kind::removed:
        text += colour ? fmt::format("{}{}{}", red_struck, words, plain) : "[-" + words + "-]";
        break;
      case entries::WordRun::Kind::added:
        text += colour ? fmt::format("{}{}{}", green, words, plain) : "{+" + words + "+}";
        break;
    }
  }
  return text;
}

// "label" in the first column, the value's lines in the second.
void put(std::string& view, std::string_view label, const std::string& value) {
  std::size_t begin = 0;
  bool first = true;
  while (begin <= value.size()) {
    std::size_t end = value.find('\n', begin);
    if (end == std::string::npos) end = value.size();
    view += fmt::format("{:<9} {}\n", first ? label : "", value.substr(begin, end - begin));
    first = false;
    begin = end + 1;
  }
}

const char* state_word(const kb::Flag& flag) {
  return flag.resolved_at ? "resolved" : "flag";
}

}  // namespace

Result<std::string> change_view(kb::Store& store, const kb::Change& change, bool colour) {
  kb::Proposals proposals{store};
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(change.entry_id));
  STUBKEEPER_ASSIGN(const auto proposal, proposals.proposal(change.proposal_id));
  STUBKEEPER_ASSIGN(const auto decisions, proposals.decisions(change.id));
  std::string view;
  put(view, "change",
      fmt::format("{}, {}: {}, drafted by {} on {}", change.id, kb::change_state_name(change.state),
                  printable(change.kind), printable(proposal.drafter), iso_date(proposal.created_at)));
  put(view, "entry",
      fmt::format("{}{}{} · {}", colour ? bold : "", printable(entry.path), colour ? plain : "",
                  printable(change.place)));
  view += '\n';
  put(view, "", difference(change, colour));
  view += '\n';
  if (!change.reason.empty()) put(view, "why", printable(change.reason));
  QuotedSources sources{store};
  for (const kb::Citation& citation : change.citations) {
    for (const std::string& line : sources.lines(citation)) put(view, "", line);
  }
  for (const kb::Flag& flag : change.flags) {
    put(view, state_word(flag),
        fmt::format("{}{}{}", flag.name, flag.detail.empty() ? "" : ": ", printable(flag.detail)));
    if (const std::string meaning = flag_meaning(flag.name); !meaning.empty()) put(view, "", meaning);
  }
  for (const kb::Decision& decision : decisions) {
    put(view, kb::verdict_name(decision.verdict),
        fmt::format("by {} on {}{}", printable(decision.decided_by), iso_date(decision.decided_at),
                    decision.reason.empty() ? "" : ": " + printable(decision.reason)));
  }
  return view;
}

Result<const ChangeJson::KnownEntry*> ChangeJson::entry_of(kb::Id entry_id) {
  if (const auto known = entries_.find(entry_id); known != entries_.end()) return &known->second;
  kb::EntryStore entries{store_};
  STUBKEEPER_ASSIGN(const auto entry, entries.get(entry_id));
  STUBKEEPER_ASSIGN(const auto current, entries.revision(entry.current_revision_id));
  return &entries_.emplace(entry_id, KnownEntry{entry.path, current.body_sha256}).first->second;
}

Result<nlohmann::ordered_json> ChangeJson::of(const kb::Change& change) {
  STUBKEEPER_ASSIGN(const KnownEntry* entry, entry_of(change.entry_id));
  nlohmann::ordered_json json{{"id", change.id},
                              {"proposal", change.proposal_id},
                              {"entry", entry->path},
                              {"state", kb::change_state_name(change.state)},
                              {"kind", change.kind},
                              {"place", change.place},
                              {"old_text", change.old_text},
                              {"new_text", change.new_text},
                              {"reason", change.reason},
                              {"seen", kb::seen_hash(change, entry->current_sha256)},
                              {"quotes", nlohmann::ordered_json::array()},
                              {"flags", nlohmann::ordered_json::array()}};
  for (const kb::Citation& citation : change.citations) json["quotes"].push_back(sources_.json(citation));
  for (const kb::Flag& flag : change.flags) {
    json["flags"].push_back({{"name", flag.name},
                             {"detail", flag.detail},
                             {"meaning", flag_meaning(flag.name)},
                             {"resolved", flag.resolved_at.has_value()}});
  }
  return json;
}

std::string change_line(const kb::QueuedChange& change, int columns, std::size_t path_width) {
  std::string_view shown = change.beginning;
  // What is added says more than the heading that may have to be made for it.
  if (shown.starts_with("## ") && shown.find('\n') != std::string_view::npos) {
    shown.remove_prefix(shown.find('\n'));
    shown.remove_prefix(std::min(shown.find_first_not_of("\r\n"), shown.size()));
  }
  std::string text = printable(shown);
  std::replace(text.begin(), text.end(), '\n', ' ');
  std::string line = fmt::format("{:>5} {} {:<{}}  {:<15}  {}", change.id, change.flags > 0 ? "!" : " ",
                                 printable(change.entry_path), path_width, printable(change.kind), text);
  const auto most = static_cast<std::size_t>(std::max(columns, 40));
  if (line.size() > most) {
    std::size_t cut = most - 1;
    while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
    line = line.substr(0, cut) + "…";
  }
  return line;
}

}  // namespace stubkeeper::cli
