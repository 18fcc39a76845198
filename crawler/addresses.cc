#include "crawler/addresses.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "base/text/strings.h"

namespace stubkeeper::crawler {
namespace {

using Bytes = std::array<std::uint8_t, 16>;

struct Network {
  Bytes prefix;
  int bits;
};

Bytes to_ipv4_mapped(std::uint32_t address) {
  Bytes bytes{};
  bytes[10] = bytes[11] = 0xFF;
  for (unsigned i = 0; i < 4; ++i) bytes[12 + i] = static_cast<std::uint8_t>(address >> (24 - 8 * i));
  return bytes;
}

std::optional<Bytes> parse_ip(const std::string& text) {
  Bytes bytes{};
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
  std::uint32_t address = 0;
  if (::inet_pton(AF_INET, text.c_str(), &address) == 1) return to_ipv4_mapped(ntohl(address));
  return std::nullopt;
}

bool is_in_network(const Bytes& address, const Bytes& prefix, int bits) {
  int left = bits;
  for (std::size_t i = 0; i < address.size() && left > 0; ++i, left -= 8) {
    const auto mask = static_cast<std::uint8_t>(left >= 8 ? 0xFF : 0xFF << (8 - left));
    if ((address[i] & mask) != (prefix[i] & mask)) return false;
  }
  return true;
}

// IANA's IPv4 and IPv6 special-purpose address registries, and multicast. IPv4 networks are mapped,
// 96 bits longer.
const std::vector<Network>& special_networks() {
  static const std::vector<Network> networks = [] {
    std::vector<Network> all;
    const auto add = [&](const char* text, int bits) {
      const auto prefix = parse_ip(text);
      const bool v4 = std::strchr(text, ':') == nullptr;
      if (prefix) all.push_back({*prefix, v4 ? bits + 96 : bits});
    };
    add("0.0.0.0", 8);
    add("10.0.0.0", 8);
    add("100.64.0.0", 10);
    add("127.0.0.0", 8);
    add("169.254.0.0", 16);
    add("172.16.0.0", 12);
    add("192.0.0.0", 24);
    add("192.0.2.0", 24);
    add("192.88.99.0", 24);
    add("192.168.0.0", 16);
    add("198.18.0.0", 15);
    add("198.51.100.0", 24);
    add("203.0.113.0", 24);
    add("224.0.0.0", 4);
    add("240.0.0.0", 4);
    add("2001::", 23);  // protocol assignments: Teredo, benchmarking, ORCHID
    add("2001:db8::", 32);
    add("3fff::", 20);
    return all;
  }();
  return networks;
}

std::uint32_t to_uint32(const Bytes& bytes, std::size_t at) {
  return static_cast<std::uint32_t>(bytes[at]) << 24 | static_cast<std::uint32_t>(bytes[at + 1]) << 16 |
         static_cast<std::uint32_t>(bytes[at + 2]) << 8 | bytes[at + 3];
}

bool has_prefix(const Bytes& bytes, const char* prefix, int bits) {
  return is_in_network(bytes, *parse_ip(prefix), bits);
}

// The IPv4 addresses that an IPv6 address embeds.
std::vector<Bytes> embedded_ipv4(const Bytes& bytes) {
  std::vector<Bytes> found;
  if (has_prefix(bytes, "2002::", 16)) found.push_back(to_ipv4_mapped(to_uint32(bytes, 2)));
  if (has_prefix(bytes, "64:ff9b::", 96)) found.push_back(to_ipv4_mapped(to_uint32(bytes, 12)));
  return found;
}

// Unicast addresses are assigned from 2000::/3; apart from these, an IPv4 address may be mapped or
// have the well-known prefix of NAT64 (RFC 6052).
bool is_global_unicast(const Bytes& bytes) {
  return has_prefix(bytes, "2000::", 3) || has_prefix(bytes, "::ffff:0:0", 96) ||
         has_prefix(bytes, "64:ff9b::", 96);
}

bool is_special_purpose(const Bytes& bytes) {
  const auto listed = [](const Bytes& address) {
    return std::any_of(special_networks().begin(), special_networks().end(), [&](const Network& network) {
      return is_in_network(address, network.prefix, network.bits);
    });
  };
  if (!is_global_unicast(bytes) || listed(bytes)) return true;
  const auto inner = embedded_ipv4(bytes);
  return std::any_of(inner.begin(), inner.end(), listed);
}

struct Endpoint {
  Bytes bytes{};
  int port = 0;
};

std::optional<Endpoint> to_endpoint(const sockaddr& address) {
  Endpoint endpoint;
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    endpoint.bytes = to_ipv4_mapped(ntohl(v4.sin_addr.s_addr));
    endpoint.port = ntohs(v4.sin_port);
    return endpoint;
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    std::memcpy(endpoint.bytes.data(), &v6.sin6_addr, endpoint.bytes.size());
    endpoint.port = ntohs(v6.sin6_port);
    return endpoint;
  }
  return std::nullopt;
}

}  // namespace

Result<AddressRules> AddressRules::parse(const std::vector<std::string>& rules) {
  AddressRules result;
  for (const std::string& text : rules) {
    const Error invalid_rule{ErrorCode::invalid_argument,
                             "\"" + text + "\" is no address that can be allowed", "[fetch] allow_addresses",
                             "write 127.0.0.1, 127.0.0.1:8080, 10.0.0.0/8, ::1, [::1]:8080 or localhost"};
    std::string address = text;
    Rule rule;
    if (address.starts_with('[')) {
      const std::size_t close = address.find(']');
      if (close == std::string::npos) return invalid_rule;
      const std::string_view rest = std::string_view{text}.substr(close + 1);
      if (!rest.empty()) {
        const auto port = rest.starts_with(':') ? parse_number<int>(rest.substr(1), 0, 65535) : std::nullopt;
        if (!port) return invalid_rule;
        rule.port = *port;
      }
      address = address.substr(1, close - 1);
    } else if (std::count(address.begin(), address.end(), ':') == 1) {
      const std::size_t colon = address.find(':');
      const auto port = parse_number<int>(std::string_view{text}.substr(colon + 1), 0, 65535);
      if (!port) return invalid_rule;
      rule.port = *port;
      address.resize(colon);
    }
    int bits = -1;
    if (const std::size_t slash = address.find('/'); slash != std::string::npos) {
      const auto number = parse_number<int>(std::string_view{address}.substr(slash + 1), 0, 128);
      if (!number) return invalid_rule;
      bits = *number;
      address.resize(slash);
    }
    if (address == "localhost") {
      result.rules_.push_back({to_ipv4_mapped(0x7F000000), 104, rule.port});
      address = "::1";
    }
    const auto prefix = parse_ip(address);
    if (!prefix) return invalid_rule;
    const bool v4 = address.find(':') == std::string::npos;
    if (v4 && bits > 32) return invalid_rule;
    rule.prefix = *prefix;
    if (bits >= 0) rule.bits = v4 ? bits + 96 : bits;
    result.rules_.push_back(rule);
  }
  return result;
}

bool AddressRules::allows(const sockaddr& address) const {
  const auto endpoint = to_endpoint(address);
  if (!endpoint) return false;
  if (!is_special_purpose(endpoint->bytes)) return true;
  return std::any_of(rules_.begin(), rules_.end(), [&](const Rule& rule) {
    return is_in_network(endpoint->bytes, rule.prefix, rule.bits) &&
           (rule.port == 0 || rule.port == endpoint->port);
  });
}

std::string AddressRules::text(const sockaddr& address) {
  const auto endpoint = to_endpoint(address);
  if (!endpoint) return "an unknown kind of address";
  char text[INET6_ADDRSTRLEN] = {};
  if (address.sa_family == AF_INET) {
    ::inet_ntop(AF_INET, endpoint->bytes.data() + 12, text, sizeof text);
    return std::string{text} + ":" + std::to_string(endpoint->port);
  }
  ::inet_ntop(AF_INET6, endpoint->bytes.data(), text, sizeof text);
  return "[" + std::string{text} + "]:" + std::to_string(endpoint->port);
}

}  // namespace stubkeeper::crawler
