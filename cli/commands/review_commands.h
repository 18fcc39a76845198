#pragma once

#include <string>
#include <vector>

#include "cli/session.h"
#include "kb/export/conflicts.h"
#include "kb/review/proposals.h"

namespace stubkeeper::cli {

void add_review_list_command(CLI::App& review, Session& session);
void add_review_show_command(CLI::App& review, Session& session);
void add_review_approve_command(CLI::App& review, Session& session);
void add_review_reject_command(CLI::App& review, Session& session);
void add_review_edit_command(CLI::App& review, Session& session);
void add_review_undo_command(CLI::App& review, Session& session);
void add_review_split_command(CLI::App& review, Session& session);
void add_review_never_command(CLI::App& review, Session& session);
void add_review_refusals_command(CLI::App& review, Session& session);
void add_review_lift_command(CLI::App& review, Session& session);
void add_review_resolve_command(CLI::App& review, Session& session);

// The options that choose among changes, the same for `review` and `review list`.
struct ChangeFilterOptions {
  std::string entry;
  std::string flag;
  std::string kind;
  std::string source;
  kb::Id run = 0;
  std::string words;
  std::string older;    // "7d": proposed at least so long ago
  std::string younger;  // "12h": at most so long ago
  bool flagged = false;
  bool unflagged = false;
};
void add_filter_options(CLI::App& command, ChangeFilterOptions& options);
// invalid_argument for an age that is none; ages count back from now.
Result<kb::ChangeFilter> make_change_filter(const Session& session, kb::Store& store,
                                   const ChangeFilterOptions& options);
// The number of a change's id as it was typed. invalid_argument for another word, with what ids look like.
Result<kb::Id> parse_change_id(const std::string& word);
// The waiting conflicts that the options choose: by entry alone, as they have neither flags nor quotes.
Result<std::vector<kb::Conflict>> select_conflicts(kb::Store& store, const ChangeFilterOptions& options);

}  // namespace stubkeeper::cli
