#include "base/text/page_breaks.h"

namespace stubkeeper {

std::size_t page_at(std::string_view text, std::size_t byte) {
  std::size_t page = 1;
  bool any = false;
  for (std::size_t at = text.find("\n\f\n"); at != std::string_view::npos; at = text.find("\n\f\n", at + 2)) {
    any = true;
    if (at + 1 < byte) ++page;
  }
  return any ? page : 0;
}

}  // namespace stubkeeper
