#include "cron/process_response.h"

#include <algorithm>

#include "crawler/front_page.h"
#include "cron/linked_documents.h"
#include "cron/parse_documents.h"
#include "cron/plan.h"
#include "cron/process_document.h"
#include "cron/revisit.h"
#include "cron/revisit_hints.h"
#include "cron/source_lifecycle.h"
#include "kb/runs/runs.h"
#include "kb/sources/linked_addresses.h"
#include "kb/sources/source_flags.h"
#include "kb/sources/source_lifecycle.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cron {
namespace {

// One answer on its way into the store.
class ResponseProcessor {
 public:
  ResponseProcessor(const RunContext& context, const entries::SubjectIndex& subjects, const kb::Source& source,
         const crawler::FetchResponse& response, RefreshReport& report)
      : context_(context),
        source_(source),
        response_(response),
        report_(report),
        run_id_(report.run_id),
        now_(context.clock.now()),
        document_processor_(context.store, subjects, source.id, run_id_, now_) {}

  Status failed(const std::string& reason) {
    kb::Sources sources{context_.store};
    const Timestamp next = next_retry(source_, source_.failures + 1, response_.retry_after_seconds, now_,
                                    context_.configuration.revisit);
    STUBKEEPER_TRY(sources.failed(source_.id, now_, reason, next));
    const bool gone_for_good = response_.http_status == 410;
    // What is out of reach is settled at the end of the run (Unreached).
    if (gone_for_good || (response_.outcome == crawler::FetchOutcome::failed &&
                          response_.error.code == ErrorCode::not_found)) {
      STUBKEEPER_TRY(record_absence(context_, source_, gone_for_good, report_));
    }
    return record(kb::FetchResultKind::failed, reason);
  }

  // A failure like any other, and a flag on the source until it reads well again.
  Status non_content(crawler::NonContentKind kind, const std::string& reason) {
    const crawler::NonContentInfo& known = *crawler::find_non_content_info(kind);
    STUBKEEPER_TRY(resolve_flags(known.id, "it sends something else now"));
    STUBKEEPER_TRY(kb::SourceFlags{context_.store}.raise(source_.id, std::string{known.id},
                                                       std::string{known.reason}, now_));
    return failed(reason);
  }

  // Sites send visitors of pages that are no more to their front page: a failure like the others, and for
  // good it counts towards "gone" as a 404 does. It is no move, whatever days it is seen on.
  Status front_page(const std::string& reason) {
    STUBKEEPER_TRY(non_content(crawler::NonContentKind::front_page, reason));
    if (source_.has_permanent_redirect) STUBKEEPER_TRY(kb::SourceLifecycle{context_.store}.clear_redirects(source_.id));
    return response_.moved_permanently ? record_absence(context_, source_, false, report_) : Status{};
  }

  Status not_modified() {
    if (source_.kind == kb::SourceKind::sitemap)
      STUBKEEPER_TRY(kb::LinkedAddresses{context_.store}.mark_undated_sitemaps_due(source_.id, now_));
    // A 304 may carry newer validators (RFC 9110 §15.4.5); where it has none, the old ones stay good.
    STUBKEEPER_TRY(resolve_flags("", "it reads well again"));
    // Only a budget asks at once what is learned; else the fetch that is recorded teaches it when somebody
    // asks.
    if (context_.configuration.revisit.fetches_per_day > 0)
      STUBKEEPER_TRY(learn_from_response(context_.store, source_, now_, 0, {}, response_.last_modified));
    STUBKEEPER_TRY(answered(false, source_.title, source_.hints));
    return kb::Runs{context_.store}.count_fetches(run_id_, now_, 1, response_.http_status != 0 ? 1 : 0);
  }

  Status process(const ParsedDocuments& found) {
    for (const ParsedDocument& document : found.documents) {
      const bool in_feed = source_.kind == kb::SourceKind::feed;
      STUBKEEPER_TRY(document_processor_.process(document, {response_.body, response_.content_type,
                                                in_feed ? document.address : response_.final_address}));
    }
    STUBKEEPER_TRY(resolve_flags("", "it reads well again"));
    STUBKEEPER_TRY(flag_pages_without_text(found));
    STUBKEEPER_ASSIGN(const int links, process_links(found.links));
    const bool changed = counts().snapshots + links > 0;
    STUBKEEPER_TRY(learn_from_response(context_.store, source_, now_, counts().snapshots + links, found,
                                     response_.last_modified));
    STUBKEEPER_TRY(answered(changed, found.source_title, found.hints));
    const auto outcome = !changed               ? kb::FetchResultKind::unchanged
                         : counts().is_first_visit ? kb::FetchResultKind::new_document
                                                : kb::FetchResultKind::changed;
    return record(outcome, "");
  }

  // Of this answer alone; added to the report once they are stored.
  const DocumentProcessor::Counts& counts() const { return document_processor_.counts(); }

 private:
  // A PDF that is scanned in part is read, but not all of it.
  Status flag_pages_without_text(const ParsedDocuments& found) {
    kb::SourceFlags flags{context_.store};
    const std::string name = "pages-without-text";
    for (const ParsedDocument& document : found.documents) {
      const crawler::Content& content = document.content;
      if (content.pages_without_text.empty()) continue;
      const bool one = content.pages_without_text.size() == 1;
      return flags.raise(source_.id, name,
                         (one ? "page " : "pages ") + crawler::format_page_ranges(content.pages_without_text) + " of " +
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
    for (const crawler::NonContentInfo& kind : crawler::list_non_content_kinds()) {
      if (kind.id != kept) names.emplace_back(kind.id);
    }
    return kb::SourceFlags{context_.store}.resolve(source_.id, names, resolution, now_);
  }

  Status answered(bool changed, const std::string& title, const kb::VisitHints& hints) {
    const bool keep_validators = response_.outcome == crawler::FetchOutcome::not_modified;
    kb::SuccessfulFetch answer;
    answer.changed = changed;
    if (keep_validators) answer.not_modified_run_id = run_id_;
    answer.etag = keep_validators && response_.etag.empty() ? source_.etag : response_.etag;
    answer.last_modified =
        keep_validators && response_.last_modified.empty() ? source_.last_modified : response_.last_modified;
    answer.validated_address = response_.final_address == source_.address ? "" : response_.final_address;
    answer.title = title;
    answer.hints = hints;
    STUBKEEPER_ASSIGN(const auto next,
                      plan_next_visit(context_.store, source_, now_, context_.configuration.revisit));
    answer.next_due = apply_revisit_hints(next.at, response_.remaining_freshness, hints, now_);
    STUBKEEPER_TRY(kb::Sources{context_.store}.answered(source_.id, answer, now_));
    return record_presence(context_, source_, response_, report_);
  }

  // Notes what the source leads to; gives how much more of it is to be fetched than before, and how many more
  // sitemaps an index has.
  Result<int> process_links(const std::vector<ParsedLink>& found) {
    if (found.empty()) return 0;
    kb::LinkedAddresses links{context_.store};
    STUBKEEPER_ASSIGN(const auto before, links.counts(source_.id));
    for (const auto& [link, fallback_document] : found) {
      STUBKEEPER_ASSIGN(const auto state, links.list(source_.id, link, now_));
      if (state != kb::LinkedAddresses::State::given_up || !fallback_document) continue;
      STUBKEEPER_TRY(
          document_processor_.process(*fallback_document, {response_.body, response_.content_type, fallback_document->address}));
    }
    STUBKEEPER_ASSIGN(const auto after, links.counts(source_.id));
    const std::int64_t more = std::max<std::int64_t>(after.waiting - before.waiting, 0);
    return static_cast<int>(more + after.sitemaps - before.sitemaps);
  }

  Status record(kb::FetchResultKind outcome, const std::string& error) {
    return kb::Runs{context_.store}.record({run_id_, source_.id, now_, outcome, response_.http_status, error,
                                          static_cast<std::int64_t>(response_.body.size())});
  }

  const RunContext& context_;
  const kb::Source& source_;
  const crawler::FetchResponse& response_;
  RefreshReport& report_;
  kb::Id run_id_;
  Timestamp now_;
  DocumentProcessor document_processor_;
};

}  // namespace

Status process_response(const RunContext& context, const entries::SubjectIndex& subjects, const kb::Source& source,
                   const crawler::FetchResponse& response, RefreshReport& report) {
  if (response.outcome == crawler::FetchOutcome::postponed) {
    STUBKEEPER_TRY(kb::Sources{context.store}.postpone(
        source.id, context.clock.now() + std::chrono::seconds{response.retry_after_seconds}));
    ++report.postponed;
    return {};
  }
  ResponseProcessor processor{context, subjects, source, response, report};
  const auto fail_with = [&](const Error& error, const std::function<Status()>& steps) -> Status {
    STUBKEEPER_TRY(context.store.run_in_transaction(steps));
    const std::string advice = error.advice.empty() ? "" : " (" + error.advice + ")";
    report.failures.push_back({source.address, error.message + advice});
    return {};
  };
  const auto fail = [&](const Error& error) {
    return fail_with(error, [&] { return processor.failed(error.text()); });
  };

  if (response.outcome == crawler::FetchOutcome::failed) {
    const crawler::NonContentKind wall = detect_access_wall(response);
    const Error error = to_fetch_error(response);
    if (wall == crawler::NonContentKind::none) return fail(error);
    return fail_with(error, [&] { return processor.non_content(wall, error.text()); });
  }
  const bool is_page = source.kind != kb::SourceKind::feed && source.kind != kb::SourceKind::sitemap;
  if (is_page && crawler::redirects_to_front_page(source.address, response.final_address)) {
    ParsedDocuments nothing;
    nothing.non_content = crawler::NonContentKind::front_page;
    const Error error = require_content(source, nothing).error();
    return fail_with(error, [&] { return processor.front_page(error.text()); });
  }
  if (response.outcome == crawler::FetchOutcome::not_modified) {
    STUBKEEPER_TRY(context.store.run_in_transaction([&] { return processor.not_modified(); }));
    ++report.not_modified;
    return {};
  }
  STUBKEEPER_ASSIGN(const auto allowed_roots,
                    source.kind == kb::SourceKind::sitemap
                        ? find_sites_listing_sitemaps(context.store, {source.address, response.final_address})
                        : Result<std::vector<std::string>>{std::vector<std::string>{}});
  const auto found = parse_documents(source, response, context.configuration.fetch.follow_items, allowed_roots);
  if (!found.ok()) return fail(found.error());
  if (const Status content = require_content(source, *found); !content.ok()) {
    return fail_with(content.error(),
                     [&] { return processor.non_content(found->non_content, content.error().text()); });
  }
  STUBKEEPER_TRY(context.store.run_in_transaction([&] { return processor.process(*found); }));
  report.linked_refused += found->disallowed_links;
  report.snapshots += processor.counts().snapshots;
  report.new_passages += processor.counts().new_passages;
  report.routed += processor.counts().routed;
  ++(processor.counts().snapshots > 0 ? report.changed : report.unchanged);
  return {};
}

}  // namespace stubkeeper::cron
