#include "base/version.h"

namespace stubkeeper {

std::string_view program_version() {
  return STUBKEEPER_VERSION;
}

}  // namespace stubkeeper
