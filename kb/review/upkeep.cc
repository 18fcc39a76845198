#include "kb/review/upkeep.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "entries/edits/list_items.h"
#include "entries/markdown/tables.h"
#include "entries/page_templates.h"
#include "entries/site/changelog.h"
#include "entries/site/landing_pages.h"
#include "entries/site/page_index.h"
#include "kb/entries/entry_store.h"
#include "kb/review/evidence.h"
#include "kb/review/proposals.h"
#include "kb/sources/sources.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

// From so many new entries of a topic area on, one line of the changelog names them together.
constexpr std::size_t min_entries_for_shared_line = 5;
constexpr std::size_t max_mission_characters = 160;

struct NewEntry {
  Entry entry;
  Id run_id = 0;
  std::set<std::string> done;  // the pages that it was proposed for
};

Result<std::vector<NewEntry>> new_entries(Store& store) {
  std::map<Id, NewEntry> found;
  STUBKEEPER_TRY(store.database().run(
      "SELECT new_entry.entry_id, run_id, COALESCE(page, '') FROM new_entry LEFT JOIN upkeep USING "
      "(entry_id) "
      "WHERE (SELECT COUNT(*) FROM upkeep WHERE upkeep.entry_id = new_entry.entry_id) < 3",
      {}, [&](const Row& row) -> Status {
        NewEntry& fresh = found[row.integer(0)];
        fresh.run_id = row.integer(1);
        fresh.done.insert(row.text(2));
        return {};
      }));
  std::vector<NewEntry> entries;
  for (auto& [id, fresh] : found) {
    STUBKEEPER_ASSIGN(fresh.entry, EntryStore{store}.get(id));
    if (fresh.entry.state == EntryState::published) entries.push_back(std::move(fresh));
  }
  return entries;
}

std::string topic_area(const Entry& entry) {
  return entry.path.substr(0, entry.path.find('/'));
}

class Upkeep {
 public:
  Upkeep(Store& store, Timestamp now, const std::vector<Entry>& all)
      : store_(store), now_(now), style_(store.conventions().style), pages_(files_of(all)) {
    for (const Entry& entry : all) {
      if (entry.state == EntryState::published) by_file_.emplace(entry.file, entry);
    }
  }

  // For each page by itself: what one cannot take, others may.
  Status run(const std::vector<NewEntry>& fresh, std::vector<ItemFailure>& failures) {
    const auto attempt = [&](const std::string& path, const std::function<Status()>& step) {
      return collect_item_failure(failures, "upkeep for " + path, store_.run_in_savepoint(step));
    };
    for (const NewEntry& each : fresh) {
      if (!each.done.contains("topics"))
        STUBKEEPER_TRY(attempt(each.entry.path, [&] { return list_topic(each); }));
      if (!each.done.contains("companies"))
        STUBKEEPER_TRY(attempt(each.entry.path, [&] { return list_company(each); }));
    }
    std::map<std::string, std::vector<const NewEntry*>> by_topic;
    for (const NewEntry& each : fresh) {
      if (!each.done.contains("changelog")) by_topic[topic_area(each.entry)].push_back(&each);
    }
    for (const auto& of_topic : by_topic) {
      const std::string& topic = of_topic.first;
      STUBKEEPER_TRY(attempt(topic, [&] { return log_topic(topic, of_topic.second); }));
    }
    return {};
  }

  int proposed() const { return proposed_; }

 private:
  static std::vector<std::string> files_of(const std::vector<Entry>& all) {
    std::vector<std::string> files;
    for (const Entry& entry : all) {
      if (entry.state == EntryState::published) files.push_back(entry.file);
    }
    return files;
  }

  const Entry* page(const std::string& file) const {
    const auto found = by_file_.find(file);
    return found == by_file_.end() ? nullptr : &found->second;
  }

  entries::PageReference reference(const Entry& from, const Entry& to) const {
    return {to.title, pages_.reference(from.file, to.file)};
  }

  Status record_upkeep(Id entry_id, const char* page, Id change_id) {
    return store_.database().run(
        "INSERT INTO upkeep (entry_id, page, change_id) VALUES (?, ?, ?) "
        "ON CONFLICT (entry_id, page) DO UPDATE SET change_id = excluded.change_id",
        {entry_id, std::string_view{page}, id_or_null(change_id)});
  }

  // Proposes one edit of a page; gives the change, 0 where the page says it already.
  Result<Id> propose(Id run_id, const Entry& on, const entries::IdentifiedDocument& document,
                     const entries::Edit& edit, std::string reason, std::vector<Citation> citations = {}) {
    STUBKEEPER_ASSIGN(auto preview, entries::preview_edit(document, edit));
    if (preview.new_text.empty()) return Id{0};
    Proposals::NewChange change;
    change.kind = upkeep_kind;
    change.edit = edit;
    change.place = std::move(preview.place);
    change.old_text = std::move(preview.old_text);
    change.new_text = std::move(preview.new_text);
    change.reason = std::move(reason);
    change.citations = std::move(citations);
    Proposals proposals{store_};
    STUBKEEPER_ASSIGN(const Id proposal, proposals.propose(run_id, on.id, on.current_revision_id, upkeep_kind,
                                                           now_, {}, {change}));
    if (proposal == 0) return Id{0};  // a person does not want it
    ++proposed_;
    return store_.database().query_number("SELECT id FROM change WHERE proposal_id = ?", {proposal});
  }

  Status list_topic(const NewEntry& fresh) {
    const Entry& entry = fresh.entry;
    const Entry* first_page = page("_index.md");
    const bool is_topic = entry.kind == EntryKind::section && entry.path == topic_area(entry);
    if (!is_topic || first_page == nullptr) return record_upkeep(entry.id, "topics", 0);
    STUBKEEPER_ASSIGN(const auto document, EntryStore{store_}.document(first_page->current_revision_id));
    const auto edit = entries::make_topic_edit(document, reference(*first_page, entry));
    if (!edit) return record_upkeep(entry.id, "topics", 0);
    STUBKEEPER_ASSIGN(const Id change,
                      propose(fresh.run_id, *first_page, document, *edit, "a new topic area: " + entry.path));
    return record_upkeep(entry.id, "topics", change);
  }

  // The page of the section that an entry is in.
  const Entry* parent_section(const Entry& entry) const {
    const std::string_view folder = parent_folder(entry.path);
    return folder.empty() ? nullptr : page(std::string{folder} + "/_index.md");
  }

  Status list_company(const NewEntry& fresh) {
    const Entry& entry = fresh.entry;
    const Entry* section = parent_section(entry);
    if (entry.kind == EntryKind::section || section == nullptr)
      return record_upkeep(entry.id, "companies", 0);
    EntryStore entries{store_};
    STUBKEEPER_ASSIGN(const auto own, entries.document(entry.current_revision_id));
    if (store_.conventions().types.type_of(entry.file, own.document).name != "company")
      return record_upkeep(entry.id, "companies", 0);
    STUBKEEPER_ASSIGN(const auto evidence, collect_evidence(store_, entry));
    entries::CompanyRow row{reference(*section, entry), {}};
    std::vector<Citation> citations;
    const auto cite = [&](const EvidenceClaim& claim) {
      for (const EvidenceQuote& quote : claim.quotes) citations.push_back(quote.citation);
    };
    for (const EvidenceClaim& claim : evidence.claims) {
      const entries::EntryPart* part = store_.conventions().types.part_of_heading(claim.part);
      if (part == nullptr) continue;
      if (part->name == "summary" && lacks_column(row, "Mission")) {
        row.cells.emplace_back("Mission",
                               truncate_at_word(claim.quotes.front().citation.quote, max_mission_characters));
        citations.push_back(claim.quotes.front().citation);
      }
      const auto fact = part->name == "key-facts" ? entries::parse_fact(claim.block) : std::nullopt;
      if (!fact) continue;
      for (const auto& [column, names] : fact_columns()) {
        if (!lacks_column(row, column) || !contains(names, fact->name)) continue;
        row.cells.emplace_back(column, entries::cell_plain_text(fact->value));
        cite(claim);
      }
    }
    STUBKEEPER_ASSIGN(const auto document, entries.document(section->current_revision_id));
    const auto edit = entries::make_company_edit(document, "startups", row);
    if (!edit) return record_upkeep(entry.id, "companies", 0);
    STUBKEEPER_ASSIGN(const Id change, propose(fresh.run_id, *section, document, *edit,
                                               "a new company: " + entry.path, std::move(citations)));
    return record_upkeep(entry.id, "companies", change);
  }

  static bool lacks_column(const entries::CompanyRow& row, const std::string& column) {
    return std::none_of(row.cells.begin(), row.cells.end(),
                        [&](const auto& cell) { return cell.first == column; });
  }

  static const std::vector<std::pair<std::string, std::vector<std::string>>>& fact_columns() {
    static const std::vector<std::pair<std::string, std::vector<std::string>>> columns{
        {"HQ", {"HQ", "Headquarters"}}, {"Stage", {"Stage", "Funding Stage"}}};
    return columns;
  }

  // The changelog's lines for a topic area's new entries.
  Status log_topic(const std::string& topic, const std::vector<const NewEntry*>& fresh) {
    const Entry* changelog = nullptr;
    for (const std::string& file : style_.changelog_files) {
      if (changelog == nullptr) changelog = page(file);
    }
    if (changelog == nullptr) {
      for (const NewEntry* each : fresh) STUBKEEPER_TRY(record_upkeep(each->entry.id, "changelog", 0));
      return {};
    }
    STUBKEEPER_ASSIGN(const auto document, EntryStore{store_}.document(changelog->current_revision_id));
    STUBKEEPER_ASSIGN(const auto waiting, waiting_changelog_lines(topic));
    const Entry* section = page(topic + "/_index.md");
    if (section != nullptr && fresh.size() + waiting.size() >= min_entries_for_shared_line)
      return log_in_shared_line(*changelog, document, *section, fresh, waiting);
    for (const NewEntry* each : fresh) {
      STUBKEEPER_ASSIGN(const auto sources, Sources{store_}.of_entry(each->entry.id));
      std::string words = each->entry.kind == EntryKind::section ? "new section" : "first entry";
      if (!sources.empty()) words += ", " + pluralize(static_cast<std::int64_t>(sources.size()), "source");
      const std::string line = entries::format_changelog_line(
          entries::changelog_rules(store_.conventions()).form,
          {iso_date(now_), "Created", reference(*changelog, each->entry), words},
          style_.max_changelog_characters);
      const entries::Edit edit = entries::make_changelog_edit(document, line, iso_date(now_));
      STUBKEEPER_ASSIGN(const Id change,
                        propose(each->run_id, *changelog, document, edit, "a new page: " + each->entry.path));
      STUBKEEPER_TRY(record_upkeep(each->entry.id, "changelog", change));
    }
    return {};
  }

  // New entries below a topic area whose line still waits, with the line's change.
  Result<std::vector<std::pair<Entry, Id>>> waiting_changelog_lines(const std::string& topic) {
    STUBKEEPER_ASSIGN(
        const auto ids,
        store_.database().query(
            "SELECT upkeep.entry_id, change.id FROM upkeep JOIN change ON change.id = change_id "
            "WHERE page = 'changelog' AND change.state = 'waiting' ORDER BY upkeep.entry_id",
            {}, [](const Row& row) {
              return std::pair{row.integer(0), row.integer(1)};
            }));
    std::vector<std::pair<Entry, Id>> waiting;
    for (const auto& [entry_id, change_id] : ids) {
      STUBKEEPER_ASSIGN(auto entry, EntryStore{store_}.get(entry_id));
      if (topic_area(entry) == topic) waiting.emplace_back(std::move(entry), change_id);
    }
    return waiting;
  }

  Status log_in_shared_line(const Entry& changelog, const entries::IdentifiedDocument& document,
                            const Entry& section, const std::vector<const NewEntry*>& fresh,
                            const std::vector<std::pair<Entry, Id>>& waiting) {
    std::vector<const Entry*> all_entries;
    for (const auto& [entry, change] : waiting) all_entries.push_back(&entry);
    for (const NewEntry* each : fresh) all_entries.push_back(&each->entry);
    std::vector<entries::PageReference> named;
    for (const Entry* entry : all_entries) {
      if (entry->id != section.id) named.push_back(reference(changelog, *entry));
    }
    const std::string line =
        entries::format_changelog_line(entries::changelog_rules(store_.conventions()).form,
                                       {iso_date(now_), "Created", reference(changelog, section), ""}, named,
                                       style_.max_changelog_characters);
    const entries::Edit edit = entries::make_changelog_edit(document, line, iso_date(now_));
    STUBKEEPER_ASSIGN(const Id change,
                      propose(fresh.front()->run_id, changelog, document, edit,
                              std::to_string(named.size()) + " new entries below " + section.path));
    for (const auto& [entry, old_change] : waiting) {
      STUBKEEPER_TRY(store_.database().run(
          "UPDATE change SET state = 'superseded', superseded_by = ? WHERE id = ? AND state = 'waiting'",
          {id_or_null(change), old_change}));
    }
    for (const Entry* entry : all_entries) STUBKEEPER_TRY(record_upkeep(entry->id, "changelog", change));
    return {};
  }

  Store& store_;
  Timestamp now_;
  const entries::HouseStyle& style_;
  entries::PageIndex pages_;
  std::map<std::string, Entry> by_file_;
  int proposed_ = 0;
};

}  // namespace

Status note_new_entry(Store& store, const Entry& entry, Id run_id, Timestamp now) {
  EntryStore entries{store};
  const auto note = [&](Id entry_id) {
    return store.database().run(
        "INSERT INTO new_entry (entry_id, run_id, published_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        {entry_id, run_id, to_value(now)});
  };
  for (std::size_t slash = entry.path.find('/'); slash != std::string::npos;
       slash = entry.path.find('/', slash + 1)) {
    const std::string path = entry.path.substr(0, slash);
    STUBKEEPER_ASSIGN(const auto known, entries.find(path));
    if (known) continue;
    EntryStore::NewEntry section;
    section.path = path;
    section.file = path + "/_index.md";
    section.kind = EntryKind::section;
    section.title = entries::title_from_path(path);
    section.bytes = entries::render_section_page(store.conventions(), {section.title, path, iso_date(now)});
    STUBKEEPER_ASSIGN(const auto made, entries.add(section, AuthorKind::policy, "template: section", now,
                                                   "made for " + entry.path));
    STUBKEEPER_TRY(note(made.id));
  }
  return note(entry.id);
}

Result<int> propose_upkeep(Store& store, Timestamp now, std::vector<ItemFailure>& failures) {
  int proposed = 0;
  STUBKEEPER_TRY(store.run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto fresh, new_entries(store));
    if (fresh.empty()) return {};
    STUBKEEPER_ASSIGN(const auto all, EntryStore{store}.list());
    Upkeep upkeep{store, now, all};
    STUBKEEPER_TRY(upkeep.run(fresh, failures));
    proposed = upkeep.proposed();
    return {};
  }));
  return proposed;
}

}  // namespace stubkeeper::kb
