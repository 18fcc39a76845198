#pragma once

#include "cli/session.h"
#include "crawler/http_fetcher.h"
#include "kb/sources/host_tables.h"

namespace stubkeeper::cli {

// robots.txt files in the knowledge base's store.
class StoredRobotsCache final : public crawler::RobotsCache {
 public:
  explicit StoredRobotsCache(kb::Store& store) : table_(store) {}
  std::optional<crawler::RobotsRecord> find(const std::string& origin) override;
  void keep(const std::string& origin, const crawler::RobotsRecord& record) override;

 private:
  kb::RobotsTable table_;
};

// What hosts asked for, in the knowledge base's store.
class StoredHostPauses final : public crawler::HostPauseStore {
 public:
  explicit StoredHostPauses(kb::Store& store) : table_(store) {}
  std::optional<crawler::HostPause> find(const std::string& host) override;
  void keep(const std::string& host, const crawler::HostPause& pause) override;

 private:
  kb::HostPauseTable table_;
};

// A fetcher as the knowledge base's configuration wants it. Borrows both arguments.
class ConfiguredFetcher {
 public:
  ConfiguredFetcher(const Session& session, const OpenKnowledgeBase& knowledge_base);
  crawler::Fetcher& fetcher() { return fetcher_; }
  crawler::RobotsCache& robots() { return robots_; }

 private:
  StoredRobotsCache robots_;
  StoredHostPauses pauses_;
  SystemSteadyClock steady_clock_;
  crawler::HttpFetcher fetcher_;
};

}  // namespace stubkeeper::cli
