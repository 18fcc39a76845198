#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "crawler/robots_cache.h"

namespace stubkeeper::crawler {

// A rule of a robots.txt, as it is written there.
struct RobotsRule {
  bool allow = false;
  std::string pattern;
  std::size_t line = 0;  // 1-based
};

// Whether an agent may fetch, and the rule that decides; no rule where none matched (allowed by
// default).
struct RobotsDecision {
  bool allowed = true;
  std::optional<RobotsRule> rule;
};

// A robots.txt after RFC 9309: groups, longest match, `*` and `$`, percent-encoding, the first 500
// KiB. Parsing never fails: lines that are no rules are skipped (§2.2), and records that the RFC
// does not know (Crawl-delay, Sitemap) end no group (§2.2.4).
class Robots {
 public:
  static Robots parse(std::string_view body);

  // From a cached record. A 4xx answer allows everything (§2.3.1.3). While the file cannot be
  // reached, the last one that could applies (§2.4); without one nothing may be fetched, until
  // after 30 days it counts as missing (§2.3.1.4).
  static Robots from_record(const RobotsRecord& record, Timestamp now);

  // True where nothing may be fetched because the file cannot be reached.
  bool disallows_all() const { return disallow_all_; }

  // `agent` is a product token ("stubkeeper"); `address` a URL or a path with its query.
  RobotsDecision decide(std::string_view agent, std::string_view address) const;
  // The agent's Crawl-delay, which is not in RFC 9309 but widely obeyed.
  std::optional<std::chrono::milliseconds> crawl_delay(std::string_view agent) const;
  // The values of the Sitemap lines, which belong to no group (sitemaps.org), in order.
  const std::vector<std::string>& sitemaps() const { return sitemaps_; }

 private:
  struct Rule {
    RobotsRule as_written;
    std::string normalized_pattern;
  };
  struct Group {
    std::vector<std::string> agents;
    std::vector<Rule> rules;
  };
  struct Delay {
    std::vector<std::string> agents;
    std::chrono::milliseconds delay{0};
  };
  class Parser;

  std::vector<Group> groups_;
  std::vector<Delay> delays_;
  std::vector<std::string> sitemaps_;
  bool disallow_all_ = false;
};

}  // namespace stubkeeper::crawler
