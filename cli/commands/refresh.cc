#include "cron/refresh.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <ostream>

#include "cli/commands/commands.h"
#include "cli/configured.h"
#include "cli/terminal/progress_bar.h"
#include "kb/store/run_lock.h"
#include "llm/extractive_drafter.h"
#include "llm/providers/provider.h"

namespace stubkeeper::cli {
namespace {

struct Options : cron::RefreshOptions {
  bool strict = false;
};

std::string providers_with_batches() {
  std::vector<std::string_view> names;
  for (const llm::Provider& provider : llm::providers())
    if (provider.make_batches != nullptr) names.push_back(provider.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

// For a terminal or cron's mail: nothing where the run brought nothing that was asked for.
void print_report(const Session& session, const OpenKnowledgeBase& kb, const cron::RefreshReport& report) {
  const std::string& configured = kb.configuration.report.when;
  const std::string when = session.options.quiet && configured == "always" ? "news" : configured;
  const bool is_wanted =
      when == "always" || report.is_partial() || (when == "news" && cron::has_news(report));
  if (!is_wanted) return;
  session.environment.out << cron::report_paragraph(report, kb.paths.folder);
  if (!session.options.quiet || report.is_partial())
    session.environment.out << '\n' << cron::report_text(report);
}

Result<int> refresh(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto lock, kb::RunLock::acquire(kb.paths.lock()));
  if (options.batch && kb.configuration.model.is_extractive())
    return Error{ErrorCode::invalid_argument, "--batch asks a model, and drafts are extractive",
                 "model.provider", "name a model in stubkeeper.toml, or leave --batch out"};
  ConfiguredFetcher configured_fetcher{session, kb};
  crawler::BoxedReader reader = configured_reader(session, kb.configuration);
  llm::ExtractiveDrafter extractive;
  std::unique_ptr<ConfiguredModel> model;
  // A dry run needs no key.
  if (!kb.configuration.model.is_extractive() && !options.dry_run) {
    STUBKEEPER_ASSIGN(model, ConfiguredModel::make(session, kb));
  }
  if (options.batch && model && model->context().batches == nullptr)
    return Error{ErrorCode::unsupported, "the endpoint's format has no batches", "model.provider",
                 providers_with_batches() + " have; leave --batch out"};
  ProgressBar progress{session.environment, session.options.quiet || session.options.json,
                       session.options.verbose};
  const cron::RunContext context{*kb.store,
                                 configured_fetcher.fetcher(),
                                 reader,
                                 model ? model->drafter() : extractive,
                                 session.environment.clock,
                                 kb.configuration,
                                 progress,
                                 session.environment.keep_going,
                                 model ? &model->context() : nullptr};
  STUBKEEPER_ASSIGN(const auto report, cron::refresh(context, options));
  if (session.options.json) {
    session.environment.out << cron::report_json(report) << '\n';
  } else if (options.dry_run) {
    session.environment.out << cron::report_text(report);
  } else {
    print_report(session, kb, report);
  }
  const bool failed = options.strict ? report.has_failures() : report.is_partial();
  return failed ? partially_done : done;
}

}  // namespace

void add_refresh_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      session.add_command(program, "refresh", "Check the sources and propose changes for what is new",
                          R"(  stubkeeper refresh                          every source that is due
  stubkeeper refresh --entry datacenters      an entry, or a section and all below it
  stubkeeper refresh --source 'https://example.org/*' --force
  stubkeeper refresh --source 12 --all        all that source 12 says and its entries lack
  stubkeeper refresh --dry-run                what would be fetched

Exit code 3: something is newly wrong. What failed in earlier runs is counted, and told again when it heals.)");
  command->add_option("--entry", options->entries, "Only sources of this entry or section; may be repeated")
      ->type_name("PATH")
      ->expected(1)
      ->take_all();
  command->add_option("--source", options->sources, "Only this source: id, address, or its beginning and *")
      ->type_name("ID")
      ->expected(1)
      ->take_all();
  command->add_flag("--dry-run", options->dry_run, "Show what would be fetched, and stop");
  command->add_flag("--force", options->force, "Also fetch sources that are not due yet");
  command
      ->add_flag("--all", options->all,
                 "Propose all that the sources say and their entries lack, not only the first ten")
      ->needs("--source");
  command->add_flag("--batch", options->batch,
                    "Ask the model within a day at half the price; a later refresh collects the answers");
  command->add_flag("--strict", options->strict, "End with exit code 3 for what failed before, too");
  session.on_command(command, options, refresh);
}

}  // namespace stubkeeper::cli
