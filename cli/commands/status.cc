#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <map>

#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "cli/arguments.h"
#include "cli/byte_count.h"
#include "cli/commands/commands.h"
#include "cli/model_view.h"
#include "cli/source_view.h"
#include "cron/plan.h"
#include "cron/recheck_state.h"
#include "entries/staleness.h"
#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "kb/review/review_queue.h"
#include "kb/runs/runs.h"
#include "kb/runs/store_growth.h"
#include "kb/sources/source_flags.h"
#include "kb/sources/source_lifecycle.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cli {
namespace {

struct EntryLine {
  std::string path;
  std::string state;
  std::string last_reviewed;
  std::int64_t days_overdue = 0;
  cron::RecheckState recheck;  // of a stale one
};

struct Options {
  std::string entry;
  bool entries = false;
  bool stale = false;
};

struct Overview {
  int entries = 0;
  int sections = 0;
  int stubs = 0;
  std::vector<EntryLine> lines;
  std::map<kb::Id, std::string> entry_paths;  // of all entries
  std::vector<EntryLine> stale;               // the longest overdue first
  int sources = 0;
  int due = 0;
  std::vector<kb::Source> failing;
  std::map<kb::Id, std::vector<kb::Flag>> source_flags;  // open ones, by source
  std::vector<kb::Source> flagged_only;                  // those of them that do not fail
  std::vector<GoneSource> gone;
  std::vector<kb::EntryFlag> entry_flags;
  int waiting = 0;
  int flagged = 0;
  int conflicts = 0;
  std::size_t waiting_for_draft = 0;
  std::optional<kb::Run> last_run;
  std::optional<std::chrono::milliseconds> run_interval;
  bool is_run_overdue = false;  // none came for two intervals
  kb::StoreGrowth store;
  SpendingView spending;
  bool uses_model = false;
};

Status add_entries(const Session& session, const OpenKnowledgeBase& kb, Overview& overview) {
  kb::Store& store = *kb.store;
  kb::EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto states, cron::RecheckStates::read(store, session.now(), kb.configuration));
  STUBKEEPER_ASSIGN(const auto all, entries.list());
  const std::string today = iso_date(session.now());
  for (const kb::Entry& entry : all) {
    overview.entry_paths[entry.id] = entry.path;
    if (entry.state == kb::EntryState::removed) continue;
    ++(entry.kind == kb::EntryKind::section ? overview.sections : overview.entries);
    if (entry.state == kb::EntryState::stub) ++overview.stubs;
    STUBKEEPER_ASSIGN(const auto bytes, entries.current_bytes(entry));
    const auto front_matter = entries::FrontMatter::parse(bytes);
    EntryLine line{entry.path,
                   kb::entry_state_name(entry.state),
                   front_matter.scalar("last_reviewed").value_or(""),
                   entries::days_overdue(front_matter, today).value_or(0),
                   {}};
    if (entry.state == kb::EntryState::published && line.days_overdue > 0) {
      STUBKEEPER_ASSIGN(line.recheck, states.of(entry));
      overview.stale.push_back(line);
    }
    overview.lines.push_back(std::move(line));
  }
  std::stable_sort(overview.stale.begin(), overview.stale.end(),
                   [](const EntryLine& a, const EntryLine& b) { return a.days_overdue > b.days_overdue; });
  return {};
}

Result<Overview> build_overview(const Session& session, const OpenKnowledgeBase& kb) {
  kb::Store& store = *kb.store;
  Overview overview;
  overview.uses_model = !kb.configuration.model.is_extractive();
  STUBKEEPER_ASSIGN(overview.spending, load_spending(store, kb.configuration.budget, session.now()));
  STUBKEEPER_TRY(add_entries(session, kb, overview));
  STUBKEEPER_ASSIGN(const auto sources, kb::Sources{store}.list());
  overview.sources = static_cast<int>(sources.size());
  STUBKEEPER_ASSIGN(overview.run_interval, cron::learn_run_interval(store, session.now()));
  for (const kb::Source& source : sources) {
    if (source.state == kb::SourceState::active && cron::is_due(source, session.now(), overview.run_interval))
      ++overview.due;
    if (source.failures > 0 && source.state != kb::SourceState::gone) overview.failing.push_back(source);
  }
  STUBKEEPER_ASSIGN(const auto flags, kb::SourceFlags{store}.open());
  for (const auto& [source_id, flag] : flags) overview.source_flags[source_id].push_back(flag);
  for (const kb::Source& source : sources) {
    if (source.failures == 0 && overview.source_flags.contains(source.id))
      overview.flagged_only.push_back(source);
  }
  STUBKEEPER_ASSIGN(overview.gone, gone_sources(store));
  STUBKEEPER_ASSIGN(overview.entry_flags, kb::SourceLifecycle{store}.entry_flags());
  STUBKEEPER_ASSIGN(overview.store, kb::measure_growth(store, session.now()));
  kb::Proposals proposals{store};
  STUBKEEPER_ASSIGN(const auto waiting, kb::waiting_counts(store));
  overview.waiting = waiting.changes;
  overview.flagged = waiting.flagged;
  overview.conflicts = waiting.conflicts;
  STUBKEEPER_ASSIGN(const auto undrafted, proposals.entries_waiting_for_draft());
  overview.waiting_for_draft = undrafted.size();
  STUBKEEPER_ASSIGN(auto runs, kb::Runs{store}.latest(1));
  if (!runs.empty()) overview.last_run = std::move(runs.front());
  overview.is_run_overdue =
      overview.run_interval && session.now() - overview.last_run->started_at > 2 * *overview.run_interval;
  return overview;
}

nlohmann::ordered_json stale_json(const EntryLine& line) {
  return {{"entry", line.path},
          {"last_reviewed", line.last_reviewed},
          {"days_overdue", line.days_overdue},
          {"waits_for", cron::recheck_blocker_name(line.recheck.blocker)},
          {"reason", line.recheck.reason},
          {"advice", line.recheck.advice}};
}

// "3 by a failing source, 2 without sources", the most frequent first.
std::string count_reasons(const std::vector<EntryLine>& stale) {
  std::map<cron::RecheckBlocker, int> counts;
  for (const EntryLine& line : stale) ++counts[line.recheck.blocker];
  std::vector<std::pair<cron::RecheckBlocker, int>> sorted{counts.begin(), counts.end()};
  std::ranges::stable_sort(sorted, std::greater{}, &std::pair<cron::RecheckBlocker, int>::second);
  std::vector<std::string> words;
  for (const auto& [blocker, count] : sorted)
    words.push_back(fmt::format("{} {}", count, cron::describe_recheck_blocker(blocker)));
  return join(words, ", ");
}

std::string describe_stale(const EntryLine& line) {
  std::string text = fmt::format("{} overdue  {}", pluralize(line.days_overdue, "day"), line.path);
  const bool is_due = line.recheck.blocker == cron::RecheckBlocker::none;
  text += "\n           " + (is_due ? "the next refresh proposes it as rechecked" : line.recheck.reason);
  if (!line.recheck.advice.empty()) text += "\n           " + line.recheck.advice;
  return text;
}

nlohmann::ordered_json store_json(const kb::StoreGrowth& store) {
  nlohmann::ordered_json json{
      {"bytes", store.bytes}, {"snapshots", store.snapshots}, {"bytes_per_month", nullptr}};
  if (store.bytes_per_month) json["bytes_per_month"] = *store.bytes_per_month;
  return json;
}

std::string describe_store(const kb::StoreGrowth& store) {
  std::string text =
      fmt::format("{}, {}", format_byte_count(store.bytes), pluralize(store.snapshots, "snapshot"));
  if (store.bytes_per_month)
    text += fmt::format("; grows by {} a month", format_byte_count(*store.bytes_per_month));
  return text;
}

nlohmann::ordered_json to_json(const Overview& overview, bool entries) {
  nlohmann::ordered_json json{{"entries", overview.entries},
                              {"sections", overview.sections},
                              {"stubs", overview.stubs},
                              {"stale", nlohmann::ordered_json::array()},
                              {"sources", {{"all", overview.sources}, {"due", overview.due}}},
                              {"failing", nlohmann::ordered_json::array()},
                              {"flagged_sources", nlohmann::ordered_json::array()},
                              {"gone", nlohmann::ordered_json::array()},
                              {"flagged_entries", nlohmann::ordered_json::array()},
                              {"waiting",
                               {{"changes", overview.waiting},
                                {"flagged", overview.flagged},
                                {"conflicts", overview.conflicts},
                                {"entries_to_draft", overview.waiting_for_draft}}},
                              {"last_run", nullptr},
                              {"store", store_json(overview.store)},
                              {"spent", spending_json(overview.spending)}};
  for (const EntryLine& line : overview.stale) {
    json["stale"].push_back(stale_json(line));
  }
  for (const kb::Source& source : overview.failing) {
    json["failing"].push_back({{"id", source.id},
                               {"address", source.address},
                               {"failures", source.failures},
                               {"error", source.last_error}});
  }
  for (const auto& [source_id, flags] : overview.source_flags) {
    for (const kb::Flag& flag : flags)
      json["flagged_sources"].push_back({{"id", source_id}, {"flag", flag.name}, {"detail", flag.detail}});
  }
  for (const GoneSource& gone : overview.gone) {
    json["gone"].push_back({{"id", gone.source.id},
                            {"address", gone.source.address},
                            {"since", gone.source.gone_at ? rfc3339(*gone.source.gone_at) : ""},
                            {"error", gone.source.last_error},
                            {"entries", gone.entries},
                            {"archived_copy", gone.archived_copy}});
  }
  for (const kb::EntryFlag& flagged : overview.entry_flags) {
    json["flagged_entries"].push_back({{"entry", overview.entry_paths.at(flagged.entry_id)},
                                       {"flag", flagged.flag.name},
                                       {"detail", flagged.flag.detail},
                                       {"source", flagged.source_id},
                                       {"raised_at", rfc3339(flagged.flag.raised_at)}});
  }
  if (overview.last_run) {
    json["last_run"] = {{"id", overview.last_run->id},
                        {"started_at", rfc3339(overview.last_run->started_at)},
                        {"state", kb::run_state_name(overview.last_run->state)},
                        {"tokens", overview.last_run->tokens_spent},
                        {"micro_usd", overview.last_run->micro_usd_spent},
                        {"next_is_overdue", overview.is_run_overdue}};
  }
  if (entries) {
    json["all_entries"] = nlohmann::ordered_json::array();
    for (const EntryLine& line : overview.lines) {
      json["all_entries"].push_back(
          {{"entry", line.path}, {"state", line.state}, {"last_reviewed", line.last_reviewed}});
    }
  }
  return json;
}

void print(const Session& session, const Overview& overview, bool entries) {
  auto& out = session.environment.out;
  if (entries) {
    for (const EntryLine& line : overview.lines) {
      out << fmt::format("{:<9}  {:<10}  {}\n", line.state,
                         line.last_reviewed.empty() ? "-" : sanitize_for_terminal(line.last_reviewed),
                         line.path.empty() ? "_index" : sanitize_for_terminal(line.path));
    }
    return;
  }
  const auto line = [&](const std::string& label, const std::string& value) {
    out << fmt::format("{:<10} {}\n", label, value);
  };
  line("entries",
       fmt::format("{} ({} stubs), {} section pages", overview.entries, overview.stubs, overview.sections));
  line("stale", fmt::format("{} past their review date{}{}", overview.stale.size(),
                            overview.stale.empty() ? "" : ": ", count_reasons(overview.stale)));
  line("sources", fmt::format("{}, {} due, {} failing, {} gone", overview.sources, overview.due,
                              overview.failing.size(), overview.gone.size()));
  line("waiting", fmt::format("{} changes for review, {} of them flagged; {} entries for a draft",
                              overview.waiting, overview.flagged, overview.waiting_for_draft));
  if (overview.conflicts > 0) {
    line("conflicts", fmt::format("{} files edited or deleted by hand wait for you; `stubkeeper review list`",
                                  overview.conflicts));
  }
  line("last run",
       !overview.last_run
           ? "none yet; `stubkeeper refresh` makes one"
           : fmt::format("{} {}, {} tokens", rfc3339(overview.last_run->started_at),
                         kb::run_state_name(overview.last_run->state), overview.last_run->tokens_spent));
  if (overview.is_run_overdue) {
    const auto hours = [](std::chrono::milliseconds time) {
      return pluralize(std::chrono::round<std::chrono::hours>(time).count(), "hour");
    };
    line("overdue",
         fmt::format("no run came for {}, although they came every {}; `stubkeeper schedule show`",
                     hours(session.now() - overview.last_run->started_at), hours(*overview.run_interval)));
  }
  line("store", describe_store(overview.store));
  if (overview.uses_model || overview.spending.this_month.calls > 0)
    line("spent", spending_text(overview.spending));
  // A few of each, or all with --verbose; the label only once.
  const auto list = [&](const std::string& label, const auto& items, const auto& format) {
    const std::size_t max_lines = session.options.verbose ? items.size() : 5;
    for (std::size_t i = 0; i < std::min(items.size(), max_lines); ++i)
      line(i == 0 ? label : "", sanitize_for_terminal(format(items[i])));
  };
  list("longest", overview.stale, describe_stale);
  list("gone", overview.gone, [](const GoneSource& gone) {
    const std::string leaning =
        gone.entries.empty() ? ""
                             : fmt::format("\n           leaning on it: {}", fmt::join(gone.entries, ", "));
    return gone.source.address + leaning + "\n           archived copy: " + gone.archived_copy;
  });
  list("failing", overview.failing,
       [](const kb::Source& source) { return source.address + "\n           " + source.last_error; });
  list("flagged", overview.flagged_only, [&](const kb::Source& source) {
    std::string text = source.address;
    for (const kb::Flag& flag : overview.source_flags.at(source.id))
      text += fmt::format("\n           {}: {}", flag.name, flag.detail);
    return text;
  });
}

// The stale entries with what each waits for: all, or of one path.
void print_stale(const Session& session, const std::vector<EntryLine>& stale) {
  auto& out = session.environment.out;
  for (const EntryLine& line : stale) out << sanitize_for_terminal(describe_stale(line)) << '\n';
  if (stale.empty()) session.say("no entry is past its review date");
}

Result<int> entry_status(const Session& session, const OpenKnowledgeBase& kb, const Overview& overview,
                         const std::string& path) {
  STUBKEEPER_ASSIGN(const auto entry, find_entry(*kb.store, path));
  const auto line = std::ranges::find(overview.lines, entry.path, &EntryLine::path);
  if (line == overview.lines.end())
    return Error{ErrorCode::not_found, "the entry was removed", path, "`stubkeeper history` shows its past"};
  const auto stale = std::ranges::find(overview.stale, entry.path, &EntryLine::path);
  const bool is_stale = stale != overview.stale.end();
  if (session.options.json) {
    nlohmann::ordered_json json{
        {"entry", line->path}, {"state", line->state}, {"last_reviewed", line->last_reviewed}};
    json["stale"] = is_stale ? stale_json(*stale) : nlohmann::ordered_json(nullptr);
    print_json(session, json);
    return done;
  }
  if (is_stale) {
    print_stale(session, {*stale});
  } else {
    session.say(fmt::format("{}  {}, last reviewed {}, not past its review date", line->path, line->state,
                            line->last_reviewed.empty() ? "never" : line->last_reviewed));
  }
  return done;
}

Result<int> status(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto overview, build_overview(session, kb));
  if (!options.entry.empty()) return entry_status(session, kb, overview, options.entry);
  if (session.options.json) {
    print_json(session, to_json(overview, options.entries));
  } else if (options.stale) {
    print_stale(session, overview.stale);
  } else {
    print(session, overview, options.entries);
  }
  return done;
}

}  // namespace

void add_status_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      session.add_command(program, "status", "Show what is due, stale, waiting, failing, spent",
                          R"(  stubkeeper status
  stubkeeper status cooling/acme   one entry: what keeps it from being fresh
  stubkeeper status --stale        every stale entry, with the reason and the way out
  stubkeeper status --entries      every entry with its state and review date
  stubkeeper status --verbose      all stale entries and failing sources)");
  command->add_option("entry", options->entry, "Path of an entry")->type_name("ENTRY");
  command->add_flag("--stale", options->stale, "List every stale entry instead, with what it waits for");
  command->add_flag("--entries", options->entries, "List every entry instead");
  session.on_command(command, options, status);
}

}  // namespace stubkeeper::cli
