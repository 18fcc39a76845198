#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/text/utf8.h"
#include "cli/commands/source_commands.h"
#include "cli/json_output.h"
#include "cli/revisit_view.h"
#include "cli/source_lifecycle_view.h"
#include "kb/entries/entry_store.h"
#include "kb/sources/linked_addresses.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/source_flags.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cli {
namespace {

nlohmann::ordered_json optional_time(const std::optional<Timestamp>& time) {
  return time ? nlohmann::ordered_json(rfc3339(*time)) : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json to_json(const kb::Source& source) {
  return {{"id", source.id},
          {"kind", source.kind},
          {"address", source.address},
          {"title", source.title},
          {"state", kb::source_state_name(source.state)},
          {"due_at", rfc3339(source.due_at)},
          {"checked_at", optional_time(source.checked_at)},
          {"changed_at", optional_time(source.changed_at)},
          {"failures", source.failures},
          {"last_error", source.last_error}};
}

// In one word, how a source does.
std::string health(const kb::Source& source) {
  if (source.state != kb::SourceState::active) return kb::source_state_name(source.state);
  if (source.failures > 0) return "failing";
  return source.checked_at ? "ok" : "new";
}

Result<int> list(const Session& session, bool failing) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(auto sources, kb::Sources{*kb.store}.list());
  if (failing) std::erase_if(sources, [](const kb::Source& source) { return source.failures == 0; });
  if (session.options.json) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const kb::Source& source : sources) json.push_back(to_json(source));
    print_json(session, {{"sources", json}});
    return 0;
  }
  if (sources.empty())
    session.note(failing ? "no source is failing"
                         : "no sources yet; add one with `stubkeeper source add URL`");
  for (const kb::Source& source : sources) {
    session.environment.out << fmt::format(
        "{:>5}  {:<7}  {:<7}  {:<10}  {}\n", source.id, source.kind, health(source),
        source.checked_at ? iso_date(*source.checked_at) : "-", sanitize_for_terminal(source.address));
  }
  return 0;
}

Result<int> show(const Session& session, const std::string& wanted) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto source, find_source(*kb.store, wanted));
  STUBKEEPER_ASSIGN(const auto entry_ids, kb::Sources{*kb.store}.entries_of(source.id));
  STUBKEEPER_ASSIGN(const auto documents, kb::Snapshots{*kb.store}.documents_of(source.id));
  STUBKEEPER_ASSIGN(const auto flags, kb::SourceFlags{*kb.store}.list_open(source.id));
  STUBKEEPER_ASSIGN(const auto revisit, revisit_view(*kb.store, source, session.environment.clock.now(),
                                                     kb.configuration.revisit));
  STUBKEEPER_ASSIGN(const auto linked, kb::LinkedAddresses{*kb.store}.counts(source.id));
  STUBKEEPER_ASSIGN(const auto lifecycle, source_lifecycle_view(*kb.store, source, session.environment.clock.now()));
  std::vector<std::string> entry_paths;
  for (const kb::Id id : entry_ids) {
    STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{*kb.store}.get(id));
    entry_paths.push_back(entry.path);
  }
  if (session.options.json) {
    nlohmann::ordered_json json = to_json(source);
    json["entries"] = entry_paths;
    json["documents"] = documents.size();
    json["flags"] = nlohmann::ordered_json::array();
    for (const kb::Flag& flag : flags) {
      json["flags"].push_back(
          {{"name", flag.name}, {"detail", flag.detail}, {"raised_at", rfc3339(flag.raised_at)}});
    }
    json["revisit"] = revisit.json;
    json["linked"] = {
        {"listed", linked.documents}, {"waiting", linked.waiting}, {"given_up", linked.given_up}};
    json.update(lifecycle.json);
    print_json(session, json);
    return 0;
  }
  const auto line = [&](const std::string& label, const std::string& value) {
    if (!value.empty()) session.environment.out << fmt::format("{:<10} {}\n", label, sanitize_for_terminal(value));
  };
  line("source", fmt::format("{} {}", source.id, source.kind));
  line("address", source.address);
  line("title", source.title);
  line("state", health(source));
  line("checked", source.checked_at ? rfc3339(*source.checked_at) : "never");
  line("changed", source.changed_at ? rfc3339(*source.changed_at) : "never");
  line("due", rfc3339(source.due_at));
  line("documents", std::to_string(documents.size()));
  if (linked.documents > 0) {
    line("leads to", fmt::format("{} addresses; {} wait to be read, {} given up", linked.documents,
                                 linked.waiting, linked.given_up));
  }
  line("entries",
       entry_paths.empty() ? "those that it names" : fmt::format("{}", fmt::join(entry_paths, ", ")));
  if (source.failures > 0)
    line("failures", fmt::format("{} in a row; the last: {}", source.failures, source.last_error));
  for (const kb::Flag& flag : flags)
    line("flag", fmt::format("{} since {}: {}", flag.name, iso_date(flag.raised_at), flag.detail));
  for (const auto& [label, value] : revisit.lines) line(label, value);
  for (const auto& [label, value] : lifecycle.lines) line(label, value);
  return 0;
}

Result<int> remove(const Session& session, const std::string& wanted) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto source, find_source(*kb.store, wanted));
  STUBKEEPER_TRY(kb::Sources{*kb.store}.set_state(source.id, kb::SourceState::removed));
  if (session.options.json) {
    print_json(session, {{"removed", source.id}});
  } else {
    session.say(fmt::format("removed source {} {}; its snapshots stay citable", source.id,
                            sanitize_for_terminal(source.address)));
  }
  return 0;
}

}  // namespace

void add_source_list_command(CLI::App& source, Session& session) {
  auto failing = std::make_shared<bool>(false);
  CLI::App* command =
      session.add_command(source, "list", "All sources: id, kind, state, last looked at, address",
                          "  stubkeeper source list --failing");
  command->add_flag("--failing", *failing, "Only those whose last look failed");
  command->callback(
      [&session, failing] { session.chosen = [&session, failing] { return list(session, *failing); }; });
}

void add_source_show_command(CLI::App& source, Session& session) {
  auto wanted = std::make_shared<std::string>();
  CLI::App* command =
      session.add_command(source, "show", "One source: its state, its entries, when it is due and why",
                          "  stubkeeper source show 12");
  command->add_option("source", *wanted, "Its id or address")->required()->type_name("ID|URL");
  command->callback(
      [&session, wanted] { session.chosen = [&session, wanted] { return show(session, *wanted); }; });
}

void add_source_remove_command(CLI::App& source, Session& session) {
  auto wanted = std::make_shared<std::string>();
  CLI::App* command =
      session.add_command(source, "remove", "Look at a source no more; what was quoted from it stays",
                          "  stubkeeper source remove 12");
  command->add_option("source", *wanted, "Its id or address")->required()->type_name("ID|URL");
  command->callback(
      [&session, wanted] { session.chosen = [&session, wanted] { return remove(session, *wanted); }; });
}

}  // namespace stubkeeper::cli
