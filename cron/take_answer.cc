#include "cron/take_answer.h"

#include <algorithm>

#include "crawler/front_page.h"
#include "cron/documents_of_answer.h"
#include "cron/linked_documents.h"
#include "cron/lower_bounds.h"
#include "cron/plan.h"
#include "cron/revisit.h"
#include "cron/source_life.h"
#include "cron/take_document.h"
#include "kb/runs/runs.h"
#include "kb/sources/linked_addresses.h"
#include "kb/sources/source_flags.h"
#include "kb/sources/source_life.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cron {
namespace {

// One answer on its way into the store.
class Taking {
 public:
  Taking(const RefreshParts& parts, const entries::SubjectIndex& subjects, const kb::Source& source,
         const crawler::FetchResponse& response, RefreshReport& report)
      : parts_(parts),
        source_(source),
        response_(response),
        report_(report),
        run_id_(report.run_id),
        now_(parts.clock.now()),
        documents_(parts.store, subjects, source.id, run_id_, now_) {}

  Status failed(const std::string& reason) {
    kb::Sources sources{parts_.store};
    const Timestamp next = next_try(source_, source_.failures + 1, response_.retry_after_seconds, now_,
                                    parts_.configuration.revisit);
    STUBKEEPER_TRY(sources.failed(source_.id, now_, reason, next));
    const bool gone_for_good = response_.http_status == 410;
    // What is out of reach is settled at the end of the run (Unreached).
    if (gone_for_good || (response_.outcome == crawler::FetchOutcome::failed &&
                          response_.error.code == ErrorCode::not_found)) {
      STUBKEEPER_TRY(note_absence(parts_, source_, gone_for_good, report_));
    }
    return record(kb::FetchResultKind::failed, reason);
  }

  // A failure like any other, and a flag on the source until it reads well again.
  Status not_content(crawler::NotContent kind, const std::string& reason) {
    const crawler::NotContentKind& known = *crawler::find_not_content_kind(kind);
    STUBKEEPER_TRY(resolve_flags(known.id, "it sends something else now"));
    STUBKEEPER_TRY(kb::SourceFlags{parts_.store}.raise(source_.id, std::string{known.id},
                                                       std::string{known.reason}, now_));
    return failed(reason);
  }

  // Sites send visitors of pages that are no more to their front page: a failure like the others, and for
  // good it counts towards "gone" as a 404 does. It is no move, whatever days it is seen on.
  Status front_page(const std::string& reason) {
    STUBKEEPER_TRY(not_content(crawler::NotContent::front_page, reason));
    if (source_.seems_to_move) STUBKEEPER_TRY(kb::SourceLife{parts_.store}.forget_redirects(source_.id));
    return response_.moved_permanently ? note_absence(parts_, source_, false, report_) : Status{};
  }

  Status not_modified() {
    if (source_.kind == kb::SourceKind::sitemap)
      STUBKEEPER_TRY(kb::LinkedAddresses{parts_.store}.undated_sitemaps_are_due(source_.id, now_));
    // A 304 may carry newer validators (RFC 9110 §15.4.5); where it has none, the old ones stay good.
    STUBKEEPER_TRY(resolve_flags("", "it reads well again"));
    // Only a budget asks at once what is learned; else the fetch that is recorded teaches it when somebody
    // asks.
    if (parts_.configuration.revisit.fetches_per_day > 0)
      STUBKEEPER_TRY(learn_from_answer(parts_.store, source_, now_, 0, {}, response_.last_modified));
    STUBKEEPER_TRY(answered(false, source_.title, source_.hints));
    return kb::Runs{parts_.store}.count_fetches(run_id_, now_, 1, response_.http_status != 0 ? 1 : 0);
  }

  Status take(const FoundDocuments& found) {
    for (const FoundDocument& document : found.documents) {
      const bool in_feed = source_.kind == kb::SourceKind::feed;
      STUBKEEPER_TRY(documents_.take(document, {response_.body, response_.content_type,
                                                in_feed ? document.address : response_.final_address}));
    }
    STUBKEEPER_TRY(resolve_flags("", "it reads well again"));
    STUBKEEPER_TRY(flag_pages_without_text(found));
    STUBKEEPER_ASSIGN(const int links, take_links(found.links));
    const bool changed = counts().snapshots + links > 0;
    STUBKEEPER_TRY(learn_from_answer(parts_.store, source_, now_, counts().snapshots + links, found,
                                     response_.last_modified));
    STUBKEEPER_TRY(answered(changed, found.source_title, found.hints));
    const auto outcome = !changed               ? kb::FetchResultKind::unchanged
                         : counts().first_sight ? kb::FetchResultKind::new_document
                                                : kb::FetchResultKind::changed;
    return record(outcome, "");
  }

  // Of this answer alone; added to the report once they are stored.
  const DocumentTaking::Counts& counts() const { return documents_.counts(); }

 private:
  // A PDF that is scanned in part is read, but not all of it.
  Status flag_pages_without_text(const FoundDocuments& found) {
    kb::SourceFlags flags{parts_.store};
    const std::string name = "pages-without-text";
    for (const FoundDocument& document : found.documents) {
      const crawler::Content& content = document.content;
      if (content.pages_without_text.empty()) continue;
      const bool one = content.pages_without_text.size() == 1;
      return flags.raise(source_.id, name,
                         (one ? "page " : "pages ") + crawler::in_words(content.pages_without_text) + " of " +
                             std::to_string(content.pages) + (one ? " is" : " are") + " scanned, or blank",
                         now_);
    }
    return flags.resolve(source_.id, {name}, "all of its pages have text", now_);
  }

  // Flags that say what the source sent in place of content, but for `kept`.
  Status resolve_flags(std::string_view kept, const std::string& resolution) {
    // Whatever raised one was a failure.
    if (source_.failures == 0) return {};
    std::vector<std::string> names;
    for (const crawler::NotContentKind& kind : crawler::not_content_kinds()) {
      if (kind.id != kept) names.emplace_back(kind.id);
    }
    return kb::SourceFlags{parts_.store}.resolve(source_.id, names, resolution, now_);
  }

  Status answered(bool changed, const std::string& title, const kb::VisitHints& hints) {
    const bool keep = response_.outcome == crawler::FetchOutcome::not_modified;
    kb::GoodAnswer answer;
    answer.changed = changed;
    if (keep) answer.not_modified_in = run_id_;
    answer.etag = keep && response_.etag.empty() ? source_.etag : response_.etag;
    answer.last_modified =
        keep && response_.last_modified.empty() ? source_.last_modified : response_.last_modified;
    answer.validated_address = response_.final_address == source_.address ? "" : response_.final_address;
    answer.title = title;
    answer.hints = hints;
    STUBKEEPER_ASSIGN(const auto next,
                      plan_next_visit(parts_.store, source_, now_, parts_.configuration.revisit));
    answer.next_due = no_earlier_than_asked(next.at, response_.fresh_for, hints, now_);
    STUBKEEPER_TRY(kb::Sources{parts_.store}.answered(source_.id, answer, now_));
    return note_presence(parts_, source_, response_, report_);
  }

  // Notes what the source leads to; gives how much more of it is to be fetched than before, and how many more
  // sitemaps an index has.
  Result<int> take_links(const std::vector<FoundLink>& found) {
    if (found.empty()) return 0;
    kb::LinkedAddresses links{parts_.store};
    STUBKEEPER_ASSIGN(const auto before, links.counts(source_.id));
    for (const auto& [link, otherwise] : found) {
      STUBKEEPER_ASSIGN(const auto state, links.list(source_.id, link, now_));
      if (state != kb::LinkedAddresses::State::given_up || !otherwise) continue;
      STUBKEEPER_TRY(
          documents_.take(*otherwise, {response_.body, response_.content_type, otherwise->address}));
    }
    STUBKEEPER_ASSIGN(const auto after, links.counts(source_.id));
    const std::int64_t more = std::max<std::int64_t>(after.waiting - before.waiting, 0);
    return static_cast<int>(more + after.sitemaps - before.sitemaps);
  }

  Status record(kb::FetchResultKind outcome, const std::string& error) {
    return kb::Runs{parts_.store}.record({run_id_, source_.id, now_, outcome, response_.http_status, error,
                                          static_cast<std::int64_t>(response_.body.size())});
  }

  const RefreshParts& parts_;
  const kb::Source& source_;
  const crawler::FetchResponse& response_;
  RefreshReport& report_;
  kb::Id run_id_;
  Timestamp now_;
  DocumentTaking documents_;
};

}  // namespace

Status take_answer(const RefreshParts& parts, const entries::SubjectIndex& subjects, const kb::Source& source,
                   const crawler::FetchResponse& response, RefreshReport& report) {
  if (response.outcome == crawler::FetchOutcome::postponed) {
    STUBKEEPER_TRY(kb::Sources{parts.store}.postpone(
        source.id, parts.clock.now() + std::chrono::seconds{response.retry_after_seconds}));
    ++report.postponed;
    return {};
  }
  Taking taking{parts, subjects, source, response, report};
  const auto fail_with = [&](const Error& error, const std::function<Status()>& steps) -> Status {
    STUBKEEPER_TRY(parts.store.atomically(steps));
    const std::string advice = error.advice.empty() ? "" : " (" + error.advice + ")";
    report.failures.push_back({source.address, error.message + advice});
    return {};
  };
  const auto fail = [&](const Error& error) {
    return fail_with(error, [&] { return taking.failed(error.text()); });
  };

  if (response.outcome == crawler::FetchOutcome::failed) {
    const crawler::NotContent wall = wall_of_refusal(response);
    const Error error = error_of_failure(response);
    if (wall == crawler::NotContent::none) return fail(error);
    return fail_with(error, [&] { return taking.not_content(wall, error.text()); });
  }
  const bool is_page = source.kind != kb::SourceKind::feed && source.kind != kb::SourceKind::sitemap;
  if (is_page && crawler::ends_at_front_page(source.address, response.final_address)) {
    FoundDocuments nothing;
    nothing.not_content = crawler::NotContent::front_page;
    const Error error = refuse_not_content(source, nothing).error();
    return fail_with(error, [&] { return taking.front_page(error.text()); });
  }
  if (response.outcome == crawler::FetchOutcome::not_modified) {
    STUBKEEPER_TRY(parts.store.atomically([&] { return taking.not_modified(); }));
    ++report.not_modified;
    return {};
  }
  STUBKEEPER_ASSIGN(const auto vouching,
                    source.kind == kb::SourceKind::sitemap
                        ? sites_that_name(parts.store, {source.address, response.final_address})
                        : Result<std::vector<std::string>>{std::vector<std::string>{}});
  const auto found = documents_of_answer(source, response, parts.configuration.fetch.follow_items, vouching);
  if (!found.ok()) return fail(found.error());
  if (const Status content = refuse_not_content(source, *found); !content.ok()) {
    return fail_with(content.error(),
                     [&] { return taking.not_content(found->not_content, content.error().text()); });
  }
  STUBKEEPER_TRY(parts.store.atomically([&] { return taking.take(*found); }));
  report.linked_refused += found->refused_links;
  report.snapshots += taking.counts().snapshots;
  report.new_passages += taking.counts().new_passages;
  report.routed += taking.counts().routed;
  ++(taking.counts().snapshots > 0 ? report.changed : report.unchanged);
  return {};
}

}  // namespace stubkeeper::cron
