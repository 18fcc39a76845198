#include "cron/recheck_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text/strings.h"
#include "entries/staleness.h"
#include "kb/review/first_looks.h"
#include "kb/review/proposals.h"
#include "kb/review/review_queue.h"
#include "kb/sources/linked_addresses.h"
#include "kb/sources/source_flags.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cron {
namespace {

using std::chrono::days;

struct BlockerWords {
  const char* name;
  const char* words;
};
constexpr std::array<BlockerWords, recheck_blocker_count> blocker_words{{
    {"none", "due for a recheck"},
    {"review", "waiting for your review"},
    {"draft", "waiting for a draft"},
    {"rejected", "whose recheck you rejected"},
    {"no-sources", "without sources"},
    {"gone-source", "whose sources are gone"},
    {"failing-source", "by a failing source"},
    {"paused-source", "by a paused source"},
    {"unvisited-source", "by a source not looked at yet"},
    {"unread-links", "by linked pages not read yet"},
    {"uncompared", "by a source not compared with them"},
    {"kept-passages", "whose sources say more than was proposed"},
}};

std::string name_source(const kb::Source& source) {
  return fmt::format("source {} ({})", source.id, source.address);
}

}  // namespace

const char* recheck_blocker_name(RecheckBlocker blocker) {
  return blocker_words[static_cast<std::size_t>(blocker)].name;
}

const char* describe_recheck_blocker(RecheckBlocker blocker) {
  return blocker_words[static_cast<std::size_t>(blocker)].words;
}

bool is_stale(const entries::FrontMatter& front_matter, Timestamp now) {
  if (front_matter.kind() == entries::FrontMatterKind::none || !front_matter.parse_error().empty())
    return false;
  const auto overdue = entries::days_overdue(front_matter, iso_date(now));
  return !overdue || *overdue >= 0;
}

Result<RecheckStates> RecheckStates::read(kb::Store& store, Timestamp now,
                                          const config::Configuration& configuration) {
  RecheckStates states{store, now, configuration};
  STUBKEEPER_ASSIGN(const auto waiting, kb::review_queue(store, {}));
  for (const kb::QueuedChange& change : waiting) states.in_review_.insert(change.entry_id);
  STUBKEEPER_ASSIGN(const auto undrafted, kb::Proposals{store}.entries_waiting_for_draft());
  states.undrafted_.insert(undrafted.begin(), undrafted.end());
  kb::ChangeFilter rejected_rechecks;
  rejected_rechecks.state = kb::ChangeState::rejected;
  rejected_rechecks.kind = kb::rechecked_kind;
  STUBKEEPER_ASSIGN(const auto rejected, kb::review_queue(store, rejected_rechecks));
  for (const kb::QueuedChange& change : rejected) {
    const bool is_recent = change.proposed_at <= now &&
                           change.proposed_at + days{configuration.revisit.recheck_window_days} > now;
    if (is_recent) states.rejected_.insert(change.entry_id);
  }
  STUBKEEPER_ASSIGN(states.refused_, kb::Refusals{store}.active_refusals());
  return states;
}

bool RecheckStates::has_answered(const kb::Source& source) const {
  return source.state == kb::SourceState::active && source.failures == 0 && source.checked_at &&
         *source.checked_at + days{configuration_.revisit.recheck_window_days} > now_;
}

Result<RecheckState> RecheckStates::of(const kb::Entry& entry) const {
  const std::string review = "`stubkeeper review --entry " + entry.path + "`";
  if (in_review_.contains(entry.id))
    return RecheckState{RecheckBlocker::review, "waits for your review", review, {}, 0};
  if (undrafted_.contains(entry.id))
    return RecheckState{
        RecheckBlocker::draft, "has new passages without a draft", "the next refresh drafts them", {}, 0};
  if (rejected_.contains(entry.id)) {
    return RecheckState{RecheckBlocker::rejected,
                        fmt::format("you rejected its recheck in the last {} days",
                                    configuration_.revisit.recheck_window_days),
                        "`stubkeeper reviewed " + entry.path + "`, once it is true",
                        {},
                        0};
  }
  STUBKEEPER_ASSIGN(auto sources, kb::Sources{store_}.of_entry(entry.id));
  const bool is_any_refused = 0 < std::erase_if(sources, [&](const kb::Source& source) {
                                return refused_.refuses_source(entry.id, source.id);
                              });
  if (sources.empty()) {
    return RecheckState{
        RecheckBlocker::no_sources,
        is_any_refused ? "has no sources but those that you refused for it" : "has no sources",
        "`stubkeeper source add ADDRESS --entry " + entry.path + "`",
        {},
        0};
  }
  const std::size_t all = sources.size();
  const auto is_gone = [](const kb::Source& source) { return source.state == kb::SourceState::gone; };
  if (std::ranges::all_of(sources, is_gone)) return describe_unanswered(sources.front(), all);
  std::erase_if(sources, is_gone);
  RecheckState state;
  state.sources = all;
  for (const kb::Source& source : sources) {
    if (!has_answered(source)) continue;
    // A page that the source leads to and that was not read yet may say something new.
    STUBKEEPER_ASSIGN(const auto linked, kb::LinkedAddresses{store_}.counts(source.id));
    if (linked.waiting_new > 0) {
      return RecheckState{RecheckBlocker::unread_links,
                          fmt::format("{} leads to {} not read yet", name_source(source),
                                      pluralize(linked.waiting_new, "page")),
                          "the next refreshes read them",
                          {},
                          all};
    }
    STUBKEEPER_ASSIGN(auto uncompared, find_uncompared(entry, source));
    if (uncompared) return *std::move(uncompared);
    state.answered.push_back(source);
  }
  const auto needed = static_cast<std::size_t>(
      std::ceil(configuration_.review.recheck_share * static_cast<double>(sources.size())));
  if (state.answered.size() >= std::max<std::size_t>(needed, 1)) return state;
  const auto unanswered =
      std::ranges::find_if(sources, [&](const kb::Source& source) { return !has_answered(source); });
  return describe_unanswered(*unanswered, all);
}

Result<std::optional<RecheckState>> RecheckStates::find_uncompared(const kb::Entry& entry,
                                                                   const kb::Source& source) const {
  const std::string reviewed = "`stubkeeper reviewed " + entry.path + "`, once you have read it yourself";
  kb::FirstLooks first_looks{store_};
  STUBKEEPER_ASSIGN(const bool is_compared, first_looks.is_compared({entry.id, source.id}));
  if (!is_compared) {
    return std::optional{RecheckState{RecheckBlocker::uncompared,
                                      name_source(source) + " was not compared with it yet",
                                      "the next refresh compares what it has of it",
                                      {},
                                      0}};
  }
  STUBKEEPER_ASSIGN(const auto flags, kb::SourceFlags{store_}.list_open(source.id));
  const auto unread = std::ranges::find(flags, std::string{"pages-without-text"}, &kb::Flag::name);
  if (unread != flags.end()) {
    return std::optional{RecheckState{RecheckBlocker::uncompared,
                                      name_source(source) + " is read in part: " + unread->detail,
                                      reviewed,
                                      {},
                                      0}};
  }
  STUBKEEPER_ASSIGN(const auto counts, first_looks.counts({entry.id, source.id}));
  if (counts.kept_passages == 0) return std::optional<RecheckState>{};
  return std::optional{
      RecheckState{RecheckBlocker::kept_passages,
                   fmt::format("{} says more than was proposed, in {}", name_source(source),
                               pluralize(counts.kept_passages, "passage")),
                   fmt::format("`stubkeeper refresh --source {} --all`, or {}", source.id, reviewed),
                   {},
                   0}};
}

RecheckState RecheckStates::describe_unanswered(const kb::Source& source, std::size_t sources) const {
  const std::string others = sources > 1 ? fmt::format(", one of {} sources,", sources) : "";
  const std::string remove = fmt::format("`stubkeeper source remove {}`", source.id);
  if (source.state == kb::SourceState::gone) {
    return {RecheckBlocker::gone_source,
            fmt::format("{}{} is gone since {}", name_source(source),
                        sources > 1 ? fmt::format(" and all {} sources", sources) : "",
                        source.gone_at ? iso_date(*source.gone_at) : "some time"),
            remove + ", and `stubkeeper source add` for another",
            {},
            sources};
  }
  if (source.state != kb::SourceState::active) {
    return {RecheckBlocker::paused_source,
            fmt::format("{}{} is paused", name_source(source), others),
            fmt::format("`stubkeeper source resume {}`", source.id),
            {},
            sources};
  }
  if (source.failures > 0) {
    const auto since =
        source.failing_since ? std::chrono::floor<days>(now_ - *source.failing_since).count() : 0;
    return {RecheckBlocker::failing_source,
            fmt::format("{}{} fails for {}: {}", name_source(source), others, pluralize(since, "day"),
                        source.last_error),
            remove + ", or `recheck = \"answering\"` under [review]",
            {},
            sources};
  }
  return {RecheckBlocker::unvisited_source,
          fmt::format(
              "{}{} was {}", name_source(source), others,
              source.checked_at ? "last looked at on " + iso_date(*source.checked_at) : "never looked at"),
          source.due_at <= now_ ? "the next refresh looks"
                                : "it is looked at from " + iso_date(source.due_at) + " on",
          {},
          sources};
}

}  // namespace stubkeeper::cron
