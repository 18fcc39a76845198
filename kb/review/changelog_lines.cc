#include "kb/review/changelog_lines.h"

#include <algorithm>

#include "base/text/strings.h"
#include "entries/site/changelog.h"
#include "entries/site/page_index.h"
#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "kb/review/upkeep.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

// An approved change that asks for a line.
struct LoggedText {
  const Change& change;
  const Entry& entry;
  std::string text;
  Timestamp approved_at;
};

Result<std::optional<Entry>> find_changelog(Store& store) {
  for (const std::string& file : store.conventions().style.changelog_files) {
    STUBKEEPER_ASSIGN(const auto found, store.database().query_one(
                                            "SELECT id FROM entry WHERE file = ? AND state = 'published'",
                                            {file}, first_integer));
    if (!found) continue;
    STUBKEEPER_ASSIGN(auto entry, EntryStore{store}.get(*found));
    return std::optional{std::move(entry)};
  }
  return std::optional<Entry>{};
}

// The entry as the changelog refers to it.
Result<entries::PageReference> reference_to(Store& store, const Entry& changelog, const Entry& entry) {
  STUBKEEPER_ASSIGN(
      const auto files,
      store.database().query("SELECT file FROM entry WHERE state = 'published'", {}, first_text));
  return entries::PageReference{entry.title, entries::PageIndex{files}.reference(changelog.file, entry.file)};
}

Status link_to_line(Store& store, Id change_id, Id line_id, const std::string& day, bool gave_words) {
  return store.database().run(
      "INSERT INTO logged_change (change_id, line_change_id, day, gave_words) VALUES (?, ?, ?, ?) "
      "ON CONFLICT (change_id) DO UPDATE SET line_change_id = excluded.line_change_id, day = excluded.day, "
      "gave_words = excluded.gave_words",
      {change_id, line_id, day, std::int64_t{gave_words}});
}

// The line that an entry has of a day; also one that a person turned down or took out again.
Result<std::optional<Id>> line_of_day(Store& store, Id entry_id, const std::string& day) {
  return store.database().query_one(
      "SELECT line_change_id FROM logged_change JOIN change ON change.id = change_id "
      "JOIN proposal ON proposal.id = change.proposal_id JOIN change AS line ON line.id = line_change_id "
      "WHERE entry_id = ? AND day = ? AND line.state IN ('approved', 'waiting', 'rejected') LIMIT 1",
      {entry_id, day}, first_integer);
}

// The line that a change has of a day.
Result<std::optional<Id>> line_of_change(Store& store, Id change_id, const std::string& day) {
  return store.database().query_one(
      "SELECT line_change_id FROM logged_change JOIN change AS line ON line.id = line_change_id "
      "WHERE change_id = ? AND day = ? AND line.state IN ('approved', 'waiting', 'rejected')",
      {change_id, day}, first_integer);
}

// The change of the changelog's page; 0 where a person has turned such a line down before.
Result<Id> propose_line(Store& store, const LoggedText& logged, const Entry& changelog, Timestamp now) {
  STUBKEEPER_ASSIGN(const auto page, EntryStore{store}.document(changelog.current_revision_id));
  STUBKEEPER_ASSIGN(const auto reference, reference_to(store, changelog, logged.entry));
  const std::string day = iso_date(logged.approved_at);
  const std::string words = entries::changelog_words(logged.change.old_text, logged.text);
  const std::string line = entries::format_changelog_line(entries::changelog_rules(store.conventions()).form,
                                                          {day, "Updated", reference, words},
                                                          store.conventions().style.max_changelog_characters);
  Proposals::NewChange proposed;
  proposed.kind = upkeep_kind;
  proposed.edit = entries::make_changelog_edit(page, line, day);
  STUBKEEPER_ASSIGN(auto preview, entries::preview_edit(page, proposed.edit));
  proposed.place = std::move(preview.place);
  proposed.old_text = std::move(preview.old_text);
  proposed.new_text = std::move(preview.new_text);
  proposed.reason = "change " + std::to_string(logged.change.id) + " of " + logged.entry.path;
  Proposals proposals{store};
  STUBKEEPER_ASSIGN(const auto of_change, proposals.proposal(logged.change.proposal_id));
  STUBKEEPER_ASSIGN(const Id proposal,
                    proposals.propose(of_change.run_id, changelog.id, changelog.current_revision_id,
                                      upkeep_kind, now, {}, {proposed}));
  if (proposal == 0) return Id{0};
  return store.database().query_number("SELECT id FROM change WHERE proposal_id = ?", {proposal});
}

// Whether an error is of the page and not of the store.
bool is_of_page(const Error& error) {
  return error.code == ErrorCode::conflict || error.code == ErrorCode::not_found ||
         error.code == ErrorCode::invalid_argument || error.code == ErrorCode::refused ||
         error.code == ErrorCode::unsupported;
}

// A step on the changelog's page: where the page cannot take it, the approval or undo is good all the same.
Status attempt(Store& store, const std::function<Status()>& step) {
  const Status status = store.run_in_savepoint(step);
  return status.ok() || !is_of_page(status.error()) ? status : Status{};
}

Status write_line(Store& store, const LoggedText& logged, const Entry& changelog, Timestamp now,
                  const DecideOnLine& approve) {
  return attempt(store, [&]() -> Status {
    STUBKEEPER_ASSIGN(const Id line_id, propose_line(store, logged, changelog, now));
    if (line_id == 0) return {};
    STUBKEEPER_TRY(link_to_line(store, logged.change.id, line_id, iso_date(logged.approved_at), true));
    STUBKEEPER_ASSIGN(const auto line, Proposals{store}.get(line_id));
    return approve(line);
  });
}

Result<bool> asks_for_line(Store& store, const Change& change, const Entry& entry, const Entry& changelog,
                           Timestamp now) {
  if (entry.id == changelog.id || entry.state != EntryState::published) return false;
  if (!contains(entries::changelog_rules(store.conventions()).kinds, change.kind)) return false;
  const Timestamp today = std::chrono::floor<std::chrono::days>(now);
  STUBKEEPER_ASSIGN(const bool is_new, store.database().has_rows(
                                           "SELECT 1 FROM new_entry WHERE entry_id = ? AND published_at >= ?",
                                           {entry.id, to_value(today)}));
  return !is_new;
}

// The text with which a change was approved last, and when.
Result<LoggedText> approved_text_of(Store& store, const Change& change, const Entry& entry) {
  LoggedText logged{change, entry, change.new_text, {}};
  STUBKEEPER_ASSIGN(const auto decisions, Proposals{store}.decisions(change.id));
  for (const Decision& decision : decisions) {
    if (decision.verdict == Verdict::undo || decision.verdict == Verdict::reject) continue;
    logged.approved_at = decision.decided_at;
    logged.text = decision.verdict == Verdict::edit ? decision.text : change.new_text;
  }
  return logged;
}

// The line of what is left of a line's changes: in the words of the first one.
Status write_line_of_rest(Store& store, const std::vector<Id>& rest, const Entry& changelog, Timestamp now,
                          const DecideOnLine& approve) {
  STUBKEEPER_ASSIGN(const auto first, Proposals{store}.get(rest.front()));
  STUBKEEPER_ASSIGN(const auto entry, EntryStore{store}.get(first.entry_id));
  STUBKEEPER_ASSIGN(const auto logged, approved_text_of(store, first, entry));
  STUBKEEPER_TRY(write_line(store, logged, changelog, now, approve));
  STUBKEEPER_ASSIGN(const auto line,
                    store.database().query_one("SELECT line_change_id FROM logged_change WHERE change_id = ?",
                                               {first.id}, first_integer));
  for (std::size_t i = 1; line && i < rest.size(); ++i)
    STUBKEEPER_TRY(link_to_line(store, rest[i], *line, iso_date(logged.approved_at), false));
  return {};
}

}  // namespace

Status log_approved_change(Store& store, const Change& change, const Entry& entry, const std::string& text,
                           Timestamp now, const DecideOnLine& approve) {
  STUBKEEPER_ASSIGN(const auto changelog, find_changelog(store));
  if (!changelog) return {};
  STUBKEEPER_ASSIGN(const bool is_asked_for, asks_for_line(store, change, entry, *changelog, now));
  if (!is_asked_for) return {};
  const std::string day = iso_date(now);
  const bool has_line_per_change = entries::changelog_rules(store.conventions()).has_line_per_change;
  STUBKEEPER_ASSIGN(const auto line, has_line_per_change ? line_of_change(store, change.id, day)
                                                         : line_of_day(store, entry.id, day));
  if (line) return link_to_line(store, change.id, *line, day, false);
  return write_line(store, {change, entry, text, now}, *changelog, now, approve);
}

Status unlog_undone_change(Store& store, const Change& change, Timestamp now, const DecideOnLine& approve,
                           const DecideOnLine& undo) {
  Database& database = store.database();
  struct Logged {
    Id line_id = 0;
    bool gave_words = false;
  };
  STUBKEEPER_ASSIGN(
      const auto logged,
      database.query_one("SELECT line_change_id, gave_words FROM logged_change WHERE change_id = ?",
                         {change.id}, [](const Row& row) {
                           return Logged{row.integer(0), row.integer(1) != 0};
                         }));
  if (!logged) return {};
  STUBKEEPER_ASSIGN(const auto rest,
                    database.query("SELECT change_id FROM logged_change JOIN change ON change.id = change_id "
                                   "WHERE line_change_id = ? AND state = 'approved' ORDER BY change_id",
                                   {logged->line_id}, first_integer));
  STUBKEEPER_ASSIGN(const auto line, Proposals{store}.get(logged->line_id));
  const bool is_written = line.state == ChangeState::approved;
  if (is_written && (logged->gave_words || rest.empty())) {
    STUBKEEPER_TRY(attempt(store, [&] { return undo(line); }));
    STUBKEEPER_ASSIGN(const auto undone, Proposals{store}.get(line.id));
    // A person edited it, and it goes on standing for the change should that be approved again.
    if (undone.state == ChangeState::approved) return {};
  }
  STUBKEEPER_TRY(database.run("DELETE FROM logged_change WHERE change_id = ?", {change.id}));
  if (!logged->gave_words && !rest.empty()) return {};
  // A line that a person turned down stays so; one that waits again tells of a change that is no more.
  STUBKEEPER_TRY(
      database.run("UPDATE change SET state = 'superseded' WHERE id = ? AND state <> 'rejected'", {line.id}));
  if (!is_written || rest.empty()) return {};
  STUBKEEPER_ASSIGN(const auto changelog, EntryStore{store}.get(line.entry_id));
  return write_line_of_rest(store, rest, changelog, now, approve);
}

}  // namespace stubkeeper::kb
