#pragma once

#include <string>

#include "cli/serve/page_layout.h"

namespace stubkeeper::cli {

// The pages, by GET. `path` is an entry's. An error becomes error_page().

Result<Response> review_page(const Visit& visit);  // one change, with its decisions
Result<Response> queue_page(const Visit& visit);   // what waits, by section, and the filters
Result<Response> find_page(const Visit& visit);    // leads to a change by its number, or searches for words
Result<Response> conflict_page(const Visit& visit, const std::string& name);  // "c1"
Result<Response> entries_page(const Visit& visit, const std::string& path);   // of a section
// An entry as readers get it, or with a waiting change in it.
Result<Response> entry_page(const Visit& visit, const std::string& path);
// The revisions of an entry, and what changed between two.
Result<Response> history_page(const Visit& visit, const std::string& path);
Result<Response> evidence_page(const Visit& visit, const std::string& path);  // where each block comes from
Result<Response> snapshot_page(const Visit& visit, const std::string& id);    // its text with a quote marked
Result<Response> overview_page(const Visit& visit);  // plots, each with its figures as a table

// The forms, by POST. Each gives the address to go on at.
Result<Response> decide_on_change(const Visit& visit);
Result<Response> decide_on_conflict(const Visit& visit);
// Undoes the decision on a conflict, of any reviewer.
Result<Response> undo_conflict(const Visit& visit, std::int64_t conflict);

}  // namespace stubkeeper::cli
