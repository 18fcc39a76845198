#pragma once

#include <functional>
#include <string>

#include "kb/entries/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The lines of the section's changelog for approved changes, as the template "changelog_line" asks for them. A line
// is a change of the changelog's page of its own (upkeep_kind), which is approved and undone with the change that it
// tells of; a person's lines are never touched.

// How a line's change is approved, or undone, by the same reviewer in the same transaction.
using DecideOnLine = std::function<Status(const Change& line)>;

// Writes the line for a change of an entry that was approved with this text. Nothing where the section has no
// changelog or its rules ask for no line: another kind, an entry that is new (upkeep proposes its line), or one that
// has its line of that day already. `entry`: as it was before. A changelog that cannot be edited gets no line.
Status log_approved_change(Store& store, const Change& change, const Entry& entry, const std::string& text,
                           Timestamp now, const DecideOnLine& approve);

// Takes the line out again once the change was undone, and writes that of the next change that it stood for. A line
// that was edited since stays: it is a person's.
Status unlog_undone_change(Store& store, const Change& change, Timestamp now, const DecideOnLine& approve,
                           const DecideOnLine& undo);

}  // namespace stubkeeper::kb
