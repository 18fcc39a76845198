#include <fmt/format.h>

#include <algorithm>

#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "cron/report.h"
#include "llm/prices/price_table.h"

namespace stubkeeper::cron {
namespace {

constexpr std::size_t columns = 78;
constexpr std::size_t max_failures_named = 3;

std::string summarize_changes(const RefreshReport& report) {
  if (report.changes() + report.rechecked + report.upkeep == 0) return "Nothing new.";
  std::string text = "New: " + pluralize(report.changes(), "change", "changes") + " for " +
                     pluralize(static_cast<std::int64_t>(report.proposals.size()), "entry", "entries");
  if (report.flagged() > 0) text += fmt::format(", {} of them flagged", report.flagged());
  if (report.rechecked > 0)
    text += "; " + pluralize(report.rechecked, "entry", "entries") + " rechecked without news";
  if (report.upkeep > 0)
    text += "; " + pluralize(report.upkeep, "change", "changes") + " for pages that mention new entries";
  if (report.approved_by_policy > 0)
    text += fmt::format("; {} approved by policy", report.approved_by_policy);
  return text + ".";
}

std::string summarize_waiting(const kb::WaitingCounts& waiting) {
  if (waiting.changes + waiting.conflicts == 0) return "Nothing waits for review.";
  std::string text;
  if (waiting.changes > 0) {
    text = pluralize(waiting.changes, "change", "changes") + " in " +
           pluralize(waiting.entries, "entry", "entries") + (waiting.changes == 1 ? " waits" : " wait") +
           " for review" + (waiting.flagged > 0 ? fmt::format(", {} flagged", waiting.flagged) : "") + ".";
  }
  if (waiting.conflicts > 0) {
    text += (text.empty() ? "" : " ") + pluralize(waiting.conflicts, "file that was", "files that were") +
            " edited by hand " + (waiting.conflicts == 1 ? "waits" : "wait") + " for a decision.";
  }
  return text;
}

std::string summarize_failures(const RefreshReport& report) {
  if (report.failures.empty()) return "";
  std::string text = fmt::format("Failed ({}): ", report.failures.size());
  for (std::size_t i = 0; i < std::min(report.failures.size(), max_failures_named); ++i) {
    const Failure& failure = report.failures[i];
    text += fmt::format("{}{} ({})", i == 0 ? "" : "; ", failure.what, failure.reason);
  }
  if (report.failures.size() > max_failures_named) text += "; `stubkeeper status` has the rest";
  return text + ".";
}

std::string summarize_cost(const RefreshReport& report) {
  if (report.tokens == 0 && report.model.micro_usd == 0) return "It cost no tokens.";
  return fmt::format("It cost {} tokens{}.", report.tokens,
                     report.model.configured ? ", " + llm::dollars(report.model.micro_usd) : "");
}

// Filled up word by word.
std::string wrap_text(const std::string& text) {
  std::string paragraph;
  std::size_t width = 0;
  for (const std::string_view word : split(text, ' ')) {
    const std::size_t length = utf8_length(word);
    if (width > 0 && width + 1 + length > columns) {
      paragraph += '\n';
      width = 0;
    }
    paragraph.append(width > 0 ? " " : "").append(word);
    width += (width > 0 ? 1 : 0) + length;
  }
  return paragraph + "\n";
}

}  // namespace

std::string report_paragraph(const RefreshReport& report, const std::string& folder) {
  std::string text = summarize_changes(report) + " " + summarize_waiting(report.waiting);
  if (const std::string failed = summarize_failures(report); !failed.empty()) text += " " + failed;
  if (report.future_times) text += " The clock: " + describe_future_times(*report.future_times) + ".";
  if (report.interrupted) text += " The run was stopped; the next one takes up from here.";
  text += " " + summarize_cost(report);
  if (report.waiting.changes + report.waiting.conflicts > 0)
    text += " Review: stubkeeper review --kb " + folder;
  std::string safe = sanitize_for_terminal(text);
  std::replace(safe.begin(), safe.end(), '\n', ' ');
  return wrap_text(safe);
}

bool has_news(const RefreshReport& report) {
  return report.is_partial() || report.future_times || report.approved_by_policy > 0 ||
         report.model.micro_usd > 0 || report.changes() + report.rechecked + report.upkeep > 0;
}

}  // namespace stubkeeper::cron
