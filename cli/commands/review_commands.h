#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/session.h"
#include "kb/export/conflicts.h"
#include "kb/review/proposals.h"

namespace stubkeeper::cli {

// The options that choose among changes, the same for `review` and for its commands: list, show,
// approve and reject.
struct ChangeFilterOptions {
  std::string entry;
  std::string flag;
  std::string kind;
  std::string source;
  kb::Id story = 0;
  kb::Id run = 0;
  std::string words;
  std::string older;    // "7d": proposed at least so long ago
  std::string younger;  // "12h": at most so long ago
  bool first_look = false;
  bool news = false;
  bool flagged = false;
  bool unflagged = false;
  bool operator==(const ChangeFilterOptions&) const = default;

  bool is_narrowing() const { return *this != ChangeFilterOptions{}; }
};
using SharedFilter = std::shared_ptr<ChangeFilterOptions>;

void add_review_list_command(CLI::App& review, Session& session, const SharedFilter& filter);
void add_review_show_command(CLI::App& review, Session& session, const SharedFilter& filter);
void add_review_approve_command(CLI::App& review, Session& session, const SharedFilter& filter);
void add_review_reject_command(CLI::App& review, Session& session, const SharedFilter& filter);
void add_review_edit_command(CLI::App& review, Session& session);
void add_review_undo_command(CLI::App& review, Session& session);
void add_review_split_command(CLI::App& review, Session& session);
void add_review_never_command(CLI::App& review, Session& session);
void add_review_refusals_command(CLI::App& review, Session& session);
void add_review_lift_command(CLI::App& review, Session& session);
void add_review_resolve_command(CLI::App& review, Session& session);

// Adds the filter's options to `review` or one of its commands. All of them write to one filter, so
// that it holds for the whole line wherever it stands.
void add_filter_options(CLI::App& command, ChangeFilterOptions& options);
// Of the parsed command line: invalid_argument where a filter stands before a command that takes
// none, or is given before a command and behind it too.
Status check_filters_are_heard(const CLI::App& review);
// Ages count back from now. invalid_argument for an age that is none, for a kind or a flag that
// there is not, with the nearest one, and for filters that exclude each other.
Result<kb::ChangeFilter> make_change_filter(const Session& session, kb::Store& store,
                                            const ChangeFilterOptions& options);
// The waiting conflicts of the options' entry; none where they filter by anything else, as
// conflicts have neither flags nor quotes.
Result<std::vector<kb::Conflict>> select_conflicts(kb::Store& store, const ChangeFilterOptions& options);

// The id of a change (review::parse_change_id). invalid_argument, with what ids look like.
Result<kb::Id> change_id_argument(const std::string& word);

// The outcome for one of the ids of a command.
struct IdOutcome {
  std::string list;           // of the JSON answer that it goes into where it succeeded: "changes"
  nlohmann::ordered_json id;  // as in the JSON answer
  std::string name;           // as in a message
  Status status;
};
// Reports each: `word` is what was done ("approved"), `lists` are those of the JSON answer, in
// order. One that failed is named and does not stop the others (exit code 3; 1 where all failed);
// the error of a single one is returned, unless --json is given.
Result<int> report_outcomes(const Session& session, const std::string& word,
                            const std::vector<std::string>& lists, const std::vector<IdOutcome>& outcomes);

}  // namespace stubkeeper::cli
