#include "kb/records.h"

#include <algorithm>
#include <array>

namespace stubkeeper::kb {
namespace {

// Names in the order of the enumeration: as they stand in the store.
constexpr std::array source_kinds{"page", "feed", "sitemap", "pdf", "search", "file"};
constexpr std::array source_states{"active", "paused", "gone", "removed"};
constexpr std::array entry_states{"stub", "published", "removed"};
constexpr std::array author_kinds{"person", "model", "policy", "import"};
constexpr std::array change_states{"waiting", "approved", "rejected", "outdated", "superseded"};
constexpr std::array verdicts{"approve", "reject", "edit", "undo"};
constexpr std::array run_states{"running", "done", "partial", "failed", "interrupted"};
constexpr std::array fetch_results{"new", "changed", "unchanged", "not_modified", "failed"};

template <typename Enum, std::size_t N>
std::optional<Enum> from_name(const std::array<const char*, N>& names, const std::string& name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (name == names[i]) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

const char* source_kind_name(SourceKind kind) {
  return source_kinds.at(static_cast<std::size_t>(kind));
}
std::optional<SourceKind> source_kind_from_name(const std::string& name) {
  return from_name<SourceKind>(source_kinds, name);
}
const char* source_state_name(SourceState state) {
  return source_states.at(static_cast<std::size_t>(state));
}
std::optional<SourceState> source_state_from_name(const std::string& name) {
  return from_name<SourceState>(source_states, name);
}
const char* entry_state_name(EntryState state) {
  return entry_states.at(static_cast<std::size_t>(state));
}
std::optional<EntryState> entry_state_from_name(const std::string& name) {
  return from_name<EntryState>(entry_states, name);
}
const char* author_kind_name(AuthorKind kind) {
  return author_kinds.at(static_cast<std::size_t>(kind));
}
std::optional<AuthorKind> author_kind_from_name(const std::string& name) {
  return from_name<AuthorKind>(author_kinds, name);
}
const char* change_state_name(ChangeState state) {
  return change_states.at(static_cast<std::size_t>(state));
}
std::optional<ChangeState> change_state_from_name(const std::string& name) {
  return from_name<ChangeState>(change_states, name);
}
bool is_flagged(const Change& change) {
  return std::any_of(change.flags.begin(), change.flags.end(),
                     [](const Flag& flag) { return !flag.resolved_at; });
}

const char* verdict_name(Verdict verdict) {
  return verdicts.at(static_cast<std::size_t>(verdict));
}
std::optional<Verdict> verdict_from_name(const std::string& name) {
  return from_name<Verdict>(verdicts, name);
}
const char* run_state_name(RunState state) {
  return run_states.at(static_cast<std::size_t>(state));
}
std::optional<RunState> run_state_from_name(const std::string& name) {
  return from_name<RunState>(run_states, name);
}
const char* fetch_result_name(FetchResultKind kind) {
  return fetch_results.at(static_cast<std::size_t>(kind));
}

}  // namespace stubkeeper::kb
