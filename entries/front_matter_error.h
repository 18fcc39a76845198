#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "entries/front_matter.h"

namespace stubkeeper::entries {

// What is wrong with broken front matter.
struct FrontMatterError {
  std::size_t line = 1;  // in the page
  std::string message;
};
std::optional<FrontMatterError> find_front_matter_error(const FrontMatter& front_matter);

}  // namespace stubkeeper::entries
