#include "cli/configured_fetcher.h"

namespace stubkeeper::cli {
namespace {

crawler::HttpOptions http_options(const config::Configuration::Fetch& fetch) {
  crawler::HttpOptions options;
  options.contact = fetch.contact;
  options.parallel = static_cast<int>(fetch.parallel);
  options.parallel_per_host = static_cast<int>(fetch.parallel_per_host);
  options.host_delay = std::chrono::milliseconds{fetch.delay_ms};
  options.connect_timeout = std::chrono::milliseconds{fetch.connect_timeout_ms};
  options.total_timeout = std::chrono::milliseconds{fetch.timeout_ms};
  options.max_bytes = static_cast<std::uint64_t>(fetch.max_bytes);
  options.allow_addresses = fetch.allow_addresses;
  options.ca_file = fetch.ca_file;
  return options;
}

}  // namespace

std::optional<crawler::RobotsRecord> StoredRobotsCache::find(const std::string& origin) {
  // A robots.txt that cannot be read from the store is fetched again.
  const auto found = table_.find(origin);
  if (!found.ok() || !found->has_value()) return std::nullopt;
  const kb::StoredRobots& stored = **found;
  return crawler::RobotsRecord{stored.fetched_at, stored.http_status, stored.body, stored.unreachable_since};
}

void StoredRobotsCache::keep(const std::string& origin, const crawler::RobotsRecord& record) {
  // Keeping it saves a request, no more: the run goes on where the store refuses it, and trips over the store
  // itself next.
  static_cast<void>(
      table_.keep(origin, {record.fetched_at, record.http_status, record.body, record.unreachable_since}));
}

std::optional<crawler::HostPause> StoredHostPauses::find(const std::string& host) {
  const auto found = table_.find(host);
  if (!found.ok() || !found->has_value()) return std::nullopt;
  return crawler::HostPause{(*found)->until, (*found)->reason};
}

void StoredHostPauses::keep(const std::string& host, const crawler::HostPause& pause) {
  // The run itself knows of it; a store that refuses this refuses the next answer too, and says so then.
  static_cast<void>(table_.keep(host, {pause.until, pause.reason}));
}

ConfiguredFetcher::ConfiguredFetcher(const Session& session, const OpenKnowledgeBase& knowledge_base)
    : robots_(*knowledge_base.store),
      pauses_(*knowledge_base.store),
      fetcher_(http_options(knowledge_base.configuration.fetch), robots_, pauses_, session.environment.clock,
               steady_clock_) {}

}  // namespace stubkeeper::cli
