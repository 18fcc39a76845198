#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace stubkeeper::kb {

// The names of an enumeration's values as the store has them, in the order of the values.
template <std::size_t N>
using EnumNames = std::array<const char*, N>;

template <typename Enum, std::size_t N>
const char* enum_name(const EnumNames<N>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

template <typename Enum, std::size_t N>
std::optional<Enum> enum_from_name(const EnumNames<N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (name == names[i]) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace stubkeeper::kb
