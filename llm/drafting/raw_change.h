#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "llm/drafter.h"

namespace stubkeeper::llm {

// One change of a model's answer, as it came: nothing in it is trusted, and no text of it is
// Markdown.
struct RawChange {
  std::string kind;
  std::string block;
  std::string date;
  std::string name;
  std::string label;
  std::vector<Quote> quotes;
  std::string text;
  std::string reason;
  std::string confidence;
};

// The change with its quotes and reason, and no edit yet.
DraftedChange make_change_without_edit(const RawChange& raw);

// " ([title](address), ...)" for each source that the quotes come from, once; "" for none.
std::string source_links(const Task& task, const std::vector<Quote>& quotes);

// The source of a quote as a link, or "" where its passage is not the task's.
std::string source_link(const Task& task, const Quote& quote);

// The index of the entry's block with that id.
std::optional<std::size_t> block_index(const Task& task, const std::string& id);

// A verdict on a claim, in the form of the Claim Verification part; the status is one of the house
// style's. A claim that the entry does not have yet is one change: a heading of level 3 with
// status, sources on both sides with their words, and summary. For one that it has (the block is
// its heading, or below it) each is a change of its own, so that one can be taken without the
// other: another status, and each quote after the sources of its side. None where the answer names
// no claim, no known status, or a block of no claim.
std::vector<DraftedChange> make_verdict_changes(const Task& task, const RawChange& raw);

// An entry that the answer proposes: a stub with its title and type, beside the task's entry under
// a name made of the title, and a change that puts the sentence, with its sources, into its
// summary. Nothing where title or sentence is missing, the type is not one of the conventions', no
// name can be made, or it is the task's entry or one of its related ones.
std::optional<DraftedEntry> make_new_entry(const Task& task, const RawChange& raw);

// The changes and entries of an answer that is valid by drafting_answer_schema(), as edits. Its
// texts become Markdown that shows the same characters and does nothing; sources are linked from
// the task, other pages by the task's references, and a new entry's path is made of its title: none
// of these is taken from the answer. `unusable` are changes that name a block that cannot be
// replaced, an impossible date or an unknown id. Changes count even where the verdict says that
// there is nothing new.
Draft parse_changes(const Task& task, std::string_view answer);

// Adds the changes and entries of one draft to another.
void append(Draft& draft, Draft other);

}  // namespace stubkeeper::llm
