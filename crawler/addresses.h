#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

struct sockaddr;

namespace stubkeeper::crawler {

// The addresses that a socket may connect to: public unicast addresses, and others where a rule
// names them. Others are those of IANA's special-purpose registries (private, loopback, link-local,
// shared, documentation, benchmarking, multicast, reserved, and IPv6's own), also where an IPv4
// address is embedded by mapping, 6to4, Teredo or NAT64.
class AddressRules {
 public:
  AddressRules() = default;

  // Rules of [fetch] allow_addresses: "127.0.0.1", "127.0.0.1:8080", "10.0.0.0/8", "::1",
  // "[::1]:8080", "localhost".
  static Result<AddressRules> parse(const std::vector<std::string>& rules);

  bool allows(const sockaddr& address) const;

  // For messages: "127.0.0.1:8080".
  static std::string text(const sockaddr& address);

 private:
  struct Rule {
    std::array<std::uint8_t, 16> prefix{};  // IPv4 as mapped
    int bits = 128;
    int port = 0;                           // 0: any
  };
  std::vector<Rule> rules_;
};

}  // namespace stubkeeper::crawler
