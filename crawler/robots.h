#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "crawler/robots_cache.h"

namespace stubkeeper::crawler {

// A rule of a robots.txt, as it stands there.
struct RobotsRule {
  bool allow = false;
  std::string pattern;
  std::size_t line = 0;  // 1-based
};

// Whether an agent may fetch, and the rule that decides; no rule where nothing matched ("allowed by
// default").
struct RobotsDecision {
  bool allowed = true;
  std::optional<RobotsRule> rule;
};

// A robots.txt after RFC 9309: groups, longest match, `*` and `$`, percent-encoding (robots_path.h), the
// first 500 KiB. Never fails: lines that are no rules are passed over (§2.2), and records that the RFC does
// not know (Crawl-delay, Sitemap) end no group (§2.2.4).
class Robots {
 public:
  static Robots parse(std::string_view body);

  // What follows from what is known of an origin. A 4xx answer allows everything (§2.3.1.3). Where the file
  // cannot be reached (unreachable_since), the last one that could is kept to (§2.4); without one nothing may
  // be fetched, until after 30 days it counts as not there (§2.3.1.4).
  static Robots from_record(const RobotsRecord& record, Timestamp now);

  // Whether nothing may be fetched because the file cannot be reached.
  bool disallows_all() const { return disallow_all_; }

  // `agent` is a product token ("stubkeeper"); `address` a URL or a path with its query.
  RobotsDecision decide(std::string_view agent, std::string_view address) const;
  // The Crawl-delay for the agent, where there is one (not in RFC 9309, but widely kept).
  std::optional<std::chrono::milliseconds> crawl_delay(std::string_view agent) const;
  // The values of the Sitemap lines, in order, as they stand (sitemaps.org; they belong to no group).
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
