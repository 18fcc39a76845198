#include "cron/stages.h"

#include <algorithm>

#include "base/text/strings.h"
#include "crawler/url.h"
#include "cron/document_processor.h"
#include "cron/kinds/source_kind.h"
#include "cron/shrunken_text.h"
#include "kb/sources/host_tables.h"
#include "kb/sources/linked_addresses.h"
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
    std::vector<crawler::FetchRequest> requests;
    for (std::size_t i = 0; i < pending.size(); ++i) {
      const kb::LinkedAddress& link = pending[i].link;
      // The fetcher reads a path as a local file, which nothing from outside may name.
      if (!crawler::parse_url(link.address)) continue;
      requests.push_back({static_cast<std::int64_t>(i), link.address, link.etag, link.last_modified});
    }
    if (requests.empty()) return {};
    context_.progress.begin(what, static_cast<std::int64_t>(requests.size()));
    Status stored;
    context_.fetcher.fetch(
        std::move(requests),
        [&](const crawler::FetchResponse& response) {
          const bool not_sent =
              response.outcome == crawler::FetchOutcome::failed && response.error.code == ErrorCode::busy;
          if (not_sent) report_.interrupted = true;
          if (!stored.ok() || not_sent) return;
          const PendingLink& one = pending.at(static_cast<std::size_t>(response.tag));
          stored = report_.note_failure(
              one.link.address, context_.store.run_in_transaction([&] { return process(one, response); }));
          context_.progress.step(one.link.address);
        },
        [&] { return stored.ok() && context_.keep_going(); });
    context_.progress.end();
    return stored;
  }

 private:
  Status process(const PendingLink& pending, const crawler::FetchResponse& response) {
    // Its host wants to be left alone; it waits on.
    if (response.outcome == crawler::FetchOutcome::postponed) return {};
    const kb::LinkedAddress& link = pending.link;
    STUBKEEPER_TRY(links_.record_fetch(report_.run_id, pending.source->id, context_.clock.now()));
    if (const auto refusal = find_refusal(link.address, link.is_sitemap, response))
      return refuse(pending, *refusal);
    const bool is_unchanged = response.outcome == crawler::FetchOutcome::not_modified;
    if (!is_unchanged) {
      STUBKEEPER_ASSIGN(const auto refusal, link.is_sitemap ? process_sitemap(pending, response)
                                                            : process_document(pending, response));
      if (refusal) return refuse(pending, *refusal);
    }
    ++report_.linked_fetched;
    return links_.answered(
        pending.source->id, link.address, context_.clock.now(),
        is_unchanged && response.etag.empty() ? link.etag : response.etag,
        is_unchanged && response.last_modified.empty() ? link.last_modified : response.last_modified);
  }

  Result<std::optional<Refusal>> process_sitemap(const PendingLink& pending,
                                                 const crawler::FetchResponse& response) {
    const kb::Source& index = *pending.source;
    STUBKEEPER_ASSIGN(
        auto found,
        parse_sitemap_links(response, {pending.link.address, response.final_address, index.address}, false,
                            pending.link.is_backlog && !pending.link.fetched_at, {.store = &context_.store}));
    if (found.refusal) return std::move(found.refusal);
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
                                                  const crawler::FetchResponse& response) {
    kb::Source page;
    page.address = pending.link.address;
    STUBKEEPER_ASSIGN(auto found, parse_single_document(page, response, {}));
    if (found.refusal) return std::move(found.refusal);
    DocumentProcessor processor{context_.store, subjects_, pending.source->id, report_.run_id,
                                context_.clock.now()};
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
      STUBKEEPER_TRY(processor.process(document, response));
    }
    report_.snapshots += processor.counts().snapshots;
    report_.new_passages += processor.counts().new_passages;
    report_.routed += processor.counts().routed;
    report_.homeless += processor.counts().homeless;
    return std::optional<Refusal>{};
  }

  Status refuse(const PendingLink& pending, const Refusal& refusal) {
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
