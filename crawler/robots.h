#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace stubkeeper::crawler {

// Paths and patterns of robots.txt, normalized so that they can be compared byte by byte (RFC 9309
// §2.2.2, §2.2.3). Percent-encoded octets that need no encoding in their place (unreserved ones;
// reserved ones that delimit nothing there, such as ':' in a path or '/' in a query) are decoded;
// all others that a URI cannot contain are encoded in upper case. So "/caf%c3%a9" is "/café",
// "/%7Ejoe" is "/~joe", "?u=https%3A%2F%2Fa" is "?u=https://a", but "/a%2Fb" is not "/a/b".

// The path and query of an address, or of a path ("/a?b"), without a fragment; "/" where there is
// none.
std::string normalize_path(std::string_view address);

// '*' anywhere and '$' at the end keep their meaning; "%2A" and "%24" are those characters.
std::string normalize_pattern(std::string_view pattern);

// Whether a normalized pattern matches the beginning of a normalized path, or with a final '$' all
// of it. Takes at most pattern × path steps.
bool pattern_matches(std::string_view pattern, std::string_view path);

// Whether a response leaves robots.txt unknown (RFC 9309 §2.3.1.4): none at all (0), a server
// error, and 429, which the RFC treats as any 4xx, though nobody should fetch more after it.
bool is_unreachable(int http_status);

// An origin's robots.txt as last fetched. While it is unreachable, the last known response stays in
// the record.
struct RobotsRecord {
  Timestamp fetched_at;  // last tried
  int http_status = 0;   // of the response, or of the last failure where there never was one
  std::string body;
  std::optional<Timestamp> unreachable_since;  // the first failure after the response
};

// The record after one more try with this status and body; 0 where there was no response.
RobotsRecord update_record(const std::optional<RobotsRecord>& kept, int http_status, std::string body,
                         Timestamp now);

// Stores robots.txt files between requests and runs, by origin ("https://example.org:8443").
class RobotsCache {
 public:
  virtual ~RobotsCache() = default;
  virtual std::optional<RobotsRecord> find(const std::string& origin) = 0;
  virtual void keep(const std::string& origin, const RobotsRecord& record) = 0;
};

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
