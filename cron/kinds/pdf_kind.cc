#include "cron/kinds/source_kind.h"

#include <array>

namespace stubkeeper::cron {

std::span<const SourceKindRules> pdf_kind() {
  static constexpr std::array rules{SourceKindRules{
      .name = "pdf",
      .addresses = "addresses that end in .pdf",
      .interval = page_interval,
      .is_suggested_by = [](std::string_view address) { return address.ends_with(".pdf"); },
      .parse = parse_single_document,
  }};
  return rules;
}

}  // namespace stubkeeper::cron
