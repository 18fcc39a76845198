#include "crawler/robots.h"

#include <algorithm>
#include <charconv>

#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

// RFC 9309 §2.5: a crawler reads at least this much.
constexpr std::size_t most_bytes = 500 * 1024;

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool same_word(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

// The product token at the start of a value (§2.2.1): letters, '-' and '_'; "*" stands for itself.
std::string_view product_token(std::string_view value) {
  if (value.starts_with('*')) return value.substr(0, 1);
  std::size_t length = 0;
  while (length < value.size()) {
    const char c = lower(value[length]);
    if (!((c >= 'a' && c <= 'z') || c == '-' || c == '_')) break;
    ++length;
  }
  return value.substr(0, length);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool is_unreserved(int byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
         byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

// §2.2.2: octets outside of ASCII and encoded ones are compared as encoded, in upper case; encoded unreserved
// ones as themselves.
std::string normalized(std::string_view path) {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string result;
  result.reserve(path.size());
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto byte = static_cast<unsigned char>(path[i]);
    if (byte == '%' && i + 2 < path.size() && hex_digit(path[i + 1]) >= 0 && hex_digit(path[i + 2]) >= 0) {
      const int decoded = hex_digit(path[i + 1]) * 16 + hex_digit(path[i + 2]);
      if (is_unreserved(decoded)) {
        result += static_cast<char>(decoded);
      } else {
        result += '%';
        result += hex[decoded / 16];
        result += hex[decoded % 16];
      }
      i += 2;
    } else if (byte >= 0x80 || byte <= 0x20 || byte == 0x7F) {
      result += '%';
      result += hex[byte >> 4];
      result += hex[byte & 15];
    } else {
      result += path[i];
    }
  }
  return result;
}

// Whether a normalized pattern with '*' and a final '$' matches the beginning of a normalized path: greedy
// with one point of return, so at most pattern × path steps.
bool matches(std::string_view pattern, std::string_view path) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  std::size_t p = 0;
  std::size_t s = 0;
  std::size_t star = std::string_view::npos;
  std::size_t retry = 0;
  for (;;) {
    if (p == pattern.size() && (!anchored || s == path.size())) return true;
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

std::string path_of(std::string_view address) {
  if (const auto url = parse_url(address); url && address.find("://") != std::string_view::npos) {
    // As it was given: the URL library must not decide what is encoded.
    const std::size_t begin = address.find_first_of("/?#", address.find("://") + 3);
    const std::string_view rest = begin == std::string_view::npos ? "/" : address.substr(begin);
    const std::string path{rest.substr(0, rest.find('#'))};
    return path.empty() || path[0] != '/' ? "/" + path : path;
  }
  const std::string path{address.substr(0, address.find('#'))};
  return path.starts_with('/') ? path : "/" + path;
}

}  // namespace

Robots Robots::parse(std::string_view body) {
  Robots robots;
  body = body.substr(0, most_bytes);
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  bool in_agents = false;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < body.size();) {
    const std::size_t end = std::min(body.find_first_of("\r\n", begin), body.size());
    std::string_view line = body.substr(begin, end - begin);
    begin = end + (body.substr(end, 2) == "\r\n" ? 2 : 1);
    ++number;
    line = trim(line.substr(0, line.find('#')));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view key = trim(line.substr(0, colon));
    const std::string_view value = trim(line.substr(colon + 1));
    if (same_word(key, "user-agent")) {
      if (!in_agents) robots.groups_.emplace_back();
      in_agents = true;
      robots.groups_.back().agents.emplace_back(product_token(value));
      continue;
    }
    const bool allow = same_word(key, "allow");
    if (allow || same_word(key, "disallow")) {
      in_agents = false;
      if (!robots.groups_.empty() && !value.empty())
        robots.groups_.back().rules.push_back({allow, std::string{value}, number});
    } else if (same_word(key, "crawl-delay") && !robots.groups_.empty()) {
      in_agents = false;
      double seconds = 0;
      const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
      if (error == std::errc{} && seconds >= 0 && seconds < 1e6) {
        robots.groups_.back().crawl_delay =
            std::chrono::milliseconds{static_cast<std::int64_t>(seconds * 1000)};
      }
    }
  }
  return robots;
}

Robots Robots::from_answer(int http_status, std::string_view body) {
  if (http_status >= 200 && http_status < 300) return parse(body);
  Robots robots;
  robots.disallow_all_ = http_status == 0 || http_status >= 500;
  return robots;
}

std::vector<const Robots::Group*> Robots::groups_for(std::string_view agent) const {
  std::vector<const Group*> named;
  std::vector<const Group*> any;
  const std::string_view token = product_token(agent);
  for (const Group& group : groups_) {
    const auto has = [&](std::string_view wanted) {
      return std::any_of(group.agents.begin(), group.agents.end(),
                         [&](const std::string& name) { return same_word(name, wanted); });
    };
    if (!token.empty() && token != "*" && has(token)) named.push_back(&group);
    if (has("*")) any.push_back(&group);
  }
  return named.empty() ? any : named;
}

RobotsDecision Robots::decide(std::string_view agent, std::string_view address) const {
  const std::string raw_path = path_of(address);
  // §2.2.2: robots.txt itself may always be fetched.
  if (raw_path == "/robots.txt") return {true, std::nullopt};
  if (disallow_all_) return {false, std::nullopt};
  const std::string path = normalized(raw_path);
  RobotsDecision decision;
  std::size_t longest = 0;
  for (const Group* group : groups_for(agent)) {
    for (const RobotsRule& rule : group->rules) {
      const std::string pattern = normalized(rule.pattern);
      if (!matches(pattern, path)) continue;
      // The longest match decides; of two as long, the one that allows.
      const bool wins = !decision.rule || pattern.size() > longest ||
                        (pattern.size() == longest && rule.allow && !decision.allowed);
      if (!wins) continue;
      longest = pattern.size();
      decision.allowed = rule.allow;
      decision.rule = rule;
    }
  }
  return decision;
}

std::optional<std::chrono::milliseconds> Robots::crawl_delay(std::string_view agent) const {
  std::optional<std::chrono::milliseconds> longest;
  for (const Group* group : groups_for(agent)) {
    if (group->crawl_delay && (!longest || *group->crawl_delay > *longest)) longest = group->crawl_delay;
  }
  return longest;
}

}  // namespace stubkeeper::crawler
