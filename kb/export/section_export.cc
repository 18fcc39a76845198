#include "kb/export/section_export.h"

#include <algorithm>
#include <set>

#include "base/text/ascii.h"
#include "entries/document.h"
#include "kb/entries/entry_store.h"
#include "kb/export/conflicts.h"
#include "kb/export/moved_files.h"
#include "kb/export/moved_folder.h"
#include "kb/export/page_plan.h"
#include "kb/store/bodies.h"
#include "kb/store/enum_names.h"

namespace stubkeeper::kb {
namespace {

// Pages that share their fsyncs; their bytes are held in memory meanwhile.
constexpr std::size_t pages_per_batch = 128;

class Export {
 public:
  Export(Store& store, FileSystem& files, const ExportOptions& options, const KnownFolder& folder)
      : store_(store), files_(files), options_(options), folder_(folder.name), manifest_(store, folder.name) {
    report_.moved_from = folder.moved_from;
  }

  Result<ExportReport> run() {
    EntryStore entries{store_};
    if (!options_.dry_run) STUBKEEPER_TRY(files_.make_folders(options_.folder));
    STUBKEEPER_TRY(follow_moves());
    STUBKEEPER_ASSIGN(const auto all, entries.list());
    STUBKEEPER_ASSIGN(const auto last_export, manifest_.list());
    STUBKEEPER_TRY(load_undone_conflicts());
    std::vector<Conflicts::FoundConflict> unresolved;
    for (const Entry& entry : all) {
      if (entry.state != EntryState::published || moved_.contains(entry.id)) continue;
      if (waits_for_review(entry)) continue;
      STUBKEEPER_ASSIGN(auto plan, plan_page(store_, files_, options_, entry, last_export));
      check_case_collision(plan.item);
      if (plan.unresolved) unresolved.push_back(*std::move(plan.unresolved));
      batch_.push_back({entry, std::move(plan)});
      if (batch_.size() == pages_per_batch) STUBKEEPER_TRY(flush_batch());
    }
    STUBKEEPER_TRY(flush_batch());
    if (!options_.dry_run)
      STUBKEEPER_TRY(Conflicts{store_}.record(options_.folder, unresolved, options_.now));
    std::stable_sort(report_.items.begin(), report_.items.end(),
                     [](const ExportItem& a, const ExportItem& b) { return a.file < b.file; });
    return std::move(report_);
  }

 private:
  std::string path_of(const std::string& file) const { return options_.folder + "/" + file; }

  static void fail(ExportItem& item, const Error& error) {
    item.action = ExportAction::failed;
    item.detail = error.text();
  }

  // Conflicts whose text is in the store alone, since a decision on them was undone.
  Status load_undone_conflicts() {
    STUBKEEPER_ASSIGN(const auto waiting, Conflicts{store_}.waiting());
    for (const Conflict& conflict : waiting) {
      if (conflict.only_in_store && conflict.folder == folder_)
        undone_conflicts_.emplace(conflict.entry_id, conflict);
    }
    return {};
  }

  // Whether the file is not to be touched before a person has decided again.
  bool waits_for_review(const Entry& entry) {
    const auto undone = undone_conflicts_.find(entry.id);
    if (undone == undone_conflicts_.end()) return false;
    ExportItem item;
    item.entry_id = entry.id;
    item.file = undone->second.file;
    item.action = ExportAction::conflict;
    item.detail = "waits in review as " + conflict_name(undone->second.id) +
                  ", whose decision was undone; the file stays as it is until you decide again";
    report_.items.push_back(std::move(item));
    return true;
  }

  Status follow_moves() {
    if (options_.renderer != nullptr && options_.renderer->renames_files()) return {};
    STUBKEEPER_ASSIGN(const auto there, files_.info(options_.folder));
    if (!there) return {};
    STUBKEEPER_ASSIGN(const auto all, EntryStore{store_}.list());
    STUBKEEPER_ASSIGN(const auto last_export, manifest_.list());
    STUBKEEPER_ASSIGN(auto found, find_moved_files(store_, files_, options_.folder, all, last_export));
    report_.unknown_files = std::move(found.unknown);
    for (const MovedFile& moved : found.moved) {
      ExportItem item;
      item.entry_id = moved.entry_id;
      item.file = moved.to;
      item.action = ExportAction::move;
      item.detail = "was " + moved.from;
      if (options_.dry_run) {
        // Further actions are known once the entry has followed.
        moved_.insert(moved.entry_id);
      } else if (const Status followed =
                     follow_move(store_, options_.folder, moved, options_.now, options_.author);
                 !followed.ok()) {
        fail(item, followed.error());
      }
      report_.items.push_back(std::move(item));
    }
    return {};
  }

  void check_case_collision(ExportItem& item) {
    const auto [colliding_name, is_first] = names_.try_emplace(ascii_lower(item.file), item.file);
    if (is_first || item.action == ExportAction::unchanged) return;
    fail(item, {ErrorCode::refused, "has the name of " + colliding_name->second + " but for its case",
                path_of(item.file), "rename one of the two entries"});
  }

  // Stores a merged text before the file is written, with the person's bytes in the manifest, so
  // that the next export finishes one that dies here.
  Result<Id> store_merged(const Entry& entry, const PagePlan& plan) {
    Id revision_id = 0;
    STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
      STUBKEEPER_ASSIGN(const auto revision,
                        EntryStore{store_}.add_revision(
                            entry.id, plan.store_text, AuthorKind::person, options_.author, options_.now,
                            "merged with what was edited on disk: " + entry.file));
      revision_id = revision.id;
      return record(plan.item.file, {entry.id, plan.base_revision_id, ""}, plan.item.old_bytes);
    }));
    return revision_id;
  }

  // Records a file in the manifest and keeps its bytes, as the base of the next merge.
  Status record(const std::string& file, ManifestEntry entry, const std::string& bytes) {
    return store_.run_in_transaction([&]() -> Status {
      STUBKEEPER_ASSIGN(entry.sha256, Bodies{store_}.put(bytes));
      return manifest_.put(file, entry, options_.now);
    });
  }

  // A page of the current group, and the revision that its file gets.
  struct Page {
    Entry entry;
    PagePlan plan;
    Id revision_id = 0;
    bool written = false;
  };

  static bool needs_writing(const ExportItem& item) {
    return item.action == ExportAction::create || item.action == ExportAction::update ||
           item.action == ExportAction::merge;
  }

  // Carries out a group of plans: the files first, then the manifest in one transaction. The next
  // run after a crash in between finds the files equal to the store.
  Status flush_batch() {
    if (!options_.dry_run) {
      STUBKEEPER_TRY(write_files());
      STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
        for (Page& page : batch_) STUBKEEPER_TRY(record_page(page));
        return {};
      }));
    }
    for (Page& page : batch_) {
      if (page.plan.item.action == ExportAction::unchanged) {
        ++report_.unchanged;
      } else {
        report_.items.push_back(std::move(page.plan.item));
      }
    }
    batch_.clear();
    return {};
  }

  Status write_files() {
    std::vector<Page*> pages;
    std::vector<FileToWrite> files;
    for (Page& page : batch_) {
      const ExportItem& item = page.plan.item;
      if (page.plan.needs_manifest_entry || !needs_writing(item)) continue;
      if (!is_unchanged_since_plan(item)) {
        report_concurrent_edit(page);
        continue;
      }
      page.revision_id = page.entry.current_revision_id;
      if (item.action == ExportAction::merge) {
        STUBKEEPER_ASSIGN(page.revision_id, store_merged(page.entry, page.plan));
      }
      pages.push_back(&page);
      files.push_back({path_of(item.file), item.new_bytes});
    }
    const auto outcomes = files_.write_all_atomically(files, [&](std::size_t i) -> Status {
      if (is_unchanged_since_plan(pages[i]->plan.item)) return {};
      report_concurrent_edit(*pages[i]);
      return Error{ErrorCode::conflict, "changed while the export ran", files[i].path, "export again"};
    });
    for (std::size_t i = 0; i < pages.size(); ++i) {
      ExportItem& item = pages[i]->plan.item;
      pages[i]->written = outcomes[i].ok();
      if (!outcomes[i].ok() && item.action != ExportAction::conflict) fail(item, outcomes[i].error());
    }
    return {};
  }

  // The person may have saved the file since it was read.
  bool is_unchanged_since_plan(const ExportItem& item) const {
    const auto now_there = files_.read(path_of(item.file), entries::max_page_bytes);
    return item.action == ExportAction::create
               ? !now_there.ok() && now_there.error().code == ErrorCode::not_found
               : now_there.ok() && *now_there == item.old_bytes;
  }

  static void report_concurrent_edit(Page& page) {
    page.plan.item.action = ExportAction::conflict;
    page.plan.item.detail = "changed while the export ran; export again";
  }

  Status record_page(Page& page) {
    const ExportItem& item = page.plan.item;
    if (page.plan.needs_manifest_entry) {
      // The compared bytes, not those on disk by now: an edit made meanwhile is for the next
      // export.
      return record(item.file, {page.entry.id, page.entry.current_revision_id, ""}, item.new_bytes);
    }
    if (item.action == ExportAction::import_edit) {
      STUBKEEPER_ASSIGN(const auto revision,
                        EntryStore{store_}.add_revision(page.entry.id, page.plan.store_text,
                                                        AuthorKind::person, options_.author, options_.now,
                                                        "edited on disk: " + page.entry.file));
      return record(item.file, {page.entry.id, revision.id, ""}, item.new_bytes);
    }
    return page.written ? record(item.file, {page.entry.id, page.revision_id, ""}, item.new_bytes) : Status{};
  }

  Store& store_;
  FileSystem& files_;
  const ExportOptions& options_;
  const std::string folder_;  // as the store knows it
  Manifest manifest_;
  ExportReport report_;
  std::vector<Page> batch_;
  std::map<Id, Conflict> undone_conflicts_;   // by entry
  std::set<Id> moved_;                        // in a dry run: entries that would follow their files first
  std::map<std::string, std::string> names_;  // files by their name in lower case
};

}  // namespace

const char* export_action_name(ExportAction action) {
  constexpr EnumNames<11> names{"unchanged", "create",   "update",          "take in", "merge",     "remove",
                                "move",      "conflict", "deleted by hand", "failed",  "older text"};
  return enum_name(names, action);
}

int ExportReport::count(ExportAction action) const {
  if (action == ExportAction::unchanged) return unchanged;
  return static_cast<int>(std::count_if(items.begin(), items.end(),
                                        [&](const ExportItem& item) { return item.action == action; }));
}

bool ExportReport::needs_attention() const {
  return count(ExportAction::conflict) + count(ExportAction::deleted_on_disk) + count(ExportAction::failed) +
             count(ExportAction::older_text) >
         0;
}

Result<ExportReport> export_section(Store& store, FileSystem& files, const ExportOptions& options) {
  STUBKEEPER_ASSIGN(const auto folder, find_export_folder(store, files, options.folder, options.dry_run));
  return Export{store, files, options, folder}.run();
}

}  // namespace stubkeeper::kb
