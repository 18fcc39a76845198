#include <fmt/format.h>

#include <algorithm>

#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "cron/report.h"
#include "entries/markdown_escape.h"
#include "llm/prices/price_table.h"

namespace stubkeeper::cron {
namespace {

constexpr std::size_t columns = 78;
constexpr std::size_t max_items_named = 3;

std::string summarize_changes(const RefreshReport& report) {
  if (report.changes() + report.rechecked + report.upkeep == 0) return "Nothing new.";
  std::string text = "New: " + pluralize(report.changes(), "change", "changes") + " for " +
                     pluralize(static_cast<std::int64_t>(report.proposals.size()), "entry", "entries");
  if (report.flagged() > 0) text += fmt::format(", {} of them flagged", report.flagged());
  if (report.first_look() > 0) text += fmt::format(", {} at the first look at a source", report.first_look());
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

// "LABEL (4): a; b; c; `stubkeeper report` has the rest."
std::string summarize_list(const std::string& label, const std::vector<std::string>& items) {
  if (items.empty()) return "";
  std::string text = fmt::format(" {} ({}): ", label, items.size());
  for (std::size_t i = 0; i < std::min(items.size(), max_items_named); ++i)
    text += (i == 0 ? "" : "; ") + items[i];
  if (items.size() > max_items_named) text += "; `stubkeeper report` has the rest";
  return text + ".";
}

std::vector<std::string> new_failures(const RefreshReport& report) {
  std::vector<std::string> lines;
  for (const Failure& failure : report.failures)
    if (!failure.is_known) lines.push_back(fmt::format("{} ({})", failure.what, failure.reason));
  return lines;
}

std::vector<std::string> healed_sources(const RefreshReport& report) {
  std::vector<std::string> addresses = report.recovered;
  for (const std::string& address : report.healed)
    if (!contains(addresses, address)) addresses.push_back(address);
  return addresses;
}

std::vector<std::string> moved_sources(const RefreshReport& report) {
  std::vector<std::string> lines;
  for (const AddressMove& move : report.moved) lines.push_back(move.old_address + " to " + move.new_address);
  return lines;
}

std::string summarize_known(const RefreshReport& report) {
  const int known = report.known_failures();
  if (known == 0) return "";
  return fmt::format(" {} before.",
                     known == 1 ? "1 thing fails as" : fmt::format("{} things fail as", known));
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
  std::string text = summarize_changes(report);
  text += summarize_list("Failed", new_failures(report));
  text += summarize_list("Works again", healed_sources(report));
  text += summarize_list("Gone for good, to be removed or replaced", report.gone);
  text += summarize_list("Moved", moved_sources(report));
  text += " " + summarize_waiting(report.waiting) + summarize_known(report);
  if (report.future_times) text += " The clock: " + describe_future_times(*report.future_times) + ".";
  if (report.interrupted) text += " The run was stopped; the next one takes up from here.";
  text += " " + summarize_cost(report);
  if (report.waiting.changes + report.waiting.conflicts > 0)
    text += " Review: stubkeeper review --kb " + folder;
  std::string safe = sanitize_for_terminal(text);
  std::replace(safe.begin(), safe.end(), '\n', ' ');
  return wrap_text(safe);
}

std::string report_markdown(const RefreshReport& report) {
  std::string text = "# Refresh of " + rfc3339(report.started_at) + "\n";
  const auto section = [&](const std::string& heading, const std::vector<std::string>& items) {
    if (items.empty()) return;
    text += "\n## " + heading + "\n\n";
    for (const std::string& item : items) {
      std::string line = sanitize_for_terminal(item);
      std::replace(line.begin(), line.end(), '\n', ' ');
      text += "- " + entries::escape_markdown(line) + "\n";
    }
  };
  std::vector<std::string> proposed;
  for (const ProposalSummary& proposal : report.proposals) {
    proposed.push_back(
        proposal.entry_path + ": " + pluralize(proposal.changes, "change") +
        (proposal.flagged > 0 ? fmt::format(", {} flagged", proposal.flagged) : "") +
        (proposal.first_look > 0 ? fmt::format(", {} at first look", proposal.first_look) : ""));
  }
  if (report.rechecked > 0)
    proposed.push_back(pluralize(report.rechecked, "entry", "entries") + " rechecked without news");
  if (report.upkeep > 0)
    proposed.push_back(pluralize(report.upkeep, "change") + " for pages that mention new entries");
  if (report.approved_by_policy > 0)
    proposed.push_back(fmt::format("{} approved by policy", report.approved_by_policy));
  section("Proposed", proposed);
  section("Failed", new_failures(report));
  section("Works again", healed_sources(report));
  section("Gone for good", report.gone);
  section("Moved", moved_sources(report));
  std::vector<std::string> known;
  for (const Failure& failure : report.failures)
    if (failure.is_known) known.push_back(fmt::format("{} ({})", failure.what, failure.reason));
  text += "\n## Waiting\n\n" + summarize_waiting(report.waiting) + "\n";
  section("Fails as before", known);
  return text + "\n" + summarize_cost(report) + "\n";
}

bool has_news(const RefreshReport& report) {
  const bool has_turned = !report.gone.empty() || !report.recovered.empty() || !report.healed.empty() ||
                          !report.moved.empty() || report.future_times.has_value();
  return report.is_partial() || has_turned || report.approved_by_policy > 0 || report.model.micro_usd > 0 ||
         report.changes() + report.rechecked + report.upkeep > 0;
}

}  // namespace stubkeeper::cron
