// Which addresses may be connected to, against IANA's registries of special-purpose addresses.

#include "crawler/addresses.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;

namespace {

bool allowed(const std::string& text, const std::vector<std::string>& rules = {}, int port = 80) {
  const auto parsed = AddressRules::parse(rules);
  REQUIRE(parsed.ok());
  sockaddr_in v4{};
  if (::inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(static_cast<std::uint16_t>(port));
    return parsed->allows(reinterpret_cast<const sockaddr&>(v4));
  }
  sockaddr_in6 v6{};
  INFO(text);
  REQUIRE(::inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1);
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(static_cast<std::uint16_t>(port));
  return parsed->allows(reinterpret_cast<const sockaddr&>(v6));
}

}  // namespace

TEST_CASE("special IPv4 ranges are refused from their first to their last address") {
  const std::vector<std::pair<const char*, const char*>> ranges{
      {"0.0.0.0", "0.255.255.255"},       {"10.0.0.0", "10.255.255.255"},
      {"100.64.0.0", "100.127.255.255"},  {"127.0.0.0", "127.255.255.255"},
      {"169.254.0.0", "169.254.255.255"}, {"172.16.0.0", "172.31.255.255"},
      {"192.0.0.0", "192.0.0.255"},       {"192.0.2.0", "192.0.2.255"},
      {"192.88.99.0", "192.88.99.255"},   {"192.168.0.0", "192.168.255.255"},
      {"198.18.0.0", "198.19.255.255"},   {"198.51.100.0", "198.51.100.255"},
      {"203.0.113.0", "203.0.113.255"},   {"224.0.0.0", "239.255.255.255"},
      {"240.0.0.0", "255.255.255.255"}};
  for (const auto& [first, last] : ranges) {
    INFO(first << " to " << last);
    CHECK_FALSE(allowed(first));
    CHECK_FALSE(allowed(last));
    // As they stand in an IPv6 socket.
    CHECK_FALSE(allowed("::ffff:" + std::string{first}));
    CHECK_FALSE(allowed("64:ff9b::" + std::string{last}));
  }
}

TEST_CASE("the neighbours of special IPv4 ranges are public") {
  for (const std::string address :
       {"1.0.0.0",         "9.255.255.255",   "11.0.0.0",        "100.63.255.255", "100.128.0.0",
        "126.255.255.255", "128.0.0.0",       "169.253.255.255", "169.255.0.0",    "172.15.255.255",
        "172.32.0.0",      "191.255.255.255", "192.0.1.0",       "192.0.3.0",      "192.88.98.255",
        "192.88.100.0",    "192.167.255.255", "192.169.0.0",     "198.17.255.255", "198.20.0.0",
        "198.51.99.255",   "198.51.101.0",    "203.0.112.255",   "203.0.114.0",    "223.255.255.255",
        "8.8.8.8"}) {
    INFO(address);
    CHECK(allowed(address));
    CHECK(allowed("::ffff:" + address));
    CHECK(allowed("64:ff9b::" + address));
  }
}

TEST_CASE("special IPv6 ranges and those that nobody was given are refused") {
  for (const std::string address : {"::",
                                    "::1",
                                    "::127.0.0.1",
                                    "::8.8.8.8",
                                    "::ffff:0:8.8.8.8",
                                    "64:ff9b:1::8.8.8.8",
                                    "100::1",
                                    "1fff::1",
                                    "2001::1",
                                    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                                    "2001:2::1",
                                    "2001:10::1",
                                    "2001:20::1",
                                    "2001:1ff:ffff::1",
                                    "2001:db8::1",
                                    "2001:db8:ffff:ffff::1",
                                    "3fff::1",
                                    "3fff:fff::1",
                                    "4000::1",
                                    "5f00::1",
                                    "fc00::1",
                                    "fdff::1",
                                    "fe80::1",
                                    "febf::1",
                                    "fec0::1",
                                    "feff::1",
                                    "ff00::1",
                                    "ff02::1",
                                    "ffff::1"}) {
    INFO(address);
    CHECK_FALSE(allowed(address));
  }
  for (const std::string address : {"2001:200::1", "2001:4860:4860::8888", "2606:4700::1111", "2a00:1450::1",
                                    "2001:db7::1", "2001:db9::1", "3fff:1000::1", "3ffe::1", "2000::1"}) {
    INFO(address);
    CHECK(allowed(address));
  }
}

TEST_CASE("an IPv6 address that wraps a special IPv4 address is refused") {
  CHECK_FALSE(allowed("2002:7f00:1::1"));      // 6to4 of 127.0.0.1
  CHECK_FALSE(allowed("2002:a00:1::"));        // of 10.0.0.1
  CHECK_FALSE(allowed("2002:c0a8:101::1"));    // of 192.168.1.1
  CHECK(allowed("2002:808:808::1"));           // of 8.8.8.8
  CHECK_FALSE(allowed("64:ff9b::7f00:1"));     // NAT64 of 127.0.0.1
  CHECK_FALSE(allowed("64:ff9b::a9fe:a9fe"));  // of 169.254.169.254
  CHECK_FALSE(allowed("::ffff:169.254.169.254"));
}

TEST_CASE("a rule allows what it names and nothing beside it") {
  CHECK(allowed("10.1.2.3", {"10.0.0.0/8"}));
  CHECK(allowed("::ffff:10.1.2.3", {"10.0.0.0/8"}));
  CHECK_FALSE(allowed("192.168.1.1", {"10.0.0.0/8"}));
  CHECK(allowed("127.0.0.1", {"127.0.0.1:8080"}, 8080));
  CHECK_FALSE(allowed("127.0.0.1", {"127.0.0.1:8080"}, 8081));
  CHECK_FALSE(allowed("127.0.0.2", {"127.0.0.1"}));
  CHECK(allowed("::1", {"localhost"}));
  CHECK(allowed("127.0.0.1", {"localhost"}));
  CHECK(allowed("::1", {"[::1]:443"}, 443));
  CHECK_FALSE(allowed("::1", {"[::1]:443"}, 444));
  CHECK(allowed("fd00::5", {"fd00::/8"}));
}
