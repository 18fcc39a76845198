#pragma once

#include <algorithm>
#include <string_view>

#include "base/consteval.h"

namespace stubkeeper::entries {

// The ids of schema/checks.toml.
inline constexpr std::string_view check_ids[] = {
#include "check_ids.inc"
};

// The id of a check, as a literal; one that schema/checks.toml does not have does not compile.
class CheckId {
 public:
  STUBKEEPER_CONSTEVAL CheckId(const char* id) : id_(id) {  // NOLINT: implicit by design
    if (std::find(std::begin(check_ids), std::end(check_ids), id_) == std::end(check_ids))
      throw "schema/checks.toml has no such check";
  }
  constexpr std::string_view text() const { return id_; }

 private:
  std::string_view id_;
};

}  // namespace stubkeeper::entries
