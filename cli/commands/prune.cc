#include "kb/sources/prune.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/text/dates.h"
#include "cli/arguments.h"
#include "cli/byte_count.h"
#include "cli/commands/commands.h"
#include "kb/store/run_lock.h"

namespace stubkeeper::cli {
namespace {

struct Options {
  std::string age;
  bool keep_cited = true;
  bool dry_run = false;
};

// The age of a snapshot that may go; younger ones are what the owner is at work with.
constexpr std::chrono::hours min_age{24};

Result<Timestamp> oldest_to_keep(const Session& session, const std::string& text) {
  STUBKEEPER_ASSIGN(const auto age, parse_age(text));
  if (age >= min_age) return session.now() - age;
  return Error{ErrorCode::invalid_argument, "\"" + text + "\" is less than a day", "--older-than", ""};
}

struct Space {
  std::int64_t freed = 0;  // in a dry run: at least so much would be
  Status status;           // why the file could not be made smaller
};

// Also the space of a prune whose end was cut off.
Result<Space> free_space(kb::Store& store, const kb::PruneOutcome& outcome, bool dry_run) {
  if (dry_run || outcome.free_bytes == 0) return Space{outcome.free_bytes, {}};
  Space space;
  space.status = kb::give_space_back(store);
  STUBKEEPER_ASSIGN(const std::int64_t after, kb::store_bytes(store));
  space.freed = outcome.bytes_before - after;
  return space;
}

nlohmann::ordered_json to_json(const kb::PruneOutcome& outcome, const Space& space, Timestamp older_than,
                               bool dry_run) {
  nlohmann::ordered_json json{{"dry_run", dry_run},
                              {"older_than", rfc3339(older_than)},
                              {"snapshots", outcome.snapshots},
                              {"pruned", outcome.pruned},
                              {"kept", nlohmann::ordered_json::array()},
                              {"bytes", outcome.bytes_before},
                              {"bytes_given_back", space.freed},
                              {"problem", space.status.ok() ? "" : space.status.error().message}};
  for (const auto& [reason, count] : outcome.kept)
    json["kept"].push_back({{"reason", reason}, {"count", count}});
  return json;
}

void print(const Session& session, const kb::PruneOutcome& outcome, const Space& space, Timestamp older_than,
           bool dry_run) {
  session.say(fmt::format("{} {} of {} snapshots: from before {}, and nothing needs them",
                          dry_run ? "would take away" : "took away", outcome.pruned, outcome.snapshots,
                          iso_date(older_than)));
  session.say(fmt::format("{} {}{} of {}", dry_run ? "would give back" : "gave back",
                          dry_run ? "at least " : "", format_byte_count(space.freed),
                          format_byte_count(outcome.bytes_before)));
  std::int64_t younger = outcome.snapshots - outcome.pruned;
  for (const auto& [reason, count] : outcome.kept) {
    session.say(fmt::format("{:<15} {}: {}", dry_run ? "would keep" : "kept", count, reason));
    younger -= count;
  }
  session.say(fmt::format("{:<15} {}: younger", dry_run ? "would keep" : "kept", younger));
}

Result<int> prune(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const Timestamp older_than, oldest_to_keep(session, options.age));
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto lock, kb::RunLock::acquire(kb.paths.lock()));
  STUBKEEPER_ASSIGN(const auto outcome, kb::prune_snapshots(*kb.store, {older_than, kb.reviewer,
                                                                        session.now(), options.dry_run}));
  STUBKEEPER_ASSIGN(const auto space, free_space(*kb.store, outcome, options.dry_run));
  if (session.options.json) {
    print_json(session, to_json(outcome, space, older_than, options.dry_run));
  } else {
    print(session, outcome, space, older_than, options.dry_run);
  }
  if (space.status.ok()) return done;
  session.note("the snapshots are gone, but the file could not be made smaller: " +
               space.status.error().message + "; run the same command again for that");
  return partially_done;
}

}  // namespace

void add_prune_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(
      program, "prune", "Take away old snapshots that nothing needs, and give their space back",
      R"(  stubkeeper prune --older-than 1y --keep-cited --dry-run
  stubkeeper prune --older-than 6mo)");
  command->add_option("--older-than", options->age, "Age from which on a snapshot may go: 90d, 26w, 6mo, 1y")
      ->required()
      ->type_name("AGE");
  command->add_flag("--keep-cited", options->keep_cited,
                    "Keep what a change or claim quotes, which is always so; for a script to say it");
  command->add_flag("--dry-run", options->dry_run, "Say what would go, what stays and why; change nothing");
  session.on_command(command, options, prune);
}

}  // namespace stubkeeper::cli
