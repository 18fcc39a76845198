#include "entries/edits/source_addresses.h"

#include <algorithm>

namespace stubkeeper::entries {

std::string_view normalize_source_address(std::string_view address) {
  address = address.substr(0, address.find('#'));
  while (address.ends_with('/')) address.remove_suffix(1);
  return address;
}

bool contains_address(const std::vector<std::string>& addresses, std::string_view address) {
  return std::any_of(addresses.begin(), addresses.end(), [&](const std::string& other) {
    return normalize_source_address(other) == normalize_source_address(address);
  });
}

bool text_contains_address(std::string_view text, std::string_view address) {
  const std::string_view wanted = normalize_source_address(address);
  if (wanted.empty()) return false;
  for (std::size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1)) {
    std::size_t end = at + wanted.size();
    while (end < text.size() && text[end] == '/') ++end;
    if (end == text.size() || std::string_view{" \t\r\n)>]\"'#|,"}.find(text[end]) != std::string_view::npos)
      return true;
  }
  return false;
}

std::vector<std::string> extract_addresses(std::string_view text) {
  std::vector<std::string> addresses;
  for (std::size_t at = text.find("http"); at != std::string_view::npos; at = text.find("http", at)) {
    const std::string_view rest = text.substr(at);
    if (!rest.starts_with("http://") && !rest.starts_with("https://")) {
      at += 4;
      continue;
    }
    const bool in_link = at > 0 && text[at - 1] == '(';
    std::size_t length = 0;
    int open = 0;
    for (; length < rest.size(); ++length) {
      const char c = rest[length];
      if (std::string_view{" \t\r\n<>\"|]"}.find(c) != std::string_view::npos) break;
      if (c == '(') ++open;
      if (c == ')' && open-- == 0) break;
    }
    // Bare in a sentence, the punctuation after an address is the sentence's.
    while (!in_link && length > 0 &&
           std::string_view{".,;:!?'*"}.find(rest[length - 1]) != std::string_view::npos)
      --length;
    addresses.emplace_back(rest.substr(0, length));
    at += length;
  }
  return addresses;
}

}  // namespace stubkeeper::entries
