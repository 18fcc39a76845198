#include <algorithm>
#include <array>

#include "base/text/ascii.h"
#include "cron/kinds/source_kind.h"

namespace stubkeeper::cron {

extern const SourceKindRules page_kind;
extern const SourceKindRules feed_kind;
extern const SourceKindRules sitemap_kind;
extern const SourceKindRules pdf_kind;
extern const SourceKindRules file_kind;

std::span<const SourceKindRules* const> source_kinds() {
  static constexpr std::array kinds{&page_kind, &feed_kind, &sitemap_kind, &pdf_kind, &file_kind};
  return kinds;
}

const SourceKindRules& rules_of(std::string_view kind) {
  for (const SourceKindRules* rules : source_kinds())
    if (rules->name == kind) return *rules;
  return page_kind;
}

const SourceKindRules& rules_of(const kb::Source& source) {
  return rules_of(source.kind);
}

std::string suggest_source_kind(std::string_view address) {
  std::string path = ascii_lower(address.substr(0, address.find_first_of("?#")));
  while (path.ends_with('/')) path.pop_back();
  const auto kinds = source_kinds();
  const auto found = std::find_if(kinds.rbegin(), kinds.rend(),
                                  [&](const SourceKindRules* rules) { return rules->is_suggested_by(path); });
  return std::string{(*found)->name};
}

bool is_first_fetch(const kb::Source& source) {
  return !source.checked_at || !source.changed_at;
}

}  // namespace stubkeeper::cron
