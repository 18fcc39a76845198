#include <algorithm>

#include "base/text/ascii.h"
#include "cron/kinds/source_kind.h"

namespace stubkeeper::cron {
namespace {

constexpr std::string_view default_kind = "page";

}  // namespace

const SourceKindRules& rules_of(std::string_view kind) {
  const auto find = [](std::string_view name) {
    return std::ranges::find(source_kinds(), name, &SourceKindRules::name);
  };
  const auto found = find(kind);
  return found == source_kinds().end() ? *find(default_kind) : *found;
}

const SourceKindRules& rules_of(const kb::Source& source) {
  return rules_of(source.kind);
}

std::size_t kind_column_width() {
  return std::ranges::max(source_kinds(), {}, [](const SourceKindRules& rules) { return rules.name.size(); })
      .name.size();
}

std::string suggest_source_kind(std::string_view address) {
  std::string path = ascii_lower(address.substr(0, address.find_first_of("?#")));
  while (path.ends_with('/')) path.pop_back();
  if (!path.starts_with("http://") && !path.starts_with("https://")) return "file";
  for (const SourceKindRules& rules : source_kinds())
    if (rules.is_suggested_by != nullptr && rules.is_suggested_by(path)) return std::string{rules.name};
  return std::string{default_kind};
}

Result<Refusal> refusal_of(const Error& reading_error) {
  if (reading_error.code == ErrorCode::busy) return reading_error;
  const bool is_ours = crawler::is_reader_failure(reading_error);
  return Refusal{is_ours ? RefusalKind::unread : RefusalKind::unreadable, reading_error};
}

bool is_first_fetch(const kb::Source& source) {
  return !source.checked_at || !source.changed_at;
}

}  // namespace stubkeeper::cron
