#include "entries/edits/source_addresses.h"

#include <unicode/uidna.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/text/ascii.h"
#include "entries/markdown/links.h"

namespace stubkeeper::entries {
namespace {

std::string_view without_fragment_and_slashes(std::string_view address) {
  address = address.substr(0, address.find('#'));
  while (address.ends_with('/')) address.remove_suffix(1);
  return address;
}

// A host name of other letters in its ASCII form; what is no host name stays.
std::string to_ascii_host(std::string_view host) {
  if (is_all_ascii(host)) return ascii_lower(host);
  UErrorCode error = U_ZERO_ERROR;
  static const std::unique_ptr<UIDNA, void (*)(UIDNA*)> idna{uidna_openUTS46(UIDNA_DEFAULT, &error),
                                                             uidna_close};
  std::array<char, 300> ascii{};
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  error = U_ZERO_ERROR;
  const std::int32_t length =
      idna ? uidna_nameToASCII_UTF8(idna.get(), host.data(), static_cast<std::int32_t>(host.size()),
                                    ascii.data(), static_cast<std::int32_t>(ascii.size()), &info, &error)
           : 0;
  const bool converted =
      idna && U_SUCCESS(error) && info.errors == 0 && static_cast<std::size_t>(length) <= ascii.size();
  return converted ? std::string{ascii.data(), static_cast<std::size_t>(length)} : std::string{host};
}

std::string normalize_authority(std::string_view authority, std::string_view scheme) {
  const std::size_t user = authority.rfind('@');
  const std::size_t host = user == std::string_view::npos ? 0 : user + 1;
  std::size_t colon = authority.rfind(':');
  if (colon == std::string_view::npos || colon < host || authority.find(']', colon) != std::string_view::npos)
    colon = authority.size();
  const std::string_view port = authority.substr(std::min(colon + 1, authority.size()));
  const bool is_default = port.empty() || port == (scheme == "http" ? "80" : "443");
  return std::string{authority.substr(0, host)} + to_ascii_host(authority.substr(host, colon - host)) +
         (is_default ? "" : ":" + std::string{port});
}

bool is_unreserved(char c) {
  return is_ascii_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

void append_encoded(std::string& text, unsigned char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  text += {'%', digits[byte >> 4U], digits[byte & 15U]};
}

// Path and query.
std::string normalize_escapes(std::string_view text) {
  std::string normalized;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '%' && at + 2 < text.size() && hex_digit_value(text[at + 1]) >= 0 &&
        hex_digit_value(text[at + 2]) >= 0) {
      const int byte = hex_digit_value(text[at + 1]) * 16 + hex_digit_value(text[at + 2]);
      at += 2;
      if (is_unreserved(static_cast<char>(byte))) {
        normalized += static_cast<char>(byte);
      } else {
        append_encoded(normalized, static_cast<unsigned char>(byte));
      }
    } else if (!is_ascii(c) || c <= ' ' || c == 0x7F ||
               std::string_view{"\"<>\\^`{|}"}.find(c) != std::string_view::npos) {
      append_encoded(normalized, static_cast<unsigned char>(c));
    } else {
      normalized += c;
    }
  }
  return normalized;
}

// Where "http://" or "https://" begins whose "://" is at `colon`; npos for another scheme.
std::size_t find_scheme(std::string_view text, std::size_t colon) {
  for (const std::string_view scheme : {"https", "http"}) {
    if (colon >= scheme.size() &&
        equals_ignoring_case(text.substr(colon - scheme.size(), scheme.size()), scheme))
      return colon - scheme.size();
  }
  return std::string_view::npos;
}

// The length of the address at the start of `text`, which stands in no angle brackets.
std::size_t address_length(std::string_view text, bool in_parentheses) {
  std::size_t length = 0;
  int open = 0;
  for (; length < text.size(); ++length) {
    const char c = text[length];
    if (std::string_view{" \t\r\n<>\"|]"}.find(c) != std::string_view::npos) break;
    if (c == '(') ++open;
    if (c == ')' && open-- == 0) break;
  }
  // Bare in a sentence, the punctuation after an address is the sentence's.
  while (!in_parentheses && length > 0 &&
         std::string_view{".,;:!?'*"}.find(text[length - 1]) != std::string_view::npos)
    --length;
  return length;
}

}  // namespace

std::string normalize_source_address(std::string_view address) {
  address = without_fragment_and_slashes(address);
  const std::size_t colon = address.find("://");
  if (colon == std::string_view::npos) return std::string{address};
  const std::string scheme = ascii_lower(address.substr(0, colon));
  const std::string_view rest = address.substr(colon + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
  const std::string path = normalize_escapes(rest.substr(authority.size()));
  return scheme + "://" + normalize_authority(authority, scheme) + (path.starts_with('?') ? "/" : "") + path;
}

bool contains_address(const std::vector<std::string>& addresses, std::string_view address) {
  const std::string wanted = normalize_source_address(address);
  return std::any_of(addresses.begin(), addresses.end(), [&](const std::string& other) {
    return other == address || normalize_source_address(other) == wanted;
  });
}

bool text_contains_address(std::string_view text, std::string_view address) {
  const std::string_view wanted = without_fragment_and_slashes(address);
  if (wanted.empty()) return false;
  for (std::size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1)) {
    std::size_t end = at + wanted.size();
    while (end < text.size() && text[end] == '/') ++end;
    if (end == text.size() || std::string_view{" \t\r\n)>]\"'#|,"}.find(text[end]) != std::string_view::npos)
      return true;
  }
  return contains_address(extract_addresses(text), address);
}

std::vector<std::string> extract_addresses(std::string_view text) {
  std::vector<std::string> addresses;
  std::size_t end = 0;
  for (std::size_t colon = text.find("://"); colon != std::string_view::npos;
       colon = text.find("://", std::max(end, colon + 3))) {
    const std::size_t begin = find_scheme(text, colon);
    if (begin == std::string_view::npos || begin < end) continue;
    const char before = begin == 0 ? '\0' : text[begin - 1];
    // In angle brackets a destination may have blanks.
    const std::size_t bracket = before == '<' ? text.find_first_of("<>\r\n", begin) : std::string_view::npos;
    const bool in_brackets = bracket != std::string_view::npos && text[bracket] == '>';
    end = in_brackets ? bracket : begin + address_length(text.substr(begin), before == '(');
    addresses.push_back(resolve_destination(text.substr(begin, end - begin)));
  }
  return addresses;
}

}  // namespace stubkeeper::entries
