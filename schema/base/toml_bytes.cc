#include "schema/base/toml_bytes.h"

#include <algorithm>

#include "schema/base/utf8.h"

namespace stubkeeper {

std::optional<std::size_t> first_byte_not_toml(std::string_view text) {
  const auto control = std::find_if(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
  });
  const auto at = static_cast<std::size_t>(control - text.begin());
  if (const auto invalid = first_invalid_utf8(text); invalid && *invalid < at) return invalid;
  return control == text.end() ? std::nullopt : std::optional{at};
}

}  // namespace stubkeeper
