#include "kb/sources/records.h"

#include "kb/store/enum_names.h"

namespace stubkeeper::kb {
namespace {

// In the order of the enumerations.
constexpr EnumNames<6> source_kinds{"page", "feed", "sitemap", "pdf", "search", "file"};
constexpr EnumNames<4> source_states{"active", "paused", "gone", "removed"};

}  // namespace

const char* source_kind_name(SourceKind kind) {
  return enum_name(source_kinds, kind);
}
std::optional<SourceKind> source_kind_from_name(const std::string& name) {
  return enum_from_name<SourceKind>(source_kinds, name);
}

const char* source_state_name(SourceState state) {
  return enum_name(source_states, state);
}
std::optional<SourceState> source_state_from_name(const std::string& name) {
  return enum_from_name<SourceState>(source_states, name);
}

}  // namespace stubkeeper::kb
