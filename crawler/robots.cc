#include "crawler/robots.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/text/ascii.h"
#include "base/text/encoding.h"
#include "base/text/url.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

bool is_one_of(char c, std::string_view characters) {
  return characters.find(c) != std::string_view::npos;
}

// Whether a character means the same encoded and not (RFC 3986 §2.3, §3.3, §3.4). '*' and '$',
// which are signs in a pattern, are the caller's.
bool needs_no_encoding(char c, bool in_query) {
  if (is_ascii_alphanumeric(c) || is_one_of(c, "-._~:@!'(),")) return true;
  return is_one_of(c, in_query ? "/?" : "&+;=");
}

bool is_delimiter(char c, bool in_query) {
  return is_one_of(c, in_query ? "&+;=" : "/?");
}

std::string normalize(std::string_view text, bool is_pattern) {
  std::string result;
  result.reserve(text.size());
  bool in_query = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool encoded = text[i] == '%' && i + 2 < text.size() && hex_digit_value(text[i + 1]) >= 0 &&
                         hex_digit_value(text[i + 2]) >= 0;
    const char c = encoded
                       ? static_cast<char>(hex_digit_value(text[i + 1]) * 16 + hex_digit_value(text[i + 2]))
                       : text[i];
    const bool is_wildcard = is_pattern && !encoded && (c == '*' || (c == '$' && i + 1 == text.size()));
    if (is_wildcard || needs_no_encoding(c, in_query) || (!encoded && is_delimiter(c, in_query))) {
      result += c;
    } else {
      result += percent_encode_component({&c, 1});
    }
    if (encoded) i += 2;
    in_query = in_query || (c == '?' && !encoded);
  }
  return result;
}

// Unchanged: the URL library must not decide what is encoded.
std::string_view path_and_query(std::string_view address) {
  if (address.find("://") != std::string_view::npos && parse_url(address))
    address = url_path_and_rest(address);
  return address.substr(0, address.find('#'));
}

// RFC 9309 §2.5: a crawler reads at least this much.
constexpr std::size_t max_bytes = 500 * 1024;

// RFC 9309 §2.3.1.4: "a reasonably long period of time (for example, 30 days)".
constexpr auto max_unreachable_time = std::chrono::days{30};

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// The product token at the start of a value (§2.2.1): letters, '-' and '_', or "*"; "" where there
// is none, which no agent is called.
std::string_view product_token(std::string_view value) {
  if (value == "*" || value.starts_with("* ") || value.starts_with("*\t")) return value.substr(0, 1);
  const auto end = std::find_if_not(value.begin(), value.end(),
                                    [](char c) { return is_ascii_letter(c) || c == '-' || c == '_'; });
  return value.substr(0, static_cast<std::size_t>(end - value.begin()));
}

bool contains_agent(const std::vector<std::string>& agents, std::string_view wanted) {
  return std::any_of(agents.begin(), agents.end(), [&](const std::string& agent) {
    return !agent.empty() && equals_ignoring_case(agent, wanted);
  });
}

// The `items` for an agent by its name, or, where no group names it, those for all.
template <typename Item>
std::vector<const Item*> select_for_agent(const std::vector<Item>& items, std::string_view agent,
                                          bool by_name) {
  std::vector<const Item*> found;
  for (const Item& item : items) {
    if (contains_agent(item.agents, by_name ? agent : "*")) found.push_back(&item);
  }
  return found;
}

template <typename Group>
bool has_group_for(const std::vector<Group>& groups, std::string_view token) {
  return token != "*" && std::any_of(groups.begin(), groups.end(),
                                     [&](const Group& group) { return contains_agent(group.agents, token); });
}

}  // namespace

std::string normalize_path(std::string_view address) {
  const std::string_view path = path_and_query(address);
  return (path.starts_with('/') ? "" : "/") + normalize(path, false);
}

std::string normalize_pattern(std::string_view pattern) {
  return normalize(pattern, true);
}

bool pattern_matches(std::string_view pattern, std::string_view path) {
  const bool anchored_at_end = pattern.ends_with('$');
  if (anchored_at_end) pattern.remove_suffix(1);
  std::size_t p = 0;
  std::size_t s = 0;
  // Greedy with one point of return: an earlier star can take nothing that the last one could not.
  std::size_t star = std::string_view::npos;
  std::size_t retry = 0;
  for (;;) {
    if (p == pattern.size() && (!anchored_at_end || s == path.size())) return true;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = s;
    } else if (p < pattern.size() && s < path.size() && pattern[p] == path[s]) {
      ++p;
      ++s;
    } else if (star != std::string_view::npos && retry < path.size()) {
      p = star + 1;
      s = ++retry;
    } else {
      return false;
    }
  }
}

bool is_unreachable(int http_status) {
  return http_status == 0 || http_status >= 500 || http_status == 429;
}

RobotsRecord update_record(const std::optional<RobotsRecord>& kept, int http_status, std::string body,
                           Timestamp now) {
  if (!is_unreachable(http_status)) return {now, http_status, std::move(body), std::nullopt};
  if (!kept) return {now, http_status, "", now};
  RobotsRecord record = *kept;
  record.fetched_at = now;
  if (is_unreachable(record.http_status)) record.http_status = http_status;
  if (!record.unreachable_since) record.unreachable_since = now;
  return record;
}

class Robots::Parser {
 public:
  explicit Parser(Robots& robots) : robots_(robots) {}

  void parse_line(std::string_view line, std::size_t number) {
    line = line.substr(0, line.find('#'));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view key = trim(line.substr(0, colon));
    const std::string_view value = trim(line.substr(colon + 1));
    if (equals_ignoring_case(key, "user-agent")) return add_user_agent(value);
    if (equals_ignoring_case(key, "sitemap") && !value.empty()) robots_.sitemaps_.emplace_back(value);
    if (equals_ignoring_case(key, "crawl-delay")) add_crawl_delay(value);
    const bool allow = equals_ignoring_case(key, "allow");
    if (!allow && !equals_ignoring_case(key, "disallow")) return;
    group_agents_complete_ = true;
    crawl_delay_agents_complete_ = true;
    if (robots_.groups_.empty() || value.empty()) return;
    robots_.groups_.back().rules.push_back(
        {RobotsRule{allow, std::string{value}, number}, normalize_pattern(value)});
  }

 private:
  void add_user_agent(std::string_view value) {
    if (group_agents_complete_ || robots_.groups_.empty()) robots_.groups_.emplace_back();
    if (crawl_delay_agents_complete_) crawl_delay_agents_.clear();
    group_agents_complete_ = false;
    crawl_delay_agents_complete_ = false;
    robots_.groups_.back().agents.emplace_back(product_token(value));
    crawl_delay_agents_.emplace_back(product_token(value));
  }

  // A Crawl-delay is for the agents named before it, also between two User-agent lines that RFC
  // 9309 puts in one group.
  void add_crawl_delay(std::string_view value) {
    crawl_delay_agents_complete_ = true;
    double seconds = 0;
    const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error != std::errc{} || !(seconds >= 0 && seconds < 1e6)) return;
    const auto delay = std::chrono::milliseconds{static_cast<std::int64_t>(seconds * 1000)};
    robots_.delays_.push_back({crawl_delay_agents_, delay});
  }

  Robots& robots_;
  bool group_agents_complete_ = false;
  std::vector<std::string> crawl_delay_agents_;
  bool crawl_delay_agents_complete_ = false;
};

Robots Robots::parse(std::string_view body) {
  Robots robots;
  if (body.size() > max_bytes) {
    // A line that is cut off would be another rule: "Disallow: /a" of "Disallow: /admin".
    const std::size_t last_end = body.substr(0, max_bytes).find_last_of("\r\n");
    body = body.substr(0, last_end == std::string_view::npos ? 0 : last_end);
  }
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  Parser parser{robots};
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < body.size();) {
    const std::size_t end = std::min(body.find_first_of("\r\n", begin), body.size());
    parser.parse_line(body.substr(begin, end - begin), ++number);
    begin = end + (body.substr(end, 2) == "\r\n" ? 2 : 1);
  }
  return robots;
}

Robots Robots::from_record(const RobotsRecord& record, Timestamp now) {
  Robots robots;
  if (!is_unreachable(record.http_status)) {
    if (record.http_status >= 200 && record.http_status < 300) robots = parse(record.body);
    return robots;
  }
  const Timestamp since = record.unreachable_since.value_or(record.fetched_at);
  robots.disallow_all_ = now - since < max_unreachable_time;
  return robots;
}

RobotsDecision Robots::decide(std::string_view agent, std::string_view address) const {
  const std::string path = normalize_path(address);
  // §2.2.2: robots.txt itself may always be fetched.
  if (path == "/robots.txt") return {true, std::nullopt};
  if (disallow_all_) return {false, std::nullopt};
  const std::string_view token = product_token(agent);
  RobotsDecision decision;
  std::size_t longest = 0;
  for (const Group* group : select_for_agent(groups_, token, has_group_for(groups_, token))) {
    for (const Rule& rule : group->rules) {
      const std::size_t octets = rule.normalized_pattern.size();
      if (decision.rule && octets < longest) continue;
      if (!pattern_matches(rule.normalized_pattern, path)) continue;
      // The longest match decides; of two as long, the one that allows.
      const bool takes_precedence =
          !decision.rule || octets > longest || (rule.as_written.allow && !decision.allowed);
      if (!takes_precedence) continue;
      longest = octets;
      decision.allowed = rule.as_written.allow;
      decision.rule = rule.as_written;
    }
  }
  return decision;
}

std::optional<std::chrono::milliseconds> Robots::crawl_delay(std::string_view agent) const {
  const std::string_view token = product_token(agent);
  std::optional<std::chrono::milliseconds> longest;
  for (const Delay* delay : select_for_agent(delays_, token, has_group_for(groups_, token))) {
    if (!longest || delay->delay > *longest) longest = delay->delay;
  }
  return longest;
}

}  // namespace stubkeeper::crawler
