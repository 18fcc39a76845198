#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "kb/entries/records.h"
#include "kb/review/proposals.h"
#include "kb/store/store.h"
#include "llm/drafter.h"
#include "review/related_entries.h"

namespace stubkeeper::review {

// The one builder of llm::Task, for what a model drafts as for what a person writes instead.
//
// A task holds the entry's current text, passages with their snapshots and publishers, the quotes
// that its blocks rest on, the steering of its place, related entries, and what was rejected. A
// passage of more than 8,000 bytes is several ("p12", "p12-2"), cut between sentences. `today` is
// the UTC day on which the newest snapshot was fetched, so that a task that waits for a later run
// stays the same.

// The task of drafting: the passages that wait for the entry, except those that by now repeat on
// other pages of their host (kb::HostBoilerplate) or that a person refused (kb::Refusals).
Result<llm::Task> build_draft_task(kb::Store& store, const Clock& clock, const kb::Entry& entry,
                                   const std::vector<kb::Routing>& waiting, const RelatedEntries& related);

// The task that a person's version of a change is verified against: as the one that the change was
// drafted in, on the entry's current text; with each passage that the change quotes.
Result<llm::Task> build_edit_task(kb::Store& store, const kb::Change& change, Timestamp now);

// The passage of a task that holds a byte of a snapshot's text; nullptr for none.
const llm::TaskPassage* find_passage(const llm::Task& task, kb::Id snapshot_id, std::size_t byte);

// "same-story", for citations of a copy of what the entry cites already: no second source. `flags`
// are those that the change has so far; nothing where it is among them.
Result<std::optional<kb::Flag>> repeated_story_flag(kb::Store& store, kb::Id entry_id,
                                                    const std::vector<kb::Citation>& citations,
                                                    const std::vector<kb::Flag>& flags);

// A passage in pieces of at most `max_bytes` (8 or more) that together are the passage. A piece
// ends after a sentence in its second half, else after white space, else between two characters.
std::vector<std::string_view> split_long_passage(std::string_view passage, std::size_t max_bytes);

}  // namespace stubkeeper::review
