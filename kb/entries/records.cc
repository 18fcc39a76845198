#include "kb/entries/records.h"

#include <algorithm>

#include "kb/store/enum_names.h"

namespace stubkeeper::kb {
namespace {

// In the order of the enumerations.
constexpr EnumNames<3> entry_states{"stub", "published", "removed"};
constexpr EnumNames<4> author_kinds{"person", "model", "policy", "import"};
constexpr EnumNames<5> change_states{"waiting", "approved", "rejected", "outdated", "superseded"};

}  // namespace

const char* entry_state_name(EntryState state) {
  return enum_name(entry_states, state);
}
std::optional<EntryState> entry_state_from_name(const std::string& name) {
  return enum_from_name<EntryState>(entry_states, name);
}

const char* author_kind_name(AuthorKind kind) {
  return enum_name(author_kinds, kind);
}
std::optional<AuthorKind> author_kind_from_name(const std::string& name) {
  return enum_from_name<AuthorKind>(author_kinds, name);
}

const char* change_state_name(ChangeState state) {
  return enum_name(change_states, state);
}
std::optional<ChangeState> change_state_from_name(const std::string& name) {
  return enum_from_name<ChangeState>(change_states, name);
}

bool is_flagged(const Change& change) {
  return std::any_of(change.flags.begin(), change.flags.end(),
                     [](const Flag& flag) { return !flag.resolved_at; });
}

}  // namespace stubkeeper::kb
