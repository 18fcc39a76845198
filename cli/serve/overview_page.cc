#include <fmt/format.h>

#include <algorithm>

#include "cli/serve/addresses.h"
#include "cli/serve/freshness.h"
#include "cli/serve/page_layout.h"
#include "cli/serve/pages.h"
#include "cli/serve/plot.h"
#include "kb/review/review_queue.h"
#include "kb/runs/runs.h"
#include "kb/runs/time_series.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cli {
namespace {

constexpr int weeks = 26;
constexpr int max_runs = 30;
constexpr std::size_t max_sources = 50;

Result<Markup> freshness_plot(const Visit& visit) {
  STUBKEEPER_ASSIGN(const auto series, freshness_by_week(visit.store(), visit.now(), weeks));
  Plot plot{"freshness",
            "Entries: current, due, stale",
            "On",
            {},
            {{"stale: past their review date", "bad", {}},
             {"due within 30 days", "soon", {}},
             {"current", "good", {}},
             {"never reviewed", "other", {}}},
            0,
            "There are no published entries yet."};
  for (const Freshness& freshness : series) {
    plot.steps.push_back(iso_date(freshness.day));
    plot.series[0].values.push_back(freshness.stale);
    plot.series[1].values.push_back(freshness.due);
    plot.series[2].values.push_back(freshness.current);
    plot.series[3].values.push_back(freshness.undated);
  }
  return plot_markup(plot);
}

Result<Markup> decisions_plot(const Visit& visit) {
  STUBKEEPER_ASSIGN(const auto series, kb::decisions_by_week(visit.store(), visit.now(), weeks));
  Plot plot{"decisions",
            "Decisions a week",
            "Week from",
            {},
            {{"approved", "good", {}},
             {"by a policy", "other", {}},
             {"edited", "soon", {}},
             {"rejected", "bad", {}},
             {"undone", "plain", {}}},
            0,
            "Nothing has been decided yet."};
  for (const kb::WeeklyDecisions& week : series) {
    plot.steps.push_back(iso_date(week.begin));
    plot.series[0].values.push_back(week.approved - week.by_policy);
    plot.series[1].values.push_back(week.by_policy);
    plot.series[2].values.push_back(week.edited);
    plot.series[3].values.push_back(week.rejected);
    plot.series[4].values.push_back(week.undone);
  }
  return plot_markup(plot);
}

Result<Markup> runs_plots(const Visit& visit) {
  STUBKEEPER_ASSIGN(auto runs, kb::Runs{visit.store()}.latest(max_runs));
  std::reverse(runs.begin(), runs.end());
  Plot tokens{"tokens",
              "Tokens a run",
              "Run of",
              {},
              {{"tokens", "plain", {}}},
              0,
              "No run has asked a model: extractive drafts cost nothing."};
  Plot money{
      "money", "Money a run", "Run of", {}, {{"US dollars", "plain", {}}}, 4, "No run has cost anything."};
  for (const kb::Run& run : runs) {
    tokens.steps.push_back(fmt::format("{} ({})", iso_date(run.started_at), run.id));
    money.steps.push_back(tokens.steps.back());
    tokens.series[0].values.push_back(static_cast<double>(run.tokens_spent));
    money.series[0].values.push_back(static_cast<double>(run.micro_usd_spent) / 1e6);
  }
  return concat({plot_markup(tokens), plot_markup(money)});
}

Markup failing_sources_table(const std::vector<kb::Source>& sources) {
  Markup rows;
  std::size_t failing_count = 0;
  for (const kb::Source& source : sources) {
    const bool gone = source.state == kb::SourceState::gone;
    if (!gone && source.failures == 0) continue;
    if (++failing_count > max_sources) continue;
    rows += html(R"(<tr><th scope="row" class="address">{}</th><td>{}</td><td>{}</td></tr>
)",
                 external_link(source.address, source.address),
                 gone ? std::string{"gone"} : fmt::format("failing, {} in a row", source.failures),
                 source.last_error);
  }
  if (failing_count == 0) return {};
  const Markup more =
      failing_count > max_sources ? html("<p class=\"quiet\">{} more.</p>\n", failing_count - max_sources) : Markup{};
  return html(
      R"(<details open><summary>{} need a look</summary><div class="wide" tabindex="0" role="region" aria-label="Sources that fail or are gone"><table><caption class="for-readers">Sources that fail or are gone</caption>
<thead><tr><th scope="col">Source</th><th scope="col">State</th><th scope="col">What it said last</th></tr></thead><tbody>
{}</tbody></table></div>{}</details>
)",
      failing_count, rows, more);
}

Result<Markup> sources_section(const Visit& visit) {
  STUBKEEPER_ASSIGN(const auto sources, kb::Sources{visit.store()}.list());
  double healthy = 0;
  double failing = 0;
  double gone = 0;
  double paused = 0;
  for (const kb::Source& source : sources) {
    if (source.state == kb::SourceState::gone) {
      ++gone;
    } else if (source.state == kb::SourceState::paused) {
      ++paused;
    } else if (source.failures > 0) {
      ++failing;
    } else {
      ++healthy;
    }
  }
  const Plot plot{"sources",
                  "Sources: healthy, failing, gone",
                  "",
                  {"now"},
                  {{"healthy", "good", {healthy}},
                   {"failing", "soon", {failing}},
                   {"gone", "bad", {gone}},
                   {"paused", "other", {paused}}},
                  0,
                  "There are no sources yet; `stubkeeper source add` adds one.",
                  true};
  return concat({plot_markup(plot), failing_sources_table(sources)});
}

}  // namespace

Result<Response> overview_page(const Visit& visit) {
  STUBKEEPER_ASSIGN(const auto waiting, kb::waiting_counts(visit.store()));
  STUBKEEPER_ASSIGN(const Markup freshness, freshness_plot(visit));
  STUBKEEPER_ASSIGN(const Markup sources, sources_section(visit));
  STUBKEEPER_ASSIGN(const Markup decisions, decisions_plot(visit));
  STUBKEEPER_ASSIGN(const Markup runs, runs_plots(visit));
  STUBKEEPER_ASSIGN(const auto last, kb::Runs{visit.store()}.latest(1));
  const Markup last_run =
      last.empty() ? html(R"(<p class="quiet">No run yet: <code>stubkeeper refresh</code> makes one.</p>
)")
                   : html(R"(<p class="quiet">Last run {}, {}: {}.</p>
)",
                          date_markup(last.front().started_at), format_relative_time(last.front().started_at, visit.now()),
                          kb::run_state_name(last.front().state));
  return render_page(visit, {"Overview", "overview"},
                html(R"(<h1>Overview</h1>
<p><a href="/review" data-key="s">{}</a> in {}, {} flagged.</p>
{}{}{}{}{})",
                     format_count(waiting.changes, "change waits", "changes wait"),
                     format_count(waiting.entries, "entry", "entries"), waiting.flagged, last_run, freshness,
                     sources, decisions, runs));
}

}  // namespace stubkeeper::cli
