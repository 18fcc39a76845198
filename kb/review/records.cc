#include "kb/review/records.h"

#include "kb/store/enum_names.h"

namespace stubkeeper::kb {
namespace {

// In the order of the enumerations.
constexpr EnumNames<4> verdicts{"approve", "reject", "edit", "undo"};

}  // namespace

const char* verdict_name(Verdict verdict) {
  return enum_name(verdicts, verdict);
}
std::optional<Verdict> verdict_from_name(const std::string& name) {
  return enum_from_name<Verdict>(verdicts, name);
}

}  // namespace stubkeeper::kb
