#include "kb/review/decided_dates.h"

#include <map>
#include <set>

#include "entries/document.h"
#include "entries/front_matter.h"
#include "entries/markdown/lines.h"
#include "kb/entries/edit_json.h"
#include "kb/entries/entry_store.h"
#include "kb/review/upkeep.h"
#include "kb/store/bodies.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

using entries::FrontMatter;

// A day that a standing approval asks for, by the number of its revision.
using DecidedDays = std::map<int, std::string>;

// Whether a revision has a date in a field: the house style of its time decided that.
Result<bool> has_date(Store& store, const std::string& body_sha256, std::string_view field,
                      const std::string& day) {
  STUBKEEPER_ASSIGN(const std::string bytes, Bodies{store}.get(body_sha256));
  return FrontMatter::parse(bytes).scalar(field) == day;
}

Result<DecidedDays> decided_days(Store& store, const Change& without, std::string_view field) {
  DecidedDays days;
  STUBKEEPER_TRY(store.database().run(
      "SELECT revision.number, revision.created_at, change.kind, change.edit_json, revision.body_sha256 "
      "FROM change JOIN revision ON revision.id = applied_revision_id "
      "WHERE change.state = 'approved' AND revision.entry_id = ? AND change.id <> ?",
      {without.entry_id, without.id}, [&](const Row& row) -> Status {
        const std::string kind = row.text(2);
        if (kind == upkeep_kind && field == "last_reviewed") return {};
        std::string day = iso_date(row.time(1));
        if (kind == rechecked_kind) {
          STUBKEEPER_ASSIGN(const auto edit, edit_from_json(row.text(3)));
          if (edit.target != field) return {};
          day = edit.text;
        } else {
          STUBKEEPER_ASSIGN(const bool is_set, has_date(store, row.text(4), field, day));
          if (!is_set) return {};
        }
        days[static_cast<int>(row.integer(0))] = day;
        return {};
      }));
  return days;
}

// The revisions that decisions on changes made.
Result<std::set<Id>> revisions_of_decisions(Store& store, Id entry_id) {
  std::set<Id> decided;
  STUBKEEPER_TRY(store.database().run(
      "SELECT revision_id FROM approval WHERE revision_id IN (SELECT id FROM revision WHERE entry_id = ?1) "
      "UNION SELECT revision_id FROM decision WHERE revision_id IN (SELECT id FROM revision WHERE entry_id = ?1)",
      {entry_id}, [&](const Row& row) -> Status {
        decided.insert(row.integer(0));
        return {};
      }));
  return decided;
}

// The last page on which something else than a decision on a change gave a field its value.
struct UndecidedPage {
  int number = 0;
  std::string bytes;
};

Result<UndecidedPage> last_undecided_page(Store& store, Id entry_id, std::string_view field) {
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto revisions, entries.revisions(entry_id));
  STUBKEEPER_ASSIGN(const auto decided, revisions_of_decisions(store, entry_id));
  UndecidedPage page;
  for (std::size_t i = revisions.size(); i-- > 0;) {
    if (i > 0 && decided.contains(revisions[i].id)) continue;
    STUBKEEPER_ASSIGN(page.bytes, entries.bytes(revisions[i]));
    page.number = revisions[i].number;
    if (i == 0) break;
    STUBKEEPER_ASSIGN(const std::string before, entries.bytes(revisions[i - 1]));
    if (FrontMatter::parse(page.bytes).scalar(field) != FrontMatter::parse(before).scalar(field)) break;
  }
  return page;
}

// The byte range of the one line of a field; empty where it takes more, or is not there.
entries::ByteRange field_line(const std::string& page, const FrontMatter& front_matter,
                              std::string_view field) {
  const std::size_t number = front_matter.line_of(field);
  const auto lines = entries::split_lines(page);
  if (number == 0 || number > lines.size() || !front_matter.scalar(field)) return {};
  const entries::Line& line = lines[number - 1];
  return {line.begin, line.end};
}

bool has_same_other_fields(const FrontMatter& a, const FrontMatter& b, std::string_view except) {
  if (!a.parse_error().empty() || !b.parse_error().empty()) return false;
  for (const auto* each : {&a, &b}) {
    for (const std::string& name : each->names()) {
      if (name != except && (a.scalar(name) != b.scalar(name) || a.list(name) != b.list(name))) return false;
    }
  }
  return true;
}

}  // namespace

std::string restore_field_line(const std::string& page, std::string_view field, const std::string& other) {
  const FrontMatter now = FrontMatter::parse(page);
  const FrontMatter before = FrontMatter::parse(other);
  const entries::ByteRange line = field_line(page, now, field);
  if (line.size() == 0 || now.kind() != before.kind()) return page;
  const entries::ByteRange old_line = field_line(other, before, field);
  if (before.has(field) && old_line.size() == 0) return page;
  std::string old_text{
      entries::strip_line_ending(std::string_view{other}.substr(old_line.begin, old_line.size()))};
  if (old_line.size() != 0) old_text += entries::detect_line_ending(page);
  std::string restored = page;
  restored.replace(line.begin, line.size(), old_text);
  const FrontMatter after = FrontMatter::parse(restored);
  const bool is_restored = after.scalar(field) == before.scalar(field);
  return is_restored && has_same_other_fields(now, after, field) ? restored : page;
}

Result<std::string> restore_decided_dates(Store& store, const Entry& entry, const Change& without,
                                          std::string page) {
  for (const char* field : {"lastmod", "last_reviewed"}) {
    const auto present = FrontMatter::parse(page).scalar(field);
    if (!present) continue;
    STUBKEEPER_ASSIGN(const auto undecided, last_undecided_page(store, entry.id, field));
    STUBKEEPER_ASSIGN(const auto days, decided_days(store, without, field));
    const std::string undecided_date = FrontMatter::parse(undecided.bytes).scalar(field).value_or("");
    std::string day;
    for (const auto& [number, each] : days) {
      if (number > undecided.number && each > day) day = each;
    }
    if (day.empty() || undecided_date.substr(0, day.size()) >= day) {
      if (undecided_date != *present) page = restore_field_line(page, field, undecided.bytes);
      continue;
    }
    if (day == *present) continue;
    STUBKEEPER_ASSIGN(page, entries::set_scalar(page, field, day, entries::ScalarStyle::bare_date));
  }
  return page;
}

}  // namespace stubkeeper::kb
