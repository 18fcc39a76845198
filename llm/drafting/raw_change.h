#pragma once

#include <string>
#include <vector>

#include "llm/drafter.h"

namespace stubkeeper::llm {

// One change of a model's answer, as it was said: nothing in it is trusted, and no text of it is Markdown.
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

// What the makers of changes share.

// A change with its quotes and reason, and no edit yet.
DraftedChange make_change_without_edit(const RawChange& raw);

// " ([title](address), ...)" for each source that the quotes come from, once; "" for none.
std::string source_links(const Task& task, const std::vector<Quote>& quotes);

// The source of a quote as a link, or "" where its passage is not the task's.
std::string source_link(const Task& task, const Quote& quote);

// A block of the entry by its id: its index, or nothing.
std::optional<std::size_t> block_index(const Task& task, const std::string& id);

}  // namespace stubkeeper::llm
