#include "kb/runs/records.h"

#include "kb/store/enum_names.h"

namespace stubkeeper::kb {
namespace {

// In the order of the enumerations.
constexpr EnumNames<5> run_states{"running", "done", "partial", "failed", "interrupted"};
constexpr EnumNames<5> fetch_results{"new", "changed", "unchanged", "not_modified", "failed"};

}  // namespace

const char* run_state_name(RunState state) {
  return enum_name(run_states, state);
}
std::optional<RunState> run_state_from_name(const std::string& name) {
  return enum_from_name<RunState>(run_states, name);
}

const char* fetch_result_name(FetchResultKind kind) {
  return enum_name(fetch_results, kind);
}

}  // namespace stubkeeper::kb
