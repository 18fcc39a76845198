#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/source_view.h"
#include "cron/kinds/source_kind.h"
#include "entries/edits/source_addresses.h"
#include "entries/front_matter.h"
#include "kb/entries/entry_store.h"
#include "kb/review/first_looks.h"
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

// The state of a source, in one word.
std::string health(const kb::Source& source) {
  if (source.state != kb::SourceState::active) return kb::source_state_name(source.state);
  if (source.failures > 0) return "failing";
  return source.checked_at ? "ok" : "new";
}

Result<int> list_sources(const Session& session, bool failing) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(auto sources, kb::Sources{*kb.store}.list());
  if (failing) std::erase_if(sources, [](const kb::Source& source) { return source.failures == 0; });
  if (session.options.json) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const kb::Source& source : sources) json.push_back(to_json(source));
    print_json(session, {{"sources", json}});
    return done;
  }
  if (sources.empty())
    session.note(failing ? "no source is failing"
                         : "no sources yet; add one with `stubkeeper source add URL`");
  for (const kb::Source& source : sources) {
    session.environment.out << fmt::format("{:>5}  {:<{}}  {:<7}  {:<10}  {}\n", source.id, source.kind,
                                           cron::kind_column_width(), health(source),
                                           source.checked_at ? iso_date(*source.checked_at) : "-",
                                           sanitize_for_terminal(source.address));
  }
  return done;
}

struct FirstLookLine {
  std::string text;
  nlohmann::ordered_json json;
};

// For each entry: the changes of its first look at a source, and what is kept of it.
Result<std::vector<FirstLookLine>> first_look_lines(kb::Store& store, kb::Id source_id) {
  STUBKEEPER_ASSIGN(const auto counts, kb::FirstLooks{store}.counts_of_source(source_id));
  std::vector<FirstLookLine> lines;
  for (const kb::FirstLooks::Counts& each : counts) {
    STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(each.entry_id));
    FirstLookLine line;
    line.text = fmt::format("{}: {} proposed, {} of them wait", entry.path, pluralize(each.changes, "change"),
                            each.waiting);
    if (each.kept_passages > 0) {
      line.text += fmt::format("; more in {}: stubkeeper refresh --source {} --all",
                               pluralize(each.kept_passages, "passage"), source_id);
    }
    line.json = {{"entry", entry.path},
                 {"changes", each.changes},
                 {"waiting", each.waiting},
                 {"kept_passages", each.kept_passages}};
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<int> show_source(const Session& session, const std::string& wanted) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto source, find_source(*kb.store, wanted));
  STUBKEEPER_ASSIGN(const auto entry_ids, kb::Sources{*kb.store}.entries_of(source.id));
  STUBKEEPER_ASSIGN(const auto documents, kb::Snapshots{*kb.store}.documents_of(source.id));
  STUBKEEPER_ASSIGN(const auto flags, kb::SourceFlags{*kb.store}.list_open(source.id));
  STUBKEEPER_ASSIGN(const auto revisit,
                    revisit_view(*kb.store, source, session.now(), kb.configuration.revisit));
  STUBKEEPER_ASSIGN(const auto linked, kb::LinkedAddresses{*kb.store}.counts(source.id));
  STUBKEEPER_ASSIGN(const auto lifecycle, source_lifecycle_view(*kb.store, source, session.now()));
  STUBKEEPER_ASSIGN(const auto first_looks, first_look_lines(*kb.store, source.id));
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
    json["first_looks"] = nlohmann::ordered_json::array();
    for (const FirstLookLine& look : first_looks) json["first_looks"].push_back(look.json);
    json["revisit"] = revisit.json;
    json["linked"] = {
        {"listed", linked.documents}, {"waiting", linked.waiting}, {"given_up", linked.given_up}};
    json.update(lifecycle.json);
    print_json(session, json);
    return done;
  }
  const auto line = [&](const std::string& label, const std::string& value) {
    if (!value.empty())
      session.environment.out << fmt::format("{:<10} {}\n", label, sanitize_for_terminal(value));
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
  for (const FirstLookLine& look : first_looks) line("first look", look.text);
  if (source.failures > 0)
    line("failures", fmt::format("{} in a row; the last: {}", source.failures, source.last_error));
  for (const kb::Flag& flag : flags)
    line("flag", fmt::format("{} since {}: {}", flag.name, iso_date(flag.raised_at), flag.detail));
  for (const auto& [label, value] : revisit.lines) line(label, value);
  for (const auto& [label, value] : lifecycle.lines) line(label, value);
  return done;
}

// The entries whose source_urls have a source's address, by path.
Result<std::vector<std::string>> entries_naming(kb::Store& store, const kb::Source& source) {
  kb::EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto ids, kb::Sources{store}.entries_of(source.id));
  std::vector<std::string> paths;
  for (const kb::Id id : ids) {
    STUBKEEPER_ASSIGN(const auto entry, entries.get(id));
    STUBKEEPER_ASSIGN(const std::string text, entries.current_bytes(entry));
    const auto named = entries::FrontMatter::parse(text).list("source_urls");
    if (entries::contains_address(named, source.address)) paths.push_back(entry.path);
  }
  return paths;
}

Result<int> remove_source(const Session& session, const std::string& wanted) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto source, find_source(*kb.store, wanted));
  STUBKEEPER_ASSIGN(const auto named_by, entries_naming(*kb.store, source));
  STUBKEEPER_TRY(kb::Sources{*kb.store}.set_state(source.id, kb::SourceState::removed));
  std::string text = fmt::format("removed source {} {}; its snapshots stay citable", source.id,
                                 sanitize_for_terminal(source.address));
  if (!named_by.empty())
    text += fmt::format("\nsource_urls of {} name it still; import leaves it out", fmt::join(named_by, ", "));
  return print_result(session, {{"removed", source.id}, {"named_by", named_by}}, text);
}

void add_list_command(CLI::App& source, Session& session) {
  auto failing = std::make_shared<bool>(false);
  CLI::App* command = session.add_command(
      source, "list", "List all sources: id, kind, state, date of the last fetch, address",
      "  stubkeeper source list --failing");
  command->add_flag("--failing", *failing, "Only sources whose last fetch failed");
  session.on_command(command, failing, list_sources);
}

void add_show_command(CLI::App& source, Session& session) {
  auto wanted = std::make_shared<std::string>();
  CLI::App* command =
      session.add_command(source, "show", "Show a source: its state, its entries, when it is due and why",
                          "  stubkeeper source show 12");
  command->add_option("source", *wanted, "Id or address")->required()->type_name("ID|URL");
  session.on_command(command, wanted, show_source);
}

void add_remove_command(CLI::App& source, Session& session) {
  auto wanted = std::make_shared<std::string>();
  CLI::App* command = session.add_command(source, "remove", "Remove a source; its snapshots stay citable",
                                          "  stubkeeper source remove 12");
  command->add_option("source", *wanted, "Id or address")->required()->type_name("ID|URL");
  session.on_command(command, wanted, remove_source);
}

}  // namespace

void add_source_command(CLI::App& program, Session& session) {
  CLI::App* command =
      session.add_command(program, "source", "Add, list, show, remove, accept and test sources",
                          R"(  stubkeeper source add https://example.org/news.xml --type feed
  stubkeeper source list --failing
  stubkeeper source test https://example.org/about)");
  command->require_subcommand(1);
  add_source_add_command(*command, session);
  add_list_command(*command, session);
  add_show_command(*command, session);
  add_remove_command(*command, session);
  add_source_accept_command(*command, session);
  add_source_test_command(*command, session);
}

}  // namespace stubkeeper::cli
