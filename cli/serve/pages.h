#pragma once

#include <string>

#include "cli/serve/visit.h"

namespace stubkeeper::cli {

// One page each: what a GET of it gives. An error becomes a page of its own (frame.h).

// One change at a time, with what there is to decide.
Result<Response> review_page(const Visit& visit);
// What waits, by section, and the filters.
Result<Response> queue_page(const Visit& visit);
// What was typed into the search field: a change's number, or words.
Result<Response> find_page(const Visit& visit);
// A file that was edited by hand where the store has something newer. `word`: "c1".
Result<Response> conflict_page(const Visit& visit, const std::string& word);
// The entries of a section and its sections.
Result<Response> entries_page(const Visit& visit, const std::string& path);
// An entry as readers get it, or with a waiting change in it.
Result<Response> entry_page(const Visit& visit, const std::string& path);
// Its revisions, and what changed from one to another.
Result<Response> history_page(const Visit& visit, const std::string& path);
// Where each of its blocks comes from.
Result<Response> evidence_page(const Visit& visit, const std::string& path);
// A snapshot's text with a quote marked.
Result<Response> snapshot_page(const Visit& visit, const std::string& id);
// How the knowledge base fares: plots, each with its figures as a table.
Result<Response> overview_page(const Visit& visit);

// What a POST does; each gives the address to go on at.
Result<Response> decide_on_change(const Visit& visit);
Result<Response> decide_on_conflict(const Visit& visit);
// Takes back what was decided about a conflict, by whomever.
Result<Response> undo_conflict(const Visit& visit, std::int64_t conflict);

}  // namespace stubkeeper::cli
