#pragma once

#include <string>

#include "cli/serve/visit.h"

namespace stubkeeper::cli {

// One page each: what a GET of it gives. An error becomes a page of its own (frame.h).

// One change at a time, with what there is to decide.
Result<Answer> review_page(const Visit& visit);
// What waits, by section, and the filters.
Result<Answer> queue_page(const Visit& visit);
// What was typed into the search field: a change's number, or words.
Result<Answer> find_page(const Visit& visit);
// A file that was edited by hand where the store has something newer. `word`: "c1".
Result<Answer> conflict_page(const Visit& visit, const std::string& word);
// The entries of a section and its sections.
Result<Answer> entries_page(const Visit& visit, const std::string& path);
// An entry as readers get it, or with a waiting change in it.
Result<Answer> entry_page(const Visit& visit, const std::string& path);
// Its revisions, and what changed from one to another.
Result<Answer> history_page(const Visit& visit, const std::string& path);
// Where each of its blocks comes from.
Result<Answer> evidence_page(const Visit& visit, const std::string& path);
// A snapshot's text with a quote marked.
Result<Answer> snapshot_page(const Visit& visit, const std::string& id);
// How the knowledge base fares: plots, each with its figures as a table.
Result<Answer> overview_page(const Visit& visit);

// What a POST does; each gives the address to go on at.
Result<Answer> decide_on_change(const Visit& visit);
Result<Answer> decide_on_conflict(const Visit& visit);
// Takes back what was decided about a conflict, by whomever.
Result<Answer> undo_conflict(const Visit& visit, std::int64_t conflict);

}  // namespace stubkeeper::cli
