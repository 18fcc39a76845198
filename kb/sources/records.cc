#include "kb/sources/records.h"

#include "kb/store/enum_names.h"

namespace stubkeeper::kb {
namespace {

// In the order of the enumerations.
constexpr EnumNames<4> source_states{"active", "paused", "gone", "removed"};

}  // namespace

const char* source_state_name(SourceState state) {
  return enum_name(source_states, state);
}
std::optional<SourceState> source_state_from_name(const std::string& name) {
  return enum_from_name<SourceState>(source_states, name);
}

}  // namespace stubkeeper::kb
