#include "cron/stages.h"

#include <algorithm>
#include <map>
#include <string>

#include "base/text/strings.h"
#include "crawler/url.h"
#include "cron/document_processor.h"
#include "cron/guarded_reader.h"
#include "cron/kinds/source_kind.h"
#include "cron/shrunken_text.h"
#include "kb/sources/host_tables.h"
#include "kb/sources/linked_addresses.h"
#include "kb/sources/reading_attempts.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cron {
namespace {

constexpr std::int64_t max_sitemaps_per_source = 20;
constexpr std::int64_t max_addresses_per_source = 500'000;
constexpr int max_failures = 3;
constexpr auto initial_backoff = std::chrono::hours{6};

// An address that waits, with the source that leads to it.
struct PendingLink {
  const kb::Source* source = nullptr;
  kb::LinkedAddress link;
};

// Of several queues the first ones in turn, at most `most`.
std::vector<PendingLink> take_round_robin(std::vector<std::vector<PendingLink>> queues,
                                          std::size_t max_count) {
  std::vector<PendingLink> result;
  for (std::size_t turn = 0; result.size() < max_count; ++turn) {
    bool any = false;
    for (std::vector<PendingLink>& queue : queues) {
      if (turn >= queue.size() || result.size() >= max_count) continue;
      any = true;
      result.push_back(std::move(queue[turn]));
    }
    if (!any) break;
  }
  return result;
}

// One round of fetching linked addresses, each answer stored as it comes.
class LinkFollower {
 public:
  LinkFollower(const FetchContext& context, const entries::SubjectIndex& subjects, RefreshReport& report)
      : context_(context), subjects_(subjects), report_(report), links_(context.store) {}

  Status fetch(const std::vector<PendingLink>& pending, const std::string& what) {
    STUBKEEPER_ASSIGN(const auto suspected, kb::ReadingAttempts{context_.store}.list());
    STUBKEEPER_TRY(give_up_resting(pending, suspected));
    std::vector<crawler::FetchRequest> requests;
    for (std::size_t i = 0; i < pending.size(); ++i) {
      const kb::LinkedAddress& link = pending[i].link;
      // The fetcher reads a path as a local file, which nothing from outside may name.
      if (!crawler::parse_url(link.address)) continue;
      const auto found = suspected.find(link.address);
      if (found != suspected.end() && found->second.attempts >= max_reading_attempts) continue;
      requests.push_back({static_cast<std::int64_t>(i), link.address, link.etag, link.last_modified});
    }
    if (requests.empty()) return {};
    context_.progress.begin(what, static_cast<std::int64_t>(requests.size()));
    Status stored;
    std::vector<crawler::FetchResponse> heavy;
    context_.fetcher.fetch(
        std::move(requests),
        [&](crawler::FetchResponse response) {
          const bool not_sent =
              response.outcome == crawler::FetchOutcome::failed && response.error.code == ErrorCode::busy;
          if (not_sent) report_.interrupted = true;
          if (!stored.ok() || not_sent) return;
          const PendingLink& one = pending.at(static_cast<std::size_t>(response.tag));
          // As with sources (fetch_sources.cc), after the transfers that are under way.
          if (suspected.contains(one.link.address) || is_heavy(response)) {
            heavy.push_back(std::move(response));
          } else {
            stored = handle(one, response);
          }
        },
        [&] { return stored.ok() && context_.keep_going(); });
    std::stable_partition(heavy.begin(), heavy.end(), [&](const crawler::FetchResponse& response) {
      return !suspected.contains(pending.at(static_cast<std::size_t>(response.tag)).link.address);
    });
    for (const crawler::FetchResponse& response : heavy)
      if (stored.ok()) stored = handle(pending.at(static_cast<std::size_t>(response.tag)), response);
    context_.progress.end();
    return stored;
  }

 private:
  static bool is_heavy(const crawler::FetchResponse& response) {
    const auto kind =
        crawler::detect_content_kind(response.body, response.content_type, response.final_address);
    return response.outcome == crawler::FetchOutcome::ok &&
           crawler::is_heavy({kind, response.body, response.content_type, response.final_address});
  }

  // One that ended so many runs is not read again.
  Status give_up_resting(const std::vector<PendingLink>& pending,
                         const std::map<std::string, kb::ReadingAttempt>& suspected) {
    for (const PendingLink& one : pending) {
      const auto found = suspected.find(one.link.address);
      if (found == suspected.end() || found->second.attempts < max_reading_attempts) continue;
      const std::string reason =
          "is given up: " + std::to_string(found->second.attempts) + " runs ended while it was read";
      STUBKEEPER_TRY(context_.store.run_in_transaction([&]() -> Status {
        STUBKEEPER_TRY(kb::ReadingAttempts{context_.store}.end(one.link.address));
        return links_.failed(one.source->id, one.link.address, reason, std::nullopt);
      }));
      report_.add_failure(one.link.address, reason);
      ++report_.linked_failed;
    }
    return {};
  }

  // Reads and stores a response; once the program is to stop, none of it is stored.
  Status handle(const PendingLink& pending, const crawler::FetchResponse& response) {
    const Status done = read_and_store(pending, response);
    context_.progress.step(pending.link.address);
    if (!done.ok() && done.error().code == ErrorCode::busy && !context_.keep_going()) {
      report_.interrupted = true;
      return {};
    }
    return report_.note_failure(pending.link.address, done);
  }

  Status read_and_store(const PendingLink& pending, const crawler::FetchResponse& response) {
    ParsedDocuments found;
    found.refusal = find_refusal(pending.link.address, pending.link.is_sitemap, response);
    if (!found.refusal && response.outcome == crawler::FetchOutcome::ok) {
      STUBKEEPER_ASSIGN(found, parse(pending, response));
    }
    return context_.store.run_in_transaction([&] { return process(pending, response, found); });
  }

  // Before the transaction, since the record of an attempt to read must outlive it.
  Result<ParsedDocuments> parse(const PendingLink& pending, const crawler::FetchResponse& response) {
    if (!context_.keep_going()) return Error{ErrorCode::busy, "the program was asked to stop", "", ""};
    const kb::LinkedAddress& link = pending.link;
    GuardedReader reader{context_.reader, context_.store, context_.clock, link.address};
    if (link.is_sitemap)
      return parse_sitemap_links(response, {link.address, response.final_address, pending.source->address},
                                 false, link.is_backlog && !link.fetched_at,
                                 {.reader = reader, .store = &context_.store});
    kb::Source page;
    page.address = link.address;
    return parse_single_document(page, response, {.reader = reader});
  }

  Status process(const PendingLink& pending, const crawler::FetchResponse& response, ParsedDocuments& found) {
    // Its host wants to be left alone; it waits on.
    if (response.outcome == crawler::FetchOutcome::postponed) return {};
    const kb::LinkedAddress& link = pending.link;
    STUBKEEPER_TRY(links_.record_fetch(report_.run_id, pending.source->id, context_.clock.now()));
    if (found.refusal) return refuse(pending, *found.refusal);
    const bool is_unchanged = response.outcome == crawler::FetchOutcome::not_modified;
    if (!is_unchanged) {
      STUBKEEPER_ASSIGN(const auto refusal, link.is_sitemap ? process_sitemap(pending, found)
                                                            : process_document(pending, response, found));
      if (refusal) return refuse(pending, *refusal);
    }
    ++report_.linked_fetched;
    return links_.answered(
        pending.source->id, link.address, context_.clock.now(),
        is_unchanged && response.etag.empty() ? link.etag : response.etag,
        is_unchanged && response.last_modified.empty() ? link.last_modified : response.last_modified);
  }

  Result<std::optional<Refusal>> process_sitemap(const PendingLink& pending, const ParsedDocuments& found) {
    const kb::Source& index = *pending.source;
    STUBKEEPER_ASSIGN(const auto listed, links_.counts(index.id));
    if (listed.documents >= max_addresses_per_source)
      return std::optional{
          unreadable(index.address, "the index leads to more than 500,000 addresses",
                     "add the sitemaps of the parts that concern you as sources of their own")};
    for (const ParsedLink& link : found.links)
      STUBKEEPER_TRY(links_.list(index.id, link.link, context_.clock.now()));
    report_.linked_refused += found.disallowed_links;
    return std::optional<Refusal>{};
  }

  Result<std::optional<Refusal>> process_document(const PendingLink& pending,
                                                  const crawler::FetchResponse& response,
                                                  ParsedDocuments& found) {
    DocumentProcessor processor{context_.store, context_.keep_going,  subjects_, pending.source->id,
                                report_.run_id, context_.clock.now(), response};
    for (ParsedDocument& document : found.documents) {
      document.identity = pending.link.identity;
      STUBKEEPER_ASSIGN(auto shrunken,
                        find_shrunken_text(context_.store, pending.source->id, document, response));
      if (shrunken) shrunken->error.advice = "its last text stays";
      if (shrunken) return shrunken;
      crawler::Content& content = document.content;
      // The list knows what a page is called and when it came out; its own markup may not say.
      if (!pending.link.published.empty()) content.published = pending.link.published;
      if (content.title.empty()) content.title = pending.link.title;
      if (content.author.empty()) content.author = pending.link.author;
      STUBKEEPER_TRY(processor.process(document));
    }
    report_.snapshots += processor.counts().snapshots;
    report_.new_passages += processor.counts().new_passages;
    report_.routed += processor.counts().routed;
    report_.homeless += processor.counts().homeless;
    return std::optional<Refusal>{};
  }

  Status refuse(const PendingLink& pending, const Refusal& refusal) {
    if (refusal.kind == RefusalKind::unread) {
      report_.add_failure(pending.link.address, refusal.error.message);
      return {};
    }
    ++report_.linked_failed;
    const int failures = pending.link.failures + 1;
    const bool is_given_up = rules_of(refusal.kind).is_permanent || failures >= max_failures;
    const Timestamp next =
        context_.clock.now() + initial_backoff * (1 << std::min(failures - 1, max_failures));
    STUBKEEPER_TRY(links_.failed(pending.source->id, pending.link.address, refusal.error.text(),
                                 is_given_up ? std::nullopt : std::optional{next}));
    // For its fallback document the list has to be read whole once more.
    if (!is_given_up || !rules_of(*pending.source).has_fallback_documents) return {};
    return kb::Sources{context_.store}.clear_validators(pending.source->id);
  }

  const FetchContext& context_;
  const entries::SubjectIndex& subjects_;
  RefreshReport& report_;
  kb::LinkedAddresses links_;
};

Result<std::vector<PendingLink>> due_links(const FetchContext& context,
                                           const std::vector<kb::Source>& sources, bool sitemaps,
                                           std::int64_t max_per_source, std::int64_t max_count) {
  kb::LinkedAddresses links{context.store};
  std::vector<std::vector<PendingLink>> queues;
  for (const kb::Source& source : sources) {
    STUBKEEPER_ASSIGN(auto due, links.due(source.id, sitemaps, context.clock.now(), max_per_source));
    std::vector<PendingLink> queue;
    for (kb::LinkedAddress& link : due) queue.push_back({&source, std::move(link)});
    if (!queue.empty()) queues.push_back(std::move(queue));
  }
  return take_round_robin(std::move(queues), static_cast<std::size_t>(max_count));
}

}  // namespace

Status fetch_linked_documents(const FetchContext& context, const std::vector<kb::Source>& sources,
                              const entries::SubjectIndex& subjects, std::optional<std::int64_t> max_count,
                              RefreshReport& report) {
  LinkFollower follower{context, subjects, report};
  const auto within = [&](std::int64_t number) { return max_count ? std::min(number, *max_count) : number; };
  const auto source_count = static_cast<std::int64_t>(sources.size());
  STUBKEEPER_ASSIGN(const auto sitemaps, due_links(context, sources, true, max_sitemaps_per_source,
                                                   within(max_sitemaps_per_source * source_count)));
  STUBKEEPER_TRY(follower.fetch(sitemaps, "reading sitemaps"));
  if (max_count) *max_count -= static_cast<std::int64_t>(sitemaps.size());
  const std::int64_t max_documents = within(context.configuration.fetch.linked_per_run);
  STUBKEEPER_ASSIGN(const auto documents, due_links(context, sources, false, max_documents, max_documents));
  STUBKEEPER_TRY(follower.fetch(documents, "fetching linked pages"));
  kb::LinkedAddresses links{context.store};
  for (const kb::Source& source : sources) {
    STUBKEEPER_ASSIGN(const auto counts, links.counts(source.id));
    report.linked_waiting += counts.waiting;
  }
  return {};
}

}  // namespace stubkeeper::cron
