#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

// A robots.txt after RFC 9309: groups, longest match, `*` and `$`, percent-encoding, the first 500 KiB. Never
// fails: lines that are no rules are passed over (§2.2).
class Robots {
 public:
  static Robots parse(std::string_view body);
  // What follows from the answer's status: 4xx allows everything (§2.3.1.3), 5xx and unreachable (0) nothing
  // (§2.3.1.4).
  static Robots from_answer(int http_status, std::string_view body);

  // `agent` is a product token ("stubkeeper"); `address` a URL or a path with its query.
  RobotsDecision decide(std::string_view agent, std::string_view address) const;
  // The Crawl-delay of the agent's group, where there is one (not in RFC 9309, but widely kept).
  std::optional<std::chrono::milliseconds> crawl_delay(std::string_view agent) const;

 private:
  struct Group {
    std::vector<std::string> agents;
    std::vector<RobotsRule> rules;
    std::optional<std::chrono::milliseconds> crawl_delay;
  };
  std::vector<Group> groups_;
  bool disallow_all_ = false;
  std::vector<const Group*> groups_for(std::string_view agent) const;
};

}  // namespace stubkeeper::crawler
