#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "cli/serve/addresses.h"
#include "cli/serve/page_layout.h"
#include "cli/serve/pages.h"
#include "cli/serve/plot.h"
#include "entries/front_matter.h"
#include "entries/staleness.h"
#include "kb/entries/entry_store.h"
#include "kb/review/review_queue.h"
#include "kb/runs/runs.h"
#include "kb/runs/time_series.h"
#include "kb/sources/sources.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

constexpr int weeks = 26;
constexpr int max_runs = 30;
constexpr std::size_t max_sources = 50;
constexpr std::int64_t due_window_days = 30;

// How many published entries were fresh on a day. due: within 30 days of its review date; stale:
// past it; undated: without last_reviewed.
struct Freshness {
  Timestamp day;
  int current = 0;
  int due = 0;
  int stale = 0;
  int undated = 0;
};

void count(Freshness& freshness, std::optional<std::int64_t> days_overdue) {
  if (!days_overdue) {
    ++freshness.undated;
  } else if (*days_overdue > 0) {
    ++freshness.stale;
  } else if (*days_overdue > -due_window_days) {
    ++freshness.due;
  } else {
    ++freshness.current;
  }
}

// On the last `weeks` weekdays of `now`, the earliest first, by the revisions that were current
// then. An entry counts from its first revision on.
Result<std::vector<Freshness>> freshness_by_week(kb::Store& store, Timestamp now) {
  std::vector<Freshness> series(static_cast<std::size_t>(weeks));
  for (std::size_t i = 0; i < series.size(); ++i)
    series[i].day = now - std::chrono::weeks{static_cast<std::int64_t>(series.size() - 1 - i)};
  kb::EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto times, kb::revision_times(store));
  const std::string today = iso_date(now);
  for (std::size_t i = 0; i < times.size(); ++i) {
    const bool last = i + 1 == times.size() || times[i + 1].entry_id != times[i].entry_id;
    const Timestamp end = last ? now + std::chrono::days{1} : times[i + 1].created_at;
    if (end <= series.front().day) continue;
    STUBKEEPER_ASSIGN(const auto revision, entries.revision(times[i].revision_id));
    STUBKEEPER_ASSIGN(const auto bytes, entries.bytes(revision));
    const auto overdue_today = entries::days_overdue(entries::FrontMatter::parse(bytes), today);
    for (Freshness& freshness : series) {
      if (freshness.day < times[i].created_at || freshness.day >= end) continue;
      const auto ago = std::chrono::duration_cast<std::chrono::days>(now - freshness.day).count();
      count(freshness, overdue_today ? std::optional{*overdue_today - ago} : std::nullopt);
    }
  }
  return series;
}

Result<Markup> freshness_plot(const Visit& visit) {
  STUBKEEPER_ASSIGN(const auto series, freshness_by_week(visit.store(), visit.now()));
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
      html_if(failing_count > max_sources, "<p class=\"quiet\">{} more.</p>\n", failing_count - max_sources);
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
                          date_markup(last.front().started_at),
                          review::format_age(visit.now() - last.front().started_at),
                          kb::run_state_name(last.front().state));
  return render_page(visit, {"Overview", "overview"},
                     html(R"(<h1>Overview</h1>
<p><a href="/review" data-key="s">{}</a> in {}, {} flagged.</p>
{}{}{}{}{})",
                          format_count(waiting.changes, "change waits", "changes wait"),
                          format_count(waiting.entries, "entry", "entries"), waiting.flagged, last_run,
                          freshness, sources, decisions, runs));
}

}  // namespace stubkeeper::cli
