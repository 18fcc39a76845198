#include "cron/response_processor.h"

#include <algorithm>
#include <array>

#include "cron/document_processor.h"
#include "cron/guarded_reader.h"
#include "cron/plan.h"
#include "cron/revisit.h"
#include "cron/shrunken_text.h"
#include "cron/source_lifecycle.h"
#include "kb/runs/runs.h"
#include "kb/sources/source_flags.h"
#include "kb/sources/source_lifecycle.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cron {

using crawler::FetchOutcome;
using crawler::NonContentKind;

// How an outcome is processed that is no refusal; a failed one always is.
struct ResponseProcessor::OutcomeRules {
  FetchOutcome outcome;
  Status (ResponseProcessor::*process)(const Visit& visit);
};

Status ResponseProcessor::process(const kb::Source& source, const crawler::FetchResponse& response) {
  static constexpr std::array outcomes = std::to_array<OutcomeRules>({
      {FetchOutcome::ok, &ResponseProcessor::read},
      {FetchOutcome::not_modified, &ResponseProcessor::keep},
      {FetchOutcome::postponed, &ResponseProcessor::postpone},
  });
  const Visit visit{source, rules_of(source), response, clock_.now()};
  if (const auto refusal = find_refusal(source.address, visit.kind.is_list, response))
    return refuse(visit, *refusal);
  for (const OutcomeRules& rules : outcomes)
    if (rules.outcome == response.outcome) return (this->*rules.process)(visit);
  return {};
}

Status ResponseProcessor::postpone(const Visit& visit) {
  const Timestamp next = visit.now + std::chrono::seconds{visit.response.retry_after_seconds};
  STUBKEEPER_TRY(kb::Sources{store_}.postpone(visit.source.id, next));
  ++report_.postponed;
  return {};
}

Status ResponseProcessor::keep(const Visit& visit) {
  STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
    if (visit.kind.on_not_modified != nullptr)
      STUBKEEPER_TRY(visit.kind.on_not_modified(store_, visit.source.id, visit.now));
    STUBKEEPER_TRY(resolve_flags(visit, NonContentKind::none, "it reads well again"));
    // Without a budget, load_change_model() learns from the recorded fetch when somebody asks.
    if (configuration_.revisit.fetches_per_day > 0)
      STUBKEEPER_TRY(
          learn_from_response(store_, visit.source, visit.now, 0, {}, visit.response.last_modified));
    STUBKEEPER_TRY(store_success(visit, false, visit.source.title, visit.source.hints));
    return kb::Runs{store_}.count_fetches(report_.run_id, visit.now, 1,
                                          visit.response.http_status != 0 ? 1 : 0);
  }));
  ++report_.not_modified;
  return {};
}

Status ResponseProcessor::read(const Visit& visit) {
  GuardedReader reader{context_.reader, store_, clock_, visit.source.address};
  STUBKEEPER_ASSIGN(const auto found, visit.kind.parse(visit.source, visit.response,
                                                       {reader, configuration_.fetch.follow_items, &store_}));
  if (found.refusal) return refuse(visit, *found.refusal);
  // Of a list's items a feed gives as much as it likes.
  if (!visit.kind.is_list && !found.documents.empty()) {
    STUBKEEPER_ASSIGN(const auto shrunken,
                      find_shrunken_text(store_, visit.source.id, found.documents.front(), visit.response));
    if (shrunken) return refuse(visit, *shrunken);
  }
  DocumentProcessor documents{store_,         context_.keep_going, subjects_,     visit.source.id,
                              report_.run_id, visit.now,           visit.response};
  STUBKEEPER_TRY(store_.run_in_transaction([&] { return store_documents(visit, found, documents); }));
  const DocumentProcessor::Counts& counts = documents.counts();
  report_.linked_refused += found.disallowed_links;
  report_.snapshots += counts.snapshots;
  report_.new_passages += counts.new_passages;
  report_.routed += counts.routed;
  report_.homeless += counts.homeless;
  ++(counts.snapshots > 0 ? report_.changed : report_.unchanged);
  return {};
}

Status ResponseProcessor::refuse(const Visit& visit, const Refusal& refusal) {
  if (refusal.kind == RefusalKind::unread) {
    report_.add_failure(visit.source.address, refusal.error.message);
    return {};
  }
  STUBKEEPER_TRY(store_.run_in_transaction([&] { return store_refusal(visit, refusal); }));
  const std::string& advice = refusal.error.advice;
  report_.failures.push_back({visit.source.address,
                              refusal.error.message + (advice.empty() ? "" : " (" + advice + ")"),
                              visit.source.failures > 0});
  return {};
}

Status ResponseProcessor::store_refusal(const Visit& visit, const Refusal& refusal) {
  const kb::Source& source = visit.source;
  if (const crawler::NonContentInfo* page = crawler::find_non_content_info(refusal.page)) {
    STUBKEEPER_TRY(resolve_flags(visit, refusal.page, "it sends something else now"));
    STUBKEEPER_TRY(kb::SourceFlags{store_}.raise(source.id, std::string{page->id}, std::string{page->reason},
                                                 visit.now));
  }
  const Timestamp next = next_retry(source, source.failures + 1, visit.response.retry_after_seconds,
                                    visit.now, configuration_.revisit);
  STUBKEEPER_TRY(kb::Sources{store_}.failed(source.id, visit.now, refusal.error.text(), next));
  // A front page is no new address, however many days it is seen on.
  if (refusal.page == NonContentKind::front_page && source.has_permanent_redirect)
    STUBKEEPER_TRY(kb::SourceLifecycle{store_}.clear_redirects(source.id));
  // A source out of reach is settled at the end of the run (UnreachableSources).
  const Absence absence = rules_of(refusal.kind).absence;
  if (absence != Absence::none)
    STUBKEEPER_TRY(record_absence(store_, source, absence == Absence::permanent, visit.now, report_));
  return record(visit, kb::FetchResultKind::failed, refusal.error.text());
}

Status ResponseProcessor::store_documents(const Visit& visit, const ParsedDocuments& found,
                                          DocumentProcessor& documents) {
  for (const ParsedDocument& document : found.documents) STUBKEEPER_TRY(documents.process(document));
  STUBKEEPER_TRY(resolve_flags(visit, NonContentKind::none, "it reads well again"));
  STUBKEEPER_TRY(flag_pages_without_text(visit, found));
  STUBKEEPER_ASSIGN(const int links, store_links(visit, found.links, documents));
  const int changes = documents.counts().snapshots + links;
  STUBKEEPER_TRY(
      learn_from_response(store_, visit.source, visit.now, changes, found, visit.response.last_modified));
  STUBKEEPER_TRY(store_success(visit, changes > 0, found.source_title, found.hints));
  const auto result = changes == 0                        ? kb::FetchResultKind::unchanged
                      : documents.counts().is_first_visit ? kb::FetchResultKind::new_document
                                                          : kb::FetchResultKind::changed;
  return record(visit, result, "");
}

// How much more the source leads to: documents to be fetched than before, and sitemaps that an index lists.
Result<int> ResponseProcessor::store_links(const Visit& visit, const std::vector<ParsedLink>& found,
                                           DocumentProcessor& documents) {
  if (found.empty()) return 0;
  kb::LinkedAddresses links{store_};
  STUBKEEPER_ASSIGN(const auto before, links.counts(visit.source.id));
  for (const auto& [link, fallback_document] : found) {
    STUBKEEPER_ASSIGN(const auto state, links.list(visit.source.id, link, visit.now));
    if (state != kb::LinkedAddresses::State::given_up || !fallback_document) continue;
    STUBKEEPER_TRY(documents.process(*fallback_document));
  }
  STUBKEEPER_ASSIGN(const auto after, links.counts(visit.source.id));
  const std::int64_t more = std::max<std::int64_t>(after.waiting - before.waiting, 0);
  return static_cast<int>(more + after.sitemaps - before.sitemaps);
}

// A PDF that is scanned in part is read, but not all of it.
Status ResponseProcessor::flag_pages_without_text(const Visit& visit, const ParsedDocuments& found) {
  kb::SourceFlags flags{store_};
  const std::string name = "pages-without-text";
  for (const ParsedDocument& document : found.documents) {
    const crawler::Content& content = document.content;
    if (content.pages_without_text.empty()) continue;
    const bool is_one = content.pages_without_text.size() == 1;
    return flags.raise(visit.source.id, name,
                       (is_one ? "page " : "pages ") +
                           crawler::format_page_ranges(content.pages_without_text) + " of " +
                           std::to_string(content.pages) + (is_one ? " is" : " are") + " scanned, or blank",
                       visit.now);
  }
  return flags.resolve(visit.source.id, {name}, "all of its pages have text", visit.now);
}

// Resolves the flags for pages in place of content, but for one.
Status ResponseProcessor::resolve_flags(const Visit& visit, NonContentKind except,
                                        const std::string& resolution) {
  // Each of them came with a failure.
  if (visit.source.failures == 0) return {};
  std::vector<std::string> names;
  for (const crawler::NonContentInfo& page : crawler::list_non_content_kinds())
    if (page.kind != except) names.emplace_back(page.id);
  return kb::SourceFlags{store_}.resolve(visit.source.id, names, resolution, visit.now);
}

Status ResponseProcessor::store_success(const Visit& visit, bool has_changed, const std::string& title,
                                        const kb::VisitHints& hints) {
  const crawler::FetchResponse& response = visit.response;
  kb::SuccessfulFetch fetch;
  fetch.changed = has_changed;
  fetch.etag = response.etag;
  fetch.last_modified = response.last_modified;
  // A 304 may carry newer validators (RFC 9110 §15.4.5); where it has none, the old ones stay good.
  if (response.outcome == FetchOutcome::not_modified) {
    fetch.not_modified_run_id = report_.run_id;
    if (fetch.etag.empty()) fetch.etag = visit.source.etag;
    if (fetch.last_modified.empty()) fetch.last_modified = visit.source.last_modified;
  }
  fetch.validated_address = response.final_address == visit.source.address ? "" : response.final_address;
  fetch.title = title;
  fetch.hints = hints;
  STUBKEEPER_ASSIGN(const auto next,
                    plan_next_visit(store_, visit.source, visit.now, configuration_.revisit));
  fetch.next_due = apply_revisit_hints(next.at, response.remaining_freshness, hints, visit.now);
  STUBKEEPER_TRY(kb::Sources{store_}.answered(visit.source.id, fetch, visit.now));
  if (visit.source.failures > 0) report_.healed.push_back(visit.source.address);
  return record_presence(store_, visit.source, response, visit.now, report_);
}

Status ResponseProcessor::record(const Visit& visit, kb::FetchResultKind result, const std::string& error) {
  return kb::Runs{store_}.record({report_.run_id, visit.source.id, visit.now, result,
                                  visit.response.http_status, error,
                                  static_cast<std::int64_t>(visit.response.body.size())});
}

}  // namespace stubkeeper::cron
