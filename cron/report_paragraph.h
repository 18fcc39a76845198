#pragma once

#include <string>

#include "cron/report.h"

namespace stubkeeper::cron {

// A run in one paragraph, for cron's mail: what is new, what waits and how much of that is flagged, what
// failed, what it cost, and how to review it in the knowledge base at `folder`. Lines of at most 78
// characters, but for an address that is longer; ends with a line end.
std::string report_paragraph(const RefreshReport& report, const std::string& folder);

// Whether a run brought anything that a person should hear of: something new to review, something that a
// policy approved, a failure, or money that was spent.
bool has_news(const RefreshReport& report);

}  // namespace stubkeeper::cron
