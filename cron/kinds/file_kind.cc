#include "cron/kinds/source_kind.h"

#include <array>

namespace stubkeeper::cron {

std::span<const SourceKindRules> file_kind() {
  static constexpr std::array rules{SourceKindRules{
      .name = "file",
      .addresses = "local HTML, Markdown, text and PDF files",
      .interval = page_interval,
      .parse = parse_single_document,
  }};
  return rules;
}

}  // namespace stubkeeper::cron
