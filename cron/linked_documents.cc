#include "cron/linked_documents.h"

#include <algorithm>
#include <array>
#include <map>

#include "crawler/front_page.h"
#include "crawler/robots.h"
#include "crawler/url.h"
#include "cron/documents_of_answer.h"
#include "cron/take_document.h"
#include "kb/sources/robots_table.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cron {
namespace {

constexpr std::int64_t most_sitemaps_of_a_source = 20;
constexpr std::size_t most_addresses_of_a_sitemap = 50'000;  // sitemaps.org
constexpr std::int64_t most_addresses_of_a_source = 500'000;
constexpr int most_failures = 3;
constexpr std::size_t most_bytes_of_a_summary = 1'000;
constexpr auto first_wait = std::chrono::hours{6};

bool breaks_off(std::string_view text) {
  constexpr std::array<std::string_view, 4> ellipses{"…", "...", "[…]", "[...]"};
  return std::any_of(ellipses.begin(), ellipses.end(),
                     [&](std::string_view ellipsis) { return text.ends_with(ellipsis); });
}

struct Folder {
  std::string host;
  std::string path;  // with its slash

  // Whatever the scheme: many sites list the http addresses of what they serve over https.
  bool holds(const crawler::Url& url) const { return url.host == host && url.path.starts_with(path); }
};

std::vector<Folder> folders_of(const std::vector<std::string>& addresses) {
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
struct Wanted {
  const kb::Source* source = nullptr;
  kb::LinkedAddress link;
};

// Of several queues the first ones in turn, at most `most`.
std::vector<Wanted> taken_in_turn(std::vector<std::vector<Wanted>> queues, std::size_t most) {
  std::vector<Wanted> taken;
  for (std::size_t turn = 0; taken.size() < most; ++turn) {
    bool any = false;
    for (std::vector<Wanted>& queue : queues) {
      if (turn >= queue.size() || taken.size() >= most) continue;
      any = true;
      taken.push_back(std::move(queue[turn]));
    }
    if (!any) break;
  }
  return taken;
}

// One round of fetching linked addresses, each answer stored as it comes.
class Following {
 public:
  Following(const RefreshParts& parts, const entries::SubjectIndex& subjects, RefreshReport& report)
      : parts_(parts), subjects_(subjects), report_(report), links_(parts.store) {}

  Status fetch(const std::vector<Wanted>& wanted, const std::string& what) {
    std::vector<crawler::FetchRequest> requests;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const kb::LinkedAddress& link = wanted[i].link;
      // The fetcher reads a path as a local file, which nothing from outside may name.
      if (!crawler::parse_url(link.address)) continue;
      requests.push_back({static_cast<std::int64_t>(i), link.address, link.etag, link.last_modified});
    }
    if (requests.empty()) return {};
    parts_.progress.begin(what, static_cast<std::int64_t>(requests.size()));
    Status stored;
    parts_.fetcher.fetch(
        std::move(requests),
        [&](const crawler::FetchResponse& response) {
          const bool not_sent =
              response.outcome == crawler::FetchOutcome::failed && response.error.code == ErrorCode::busy;
          if (not_sent) report_.interrupted = true;
          if (!stored.ok() || not_sent) return;
          const Wanted& one = wanted.at(static_cast<std::size_t>(response.tag));
          stored = parts_.store.atomically([&] { return take(one, response); });
          parts_.progress.step(one.link.address);
        },
        [&] { return stored.ok() && parts_.keep_going(); });
    parts_.progress.end();
    return stored;
  }

 private:
  Status take(const Wanted& wanted, const crawler::FetchResponse& response) {
    // Its host wants to be left alone; it waits on.
    if (response.outcome == crawler::FetchOutcome::postponed) return {};
    STUBKEEPER_TRY(links_.note_fetch(report_.run_id, wanted.source->id, parts_.clock.now()));
    if (response.outcome == crawler::FetchOutcome::failed) return failed(wanted, error_of_failure(response));
    if (!wanted.link.is_sitemap && crawler::ends_at_front_page(wanted.link.address, response.final_address)) {
      FoundDocuments found;
      found.not_content = crawler::NotContent::front_page;
      Error error = refuse_not_content(page_at(wanted.link.address), found).error();
      // That is how its site says that it is not there.
      if (response.moved_permanently) error.code = ErrorCode::not_found;
      return failed(wanted, error);
    }
    if (response.outcome == crawler::FetchOutcome::ok) {
      const Status taken =
          wanted.link.is_sitemap ? take_sitemap(wanted, response) : take_document(wanted, response);
      if (!taken.ok()) return taken;
      if (unreadable_) return failed(wanted, *std::exchange(unreadable_, std::nullopt));
    }
    const bool keep = response.outcome == crawler::FetchOutcome::not_modified;
    ++report_.linked_fetched;
    return links_.answered(
        wanted.source->id, wanted.link.address, parts_.clock.now(),
        keep && response.etag.empty() ? wanted.link.etag : response.etag,
        keep && response.last_modified.empty() ? wanted.link.last_modified : response.last_modified);
  }

  // A page is read as a source that is a page would be.
  static kb::Source page_at(const std::string& address) {
    kb::Source page;
    page.kind = kb::SourceKind::page;
    page.address = address;
    return page;
  }

  Status take_sitemap(const Wanted& wanted, const crawler::FetchResponse& response) {
    const auto map = crawler::read_sitemap(response.body);
    if (!map.ok() || map->is_index) {
      unreadable_ = map.ok() ? Error{ErrorCode::invalid_argument, "is an index within an index",
                                     wanted.link.address, "sitemaps.org allows only one level"}
                             : map.error();
      return {};
    }
    STUBKEEPER_ASSIGN(const auto listed, links_.counts(wanted.source->id));
    if (listed.documents >= most_addresses_of_a_source) {
      unreadable_ =
          Error{ErrorCode::limit, "the index leads to more than 500,000 addresses", wanted.source->address,
                "add the sitemaps of the parts that concern you as sources of their own"};
      return {};
    }
    const bool is_backlog = wanted.link.is_backlog && !wanted.link.fetched_at;
    int refused = 0;
    const std::vector<std::string> own{wanted.link.address, response.final_address, wanted.source->address};
    STUBKEEPER_ASSIGN(auto listers, sites_that_name(parts_.store, own));
    listers.insert(listers.end(), own.begin(), own.end());
    for (const kb::LinkedAddress& link : links_of_sitemap(*map, listers, is_backlog, refused)) {
      STUBKEEPER_ASSIGN([[maybe_unused]] const auto state,
                        links_.list(wanted.source->id, link, parts_.clock.now()));
    }
    report_.linked_refused += refused;
    return {};
  }

  Status take_document(const Wanted& wanted, const crawler::FetchResponse& response) {
    const kb::Source page = page_at(wanted.link.address);
    auto found = documents_of_answer(page, response, "never");
    const Status readable = found.ok() ? refuse_not_content(page, *found) : Status{found.error()};
    if (!readable.ok()) {
      unreadable_ = readable.error();
      return {};
    }
    DocumentTaking taking{parts_.store, subjects_, wanted.source->id, report_.run_id, parts_.clock.now()};
    for (FoundDocument& document : found->documents) {
      document.identity = wanted.link.identity;
      crawler::Content& content = document.content;
      // Who lists a page knows what it is called and when it came out; its own markup may not say.
      if (!wanted.link.published.empty()) content.published = wanted.link.published;
      if (content.title.empty()) content.title = wanted.link.title;
      if (content.author.empty()) content.author = wanted.link.author;
      STUBKEEPER_TRY(taking.take(document, {response.body, response.content_type, response.final_address}));
    }
    report_.snapshots += taking.counts().snapshots;
    report_.new_passages += taking.counts().new_passages;
    report_.routed += taking.counts().routed;
    return {};
  }

  Status failed(const Wanted& wanted, const Error& error) {
    ++report_.linked_failed;
    const bool hopeless = error.code == ErrorCode::refused || error.code == ErrorCode::not_found;
    const int failures = wanted.link.failures + 1;
    const bool given_up = hopeless || failures >= most_failures;
    const Timestamp next = parts_.clock.now() + first_wait * (1 << std::min(failures - 1, most_failures));
    STUBKEEPER_TRY(links_.failed(wanted.source->id, wanted.link.address, error.text(),
                                 given_up ? std::nullopt : std::optional{next}));
    // What a feed says of an article that cannot be had is taken from the feed itself, which has to be read
    // whole once more for it.
    const bool in_feed = wanted.source->kind == kb::SourceKind::feed;
    return given_up && in_feed ? kb::Sources{parts_.store}.forget_validators(wanted.source->id) : Status{};
  }

  const RefreshParts& parts_;
  const entries::SubjectIndex& subjects_;
  RefreshReport& report_;
  kb::LinkedAddresses links_;
  std::optional<Error> unreadable_;  // why the answer that is being taken says nothing
};

Result<std::vector<Wanted>> due_links(const RefreshParts& parts, const std::vector<kb::Source>& sources,
                                      bool sitemaps, std::int64_t most_of_a_source, std::int64_t most) {
  kb::LinkedAddresses links{parts.store};
  std::vector<std::vector<Wanted>> queues;
  for (const kb::Source& source : sources) {
    STUBKEEPER_ASSIGN(auto due, links.due(source.id, sitemaps, parts.clock.now(), most_of_a_source));
    std::vector<Wanted> queue;
    for (kb::LinkedAddress& link : due) queue.push_back({&source, std::move(link)});
    if (!queue.empty()) queues.push_back(std::move(queue));
  }
  return taken_in_turn(std::move(queues), static_cast<std::size_t>(most));
}

}  // namespace

std::vector<kb::LinkedAddress> links_of_sitemap(const crawler::Sitemap& map,
                                                const std::vector<std::string>& listers, bool is_backlog,
                                                int& refused) {
  const std::vector<Folder> folders = folders_of(listers);
  std::vector<kb::LinkedAddress> links;
  for (const crawler::Item& item : map.items) {
    const auto url = crawler::parse_url(item.url);
    const bool allowed =
        url && !url->has_user &&
        std::any_of(folders.begin(), folders.end(), [&](const Folder& folder) { return folder.holds(*url); });
    if (links.size() >= most_addresses_of_a_sitemap || !allowed) {
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

Result<std::vector<std::string>> sites_that_name(kb::Store& store, const std::vector<std::string>& sitemaps) {
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

bool is_to_be_followed(const crawler::Item& item, const std::string& follow_items) {
  if (follow_items == "never" || !crawler::parse_url(item.url)) return false;
  if (follow_items == "always") return true;
  const std::string& text = item.content.size() > item.summary.size() ? item.content : item.summary;
  return text.size() < most_bytes_of_a_summary || breaks_off(text);
}

Status fetch_linked_documents(const RefreshParts& parts, const std::vector<kb::Source>& sources,
                              const entries::SubjectIndex& subjects, std::optional<std::int64_t> most,
                              RefreshReport& report) {
  Following following{parts, subjects, report};
  const auto within = [&](std::int64_t number) { return most ? std::min(number, *most) : number; };
  const auto number_of_sources = static_cast<std::int64_t>(sources.size());
  STUBKEEPER_ASSIGN(const auto sitemaps, due_links(parts, sources, true, most_sitemaps_of_a_source,
                                                   within(most_sitemaps_of_a_source * number_of_sources)));
  STUBKEEPER_TRY(following.fetch(sitemaps, "reading sitemaps"));
  if (most) *most -= static_cast<std::int64_t>(sitemaps.size());
  const std::int64_t most_documents = within(parts.configuration.fetch.linked_per_run);
  STUBKEEPER_ASSIGN(const auto documents, due_links(parts, sources, false, most_documents, most_documents));
  STUBKEEPER_TRY(following.fetch(documents, "fetching linked pages"));
  kb::LinkedAddresses links{parts.store};
  for (const kb::Source& source : sources) {
    STUBKEEPER_ASSIGN(const auto counts, links.counts(source.id));
    report.linked_waiting += counts.waiting;
  }
  return {};
}

}  // namespace stubkeeper::cron
