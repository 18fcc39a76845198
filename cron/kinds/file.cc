#include "cron/kinds/source_kind.h"

namespace stubkeeper::cron {

extern constinit const SourceKindRules file_kind{
    .name = "file",
    .addresses = "local HTML, Markdown, text and PDF files",
    .interval = page_interval,
    .is_suggested_by =
        [](std::string_view address) {
          return !address.starts_with("http://") && !address.starts_with("https://");
        },
    .parse = parse_single_document,
};

}  // namespace stubkeeper::cron
