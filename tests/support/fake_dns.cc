#include "tests/support/fake_dns.h"

#include <dlfcn.h>
#include <netdb.h>

#include <map>
#include <mutex>

namespace {

struct Name {
  std::vector<std::string> addresses;
  int lookups = 0;
};

// Asked by the resolver's threads.
std::mutex mutex;
std::map<std::string, Name>& names() {
  static std::map<std::string, Name> all;
  return all;
}

using GetAddrInfo = int (*)(const char*, const char*, const addrinfo*, addrinfo**);

GetAddrInfo the_system_s() {
  static const auto function = reinterpret_cast<GetAddrInfo>(::dlsym(RTLD_NEXT, "getaddrinfo"));
  return function;
}

}  // namespace

extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** result) {
  std::vector<std::string> addresses;
  bool is_ours = false;
  {
    const std::lock_guard lock{mutex};
    const auto found = node == nullptr ? names().end() : names().find(node);
    if (found != names().end()) {
      is_ours = true;
      ++found->second.lookups;
      addresses = found->second.addresses;
    }
  }
  if (!is_ours) return the_system_s()(node, service, hints, result);
  addrinfo numeric = hints == nullptr ? addrinfo{} : *hints;
  numeric.ai_flags = AI_NUMERICHOST;
  *result = nullptr;
  addrinfo** end = result;
  for (const std::string& address : addresses) {
    if (the_system_s()(address.c_str(), service, &numeric, end) != 0) continue;
    while (*end != nullptr) end = &(*end)->ai_next;
  }
  return *result == nullptr ? EAI_NONAME : 0;
}

namespace stubkeeper::testing {

FakeDns::FakeDns() = default;

FakeDns::~FakeDns() {
  const std::lock_guard lock{mutex};
  names().clear();
}

void FakeDns::answer(const std::string& name, const std::vector<std::string>& addresses) {
  const std::lock_guard lock{mutex};
  names()[name].addresses = addresses;
}

int FakeDns::lookups(const std::string& name) const {
  const std::lock_guard lock{mutex};
  return names()[name].lookups;
}

}  // namespace stubkeeper::testing
