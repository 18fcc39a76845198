#include "cron/linked_documents.h"

#include <algorithm>
#include <array>
#include <map>

#include "crawler/front_page.h"
#include "crawler/robots.h"
#include "crawler/url.h"
#include "cron/parse_documents.h"
#include "cron/process_document.h"
#include "kb/sources/host_tables.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cron {
namespace {

constexpr std::int64_t max_sitemaps_per_source = 20;
constexpr std::size_t max_addresses_per_sitemap = 50'000;  // sitemaps.org
constexpr std::int64_t max_addresses_per_source = 500'000;
constexpr int max_failures = 3;
constexpr std::size_t max_summary_bytes = 1'000;
constexpr auto initial_backoff = std::chrono::hours{6};

bool ends_with_ellipsis(std::string_view text) {
  constexpr std::array<std::string_view, 4> ellipses{"…", "...", "[…]", "[...]"};
  return std::any_of(ellipses.begin(), ellipses.end(),
                     [&](std::string_view ellipsis) { return text.ends_with(ellipsis); });
}

struct Folder {
  std::string host;
  std::string path;  // with its slash

  // Whatever the scheme: many sites list the http addresses of what they serve over https.
  bool contains(const crawler::Url& url) const { return url.host == host && url.path.starts_with(path); }
};

std::vector<Folder> parse_folders(const std::vector<std::string>& addresses) {
  std::vector<Folder> folders;
  for (const std::string& address : addresses) {
    const auto url = crawler::parse_url(address);
    if (!url) continue;
    const std::string path = url->path.substr(0, url->path.find('?'));
    folders.push_back({url->host, path.substr(0, path.rfind('/') + 1)});
  }
  return folders;
}

// An address that waits, with the source that leads to it.
struct PendingLink {
  const kb::Source* source = nullptr;
  kb::LinkedAddress link;
};

// Of several queues the first ones in turn, at most `most`.
std::vector<PendingLink> take_round_robin(std::vector<std::vector<PendingLink>> queues, std::size_t max_count) {
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
  LinkFollower(const RunContext& context, const entries::SubjectIndex& subjects, RefreshReport& report)
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
          stored = context_.store.run_in_transaction([&] { return process(one, response); });
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
    STUBKEEPER_TRY(links_.record_fetch(report_.run_id, pending.source->id, context_.clock.now()));
    if (response.outcome == crawler::FetchOutcome::failed) return failed(pending, to_fetch_error(response));
    if (!pending.link.is_sitemap && crawler::redirects_to_front_page(pending.link.address, response.final_address)) {
      ParsedDocuments found;
      found.non_content = crawler::NonContentKind::front_page;
      Error error = require_content(page_at(pending.link.address), found).error();
      // That is how its site says that it is not there.
      if (response.moved_permanently) error.code = ErrorCode::not_found;
      return failed(pending, error);
    }
    if (response.outcome == crawler::FetchOutcome::ok) {
      const Status result =
          pending.link.is_sitemap ? process_sitemap(pending, response) : process_document(pending, response);
      if (!result.ok()) return result;
      if (unreadable_) return failed(pending, *std::exchange(unreadable_, std::nullopt));
    }
    const bool keep_validators = response.outcome == crawler::FetchOutcome::not_modified;
    ++report_.linked_fetched;
    return links_.answered(
        pending.source->id, pending.link.address, context_.clock.now(),
        keep_validators && response.etag.empty() ? pending.link.etag : response.etag,
        keep_validators && response.last_modified.empty() ? pending.link.last_modified : response.last_modified);
  }

  // A page is read as a source that is a page would be.
  static kb::Source page_at(const std::string& address) {
    kb::Source page;
    page.kind = kb::SourceKind::page;
    page.address = address;
    return page;
  }

  Status process_sitemap(const PendingLink& pending, const crawler::FetchResponse& response) {
    const auto map = crawler::parse_sitemap(response.body);
    if (!map.ok() || map->is_index) {
      unreadable_ = map.ok() ? Error{ErrorCode::invalid_argument, "is an index within an index",
                                     pending.link.address, "sitemaps.org allows only one level"}
                             : map.error();
      return {};
    }
    STUBKEEPER_ASSIGN(const auto listed, links_.counts(pending.source->id));
    if (listed.documents >= max_addresses_per_source) {
      unreadable_ =
          Error{ErrorCode::limit, "the index leads to more than 500,000 addresses", pending.source->address,
                "add the sitemaps of the parts that concern you as sources of their own"};
      return {};
    }
    const bool is_backlog = pending.link.is_backlog && !pending.link.fetched_at;
    int refused = 0;
    const std::vector<std::string> own{pending.link.address, response.final_address, pending.source->address};
    STUBKEEPER_ASSIGN(auto allowed_locations, find_sites_listing_sitemaps(context_.store, own));
    allowed_locations.insert(allowed_locations.end(), own.begin(), own.end());
    for (const kb::LinkedAddress& link : to_linked_addresses(*map, allowed_locations, is_backlog, refused)) {
      STUBKEEPER_ASSIGN([[maybe_unused]] const auto state,
                        links_.list(pending.source->id, link, context_.clock.now()));
    }
    report_.linked_refused += refused;
    return {};
  }

  Status process_document(const PendingLink& pending, const crawler::FetchResponse& response) {
    const kb::Source page = page_at(pending.link.address);
    auto found = parse_documents(page, response, "never");
    const Status readable = found.ok() ? require_content(page, *found) : Status{found.error()};
    if (!readable.ok()) {
      unreadable_ = readable.error();
      return {};
    }
    DocumentProcessor processor{context_.store, subjects_, pending.source->id, report_.run_id, context_.clock.now()};
    for (ParsedDocument& document : found->documents) {
      document.identity = pending.link.identity;
      crawler::Content& content = document.content;
      // Who lists a page knows what it is called and when it came out; its own markup may not say.
      if (!pending.link.published.empty()) content.published = pending.link.published;
      if (content.title.empty()) content.title = pending.link.title;
      if (content.author.empty()) content.author = pending.link.author;
      STUBKEEPER_TRY(processor.process(document, {response.body, response.content_type, response.final_address}));
    }
    report_.snapshots += processor.counts().snapshots;
    report_.new_passages += processor.counts().new_passages;
    report_.routed += processor.counts().routed;
    return {};
  }

  Status failed(const PendingLink& pending, const Error& error) {
    ++report_.linked_failed;
    const bool is_permanent = error.code == ErrorCode::refused || error.code == ErrorCode::not_found;
    const int failures = pending.link.failures + 1;
    const bool given_up = is_permanent || failures >= max_failures;
    const Timestamp next = context_.clock.now() + initial_backoff * (1 << std::min(failures - 1, max_failures));
    STUBKEEPER_TRY(links_.failed(pending.source->id, pending.link.address, error.text(),
                                 given_up ? std::nullopt : std::optional{next}));
    // What a feed says of an article that cannot be had is taken from the feed itself, which has to be read
    // whole once more for it.
    const bool in_feed = pending.source->kind == kb::SourceKind::feed;
    return given_up && in_feed ? kb::Sources{context_.store}.clear_validators(pending.source->id) : Status{};
  }

  const RunContext& context_;
  const entries::SubjectIndex& subjects_;
  RefreshReport& report_;
  kb::LinkedAddresses links_;
  std::optional<Error> unreadable_;  // why the answer that is being taken says nothing
};

Result<std::vector<PendingLink>> due_links(const RunContext& context, const std::vector<kb::Source>& sources,
                                      bool sitemaps, std::int64_t max_per_source, std::int64_t max_count) {
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

std::vector<kb::LinkedAddress> to_linked_addresses(const crawler::Sitemap& map,
                                                const std::vector<std::string>& allowed_locations, bool is_backlog,
                                                int& refused) {
  const std::vector<Folder> folders = parse_folders(allowed_locations);
  std::vector<kb::LinkedAddress> links;
  for (const crawler::Item& item : map.items) {
    const auto url = crawler::parse_url(item.url);
    const bool allowed =
        url && !url->has_userinfo &&
        std::any_of(folders.begin(), folders.end(), [&](const Folder& folder) { return folder.contains(*url); });
    if (links.size() >= max_addresses_per_sitemap || !allowed) {
      ++refused;
      continue;
    }
    kb::LinkedAddress link;
    link.address = url->text();
    link.is_sitemap = map.is_index;
    link.identity = link.address;
    link.title = item.title;
    link.published = item.published;
    link.listed_date = item.updated;
    link.is_backlog = is_backlog;
    links.push_back(std::move(link));
  }
  return links;
}

Result<std::vector<std::string>> find_sites_listing_sitemaps(kb::Store& store, const std::vector<std::string>& sitemaps) {
  std::vector<std::string> sites;
  for (const std::string& sitemap : sitemaps) {
    const auto url = crawler::parse_url(sitemap);
    if (!url) continue;
    const std::string root = url->origin() + "/";
    STUBKEEPER_ASSIGN(const auto robots, kb::RobotsTable{store}.find(url->origin()));
    if (!robots || std::find(sites.begin(), sites.end(), root) != sites.end()) continue;
    const std::vector<std::string> named = crawler::Robots::parse(robots->body).sitemaps();
    const bool is_named = std::any_of(named.begin(), named.end(), [&](const std::string& line) {
      return crawler::resolve(root, line) == url->text();
    });
    if (is_named) sites.push_back(root);
  }
  return sites;
}

bool should_follow(const crawler::Item& item, const std::string& follow_items) {
  if (follow_items == "never" || !crawler::parse_url(item.url)) return false;
  if (follow_items == "always") return true;
  const std::string& text = item.content.size() > item.summary.size() ? item.content : item.summary;
  return text.size() < max_summary_bytes || ends_with_ellipsis(text);
}

Status fetch_linked_documents(const RunContext& context, const std::vector<kb::Source>& sources,
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
