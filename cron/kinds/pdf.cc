#include "cron/kinds/source_kind.h"

namespace stubkeeper::cron {

extern constinit const SourceKindRules pdf_kind{
    .name = "pdf",
    .addresses = "addresses that end in .pdf",
    .interval = page_interval,
    .is_suggested_by = [](std::string_view address) { return address.ends_with(".pdf"); },
    .parse = parse_single_document,
};

}  // namespace stubkeeper::cron
