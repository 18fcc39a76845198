// Refusals: what is never to be proposed again; and splitting a change into its parts.

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/text/utf8.h"
#include "cli/arguments.h"
#include "cli/commands/review_commands.h"
#include "kb/entries/entry_store.h"
#include "kb/review/refusals.h"
#include "kb/review/review_queue.h"
#include "kb/review/split.h"

namespace stubkeeper::cli {
namespace {

struct NeverOptions {
  kb::Id id = 0;
  bool source = false;
  bool passage = false;
  bool kind = false;
  bool everywhere = false;
  bool dry_run = false;
  std::string reason;
};

Result<nlohmann::ordered_json> to_json(kb::Store& store, const kb::Refusal& refusal) {
  nlohmann::ordered_json json{{"id", nullptr},
                              {"subject", kb::refusal_subject_name(refusal.subject)},
                              {"entry", nullptr},
                              {"source", nullptr},
                              {"words", refusal.words},
                              {"reason", refusal.reason},
                              {"by", refusal.refused_by},
                              {"at", rfc3339(refusal.refused_at)},
                              {"lifted_at", nullptr}};
  if (refusal.id != 0) json["id"] = refusal.id;
  if (refusal.entry_id != 0) {
    STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(refusal.entry_id));
    json["entry"] = entry.path;
  }
  if (refusal.source_id != 0) json["source"] = refusal.source_id;
  if (refusal.lifted_at) json["lifted_at"] = rfc3339(*refusal.lifted_at);
  return json;
}

Result<std::string> format_line(kb::Store& store, const kb::Refusal& refusal) {
  std::string where = "every entry";
  if (refusal.entry_id != 0) {
    STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(refusal.entry_id));
    where = entry.path;
  }
  return fmt::format("{:>4}{} {:<7}  {}  {}", refusal.id == 0 ? "" : std::to_string(refusal.id),
                     refusal.lifted_at ? " lifted" : "", kb::refusal_subject_name(refusal.subject),
                     sanitize_for_terminal(where), sanitize_for_terminal(refusal.words));
}

// As JSON together with `more`.
Status print(const Session& session, kb::Store& store, const std::vector<kb::Refusal>& refusals,
             nlohmann::ordered_json more = nlohmann::ordered_json::object()) {
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const kb::Refusal& refusal : refusals) {
    if (session.options.json) {
      STUBKEEPER_ASSIGN(auto item, to_json(store, refusal));
      json.push_back(std::move(item));
    } else {
      STUBKEEPER_ASSIGN(const std::string line, format_line(store, refusal));
      session.environment.out << line << '\n';
    }
  }
  if (session.options.json) {
    nlohmann::ordered_json answer{{"refusals", json}};
    answer.update(more);
    print_json(session, answer);
  }
  return {};
}

Result<int> never(const Session& session, const NeverOptions& options) {
  if (options.source + options.passage + options.kind != 1) {
    return Error{ErrorCode::invalid_argument, "never what?", "",
                 "give one of --source, --passage and --kind"};
  }
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  const auto subject = options.source    ? kb::RefusalSubject::source
                       : options.passage ? kb::RefusalSubject::passage
                                         : kb::RefusalSubject::kind;
  std::vector<kb::Refusal> refusals;
  int rejected = 0;
  const auto refuse = [&]() -> Status {
    STUBKEEPER_ASSIGN(const auto before, kb::waiting_counts(*kb.store));
    STUBKEEPER_ASSIGN(refusals, kb::Refusals{*kb.store}.refuse(options.id, subject, options.everywhere,
                                                               kb.person(), options.reason, session.now()));
    STUBKEEPER_ASSIGN(const auto after, kb::waiting_counts(*kb.store));
    rejected = before.changes - after.changes;
    return {};
  };
  if (options.dry_run) {
    STUBKEEPER_ASSIGN(const auto outcomes, kb.store->dry_run({refuse}));
    STUBKEEPER_TRY(outcomes.front());
    for (kb::Refusal& refusal : refusals) refusal.id = 0;
  } else {
    STUBKEEPER_TRY(kb.store->run_in_transaction(refuse));
  }
  STUBKEEPER_TRY(print(session, *kb.store, refusals, {{"dry_run", options.dry_run}, {"rejected", rejected}}));
  if (session.options.json) return done;
  session.say(refusals.empty() ? "that is refused already"
              : options.dry_run
                  ? fmt::format("that would be refused, and of what waits {} rejected with it", rejected)
                  : fmt::format("refused; of what waited {} rejected with it", rejected));
  return done;
}

Result<int> refusals(const Session& session, bool include_lifted) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto all, kb::Refusals{*kb.store}.list(include_lifted));
  STUBKEEPER_TRY(print(session, *kb.store, all));
  if (all.empty() && !session.options.json) session.note("nothing is refused");
  return done;
}

Result<int> lift(const Session& session, kb::Id id) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_TRY(kb::Refusals{*kb.store}.lift(id, kb.person(), session.now()));
  return print_result(session, {{"lifted", id}},
                      fmt::format("refusal {} is lifted; what it turned down waits again", id));
}

Result<int> split(const Session& session, kb::Id id) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto parts, kb::split_change(*kb.store, id));
  return print_result(session, {{"split", id}, {"changes", parts}},
                      fmt::format("change {} is split into {}", id, fmt::join(parts, " ")));
}

}  // namespace

void add_review_split_command(CLI::App& review, Session& session) {
  auto id = std::make_shared<kb::Id>();
  CLI::App* command = session.add_command(review, "split", "Split a change into parts, to decide on each",
                                          R"(  stubkeeper review split 12

New text is split into its blocks, the replacement of a block into its changed sentences.)");
  command->add_option("id", *id, "Id of the change")->required()->type_name("ID")->check(validate_id);
  session.on_command(command, id, split);
}

void add_review_never_command(CLI::App& review, Session& session) {
  auto options = std::make_shared<NeverOptions>();
  CLI::App* command = session.add_command(
      review, "never", "Reject a change and all like it, now and later",
      R"(  stubkeeper review never 12 --source              nothing more from its source, for its entry
  stubkeeper review never 12 --passage             not this passage, on whatever page
  stubkeeper review never 12 --kind --everywhere   no change of its kind, for any entry
  stubkeeper review lift 3                         undoes that)");
  command->add_option("id", options->id, "Id of a change as an example")
      ->required()
      ->type_name("ID")
      ->check(validate_id);
  command->add_flag("--source", options->source, "Anything from the sources that it quotes");
  command->add_flag("--passage", options->passage, "The passages that it quotes");
  command->add_flag("--kind", options->kind, "Changes of its kind");
  command->add_flag("--everywhere", options->everywhere, "For every entry, not only for its own");
  command->add_option("--reason", options->reason, "Reason, for the history")->type_name("TEXT");
  command->add_flag("--dry-run", options->dry_run,
                    "Show what would be refused, and how many waiting changes rejected, and stop");
  session.on_command(command, options, never);
}

void add_review_refusals_command(CLI::App& review, Session& session) {
  auto include_lifted = std::make_shared<bool>(false);
  CLI::App* command = session.add_command(review, "refusals", "List what is never to be proposed again",
                                          "  stubkeeper review refusals");
  command->add_flag("--lifted", *include_lifted, "Also refusals that were lifted");
  session.on_command(command, include_lifted, refusals);
}

void add_review_lift_command(CLI::App& review, Session& session) {
  auto id = std::make_shared<kb::Id>();
  CLI::App* command =
      session.add_command(review, "lift", "Lift a refusal; the changes that it rejected wait again",
                          "  stubkeeper review lift 3");
  command->add_option("id", *id, "Id of the refusal, as `review refusals` shows it")
      ->required()
      ->type_name("ID")
      ->check(validate_id);
  session.on_command(command, id, lift);
}

}  // namespace stubkeeper::cli
