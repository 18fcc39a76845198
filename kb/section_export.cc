#include "kb/section_export.h"

#include <algorithm>

#include "entries/entry_path.h"
#include "entries/merge.h"
#include "kb/entry_store.h"
#include "kb/manifest.h"
#include "kb/snapshots.h"
#include "schema/base/sha256.h"

namespace stubkeeper::kb {
namespace {

constexpr std::uint64_t most_bytes = 50'000'000;

class Export {
 public:
  Export(Store& store, FileSystem& files, const std::string& folder, const std::string& author, Timestamp now,
         bool dry_run)
      : store_(store),
        files_(files),
        folder_(folder),
        author_(author),
        now_(now),
        dry_run_(dry_run),
        manifest_(store, folder) {}

  Result<ExportReport> run() {
    EntryStore entries{store_};
    STUBKEEPER_ASSIGN(const auto all, entries.list());
    if (!dry_run_) STUBKEEPER_TRY(files_.make_folders(folder_));
    for (const Entry& entry : all) {
      if (entry.state != EntryState::published) continue;
      STUBKEEPER_ASSIGN(auto item, plan(entry));
      if (!dry_run_) STUBKEEPER_TRY(carry_out(entry, item));
      if (item.action == ExportAction::unchanged) {
        ++report_.unchanged;
      } else {
        report_.items.push_back(std::move(item));
      }
    }
    std::sort(report_.items.begin(), report_.items.end(),
              [](const ExportItem& a, const ExportItem& b) { return a.file < b.file; });
    return std::move(report_);
  }

 private:
  std::string path_of(const std::string& file) const { return folder_ + "/" + file; }

  static void fail(ExportItem& item, const Error& error) {
    item.action = ExportAction::failed;
    item.detail = error.text();
  }

  // A link among the folders between the export folder and the file could lead anywhere.
  Status refuse_links(const std::string& file) const {
    for (std::size_t slash = file.find('/'); slash != std::string::npos; slash = file.find('/', slash + 1)) {
      STUBKEEPER_ASSIGN(const auto info, files_.info(path_of(file.substr(0, slash))));
      if (info && info->kind == FileKind::symbolic_link) {
        return Error{ErrorCode::refused, "is a symbolic link, which is not followed",
                     path_of(file.substr(0, slash)), ""};
      }
    }
    return {};
  }

  Result<ExportItem> plan(const Entry& entry) {
    ExportItem item;
    item.entry_id = entry.id;
    item.file = entry.file;
    // The store's own paths were checked when they came in; this is the last gate before the disk.
    if (const std::string path = entries::path_of_file(entry.file); !path.empty()) {
      if (const auto usable = entries::parse_entry_path(path); !usable.ok()) {
        fail(item, usable.error());
        return item;
      }
    }
    if (const Status status = refuse_links(entry.file); !status.ok()) {
      fail(item, status.error());
      return item;
    }
    STUBKEEPER_ASSIGN(const auto current, EntryStore{store_}.revision(entry.current_revision_id));
    STUBKEEPER_ASSIGN(const auto left, manifest_.find(entry.file));
    const auto info = files_.info(path_of(entry.file));
    if (!info.ok()) {
      fail(item, info.error());
      return item;
    }
    if (!info->has_value()) {
      if (left) {
        item.action = ExportAction::deleted_by_hand;
        item.detail = "the file was deleted since the last export; it is not written again";
        return item;
      }
      item.action = ExportAction::create;
      STUBKEEPER_ASSIGN(item.new_bytes, Bodies{store_}.get(current.body_sha256));
      return item;
    }
    if ((*info)->kind != FileKind::regular) {
      fail(item, Error{ErrorCode::refused, "is no regular file", path_of(entry.file), ""});
      return item;
    }
    const auto disk = files_.read(path_of(entry.file), most_bytes);
    if (!disk.ok()) {
      fail(item, disk.error());
      return item;
    }
    return compare(entry, current, left, *disk, std::move(item));
  }

  Result<ExportItem> compare(const Entry& entry, const Revision& current,
                             const std::optional<ManifestEntry>& left, const std::string& disk,
                             ExportItem item) {
    const std::string disk_hash = sha256_hex(disk);
    if (disk_hash == current.body_sha256) {
      // An export that died between the file and the manifest comes here too.
      const bool noted = left && left->revision_id == current.id && left->sha256 == disk_hash;
      if (!noted && !dry_run_)
        STUBKEEPER_TRY(manifest_.put(entry.file, {entry.id, current.id, disk_hash}, now_));
      return item;
    }
    STUBKEEPER_ASSIGN(std::string ours, Bodies{store_}.get(current.body_sha256));
    if (left && disk_hash == left->sha256) {
      item.action = ExportAction::update;
      item.old_bytes = disk;
      item.new_bytes = std::move(ours);
    } else if (left && left->revision_id == current.id) {
      item.action = ExportAction::take_in;
      item.old_bytes = std::move(ours);
      item.new_bytes = disk;
    } else if (left) {
      STUBKEEPER_TRY(merge(*left, ours, disk, item));
    } else {
      item.action = ExportAction::conflict;
      item.detail = "is there already, and no export made it; import the folder first, or move the file";
    }
    return item;
  }

  // Both the person and the store have something new since the last export, which is the base of both.
  Status merge(const ManifestEntry& left, const std::string& ours, const std::string& disk,
               ExportItem& item) {
    STUBKEEPER_ASSIGN(const auto base_revision, EntryStore{store_}.revision(left.revision_id));
    STUBKEEPER_ASSIGN(const std::string base, Bodies{store_}.get(base_revision.body_sha256));
    entries::Merge merged = entries::merge_pages(base, ours, disk);
    if (merged.clean()) {
      item.action = ExportAction::merge;
      item.old_bytes = disk;
      item.new_bytes = std::move(merged.bytes);
      return {};
    }
    item.action = ExportAction::conflict;
    item.detail = "was edited by hand since the last export where the store has something newer too (" +
                  places_of(merged.conflicts) +
                  "); put your edit aside, or undo the newer change, and export again";
    item.conflicts = std::move(merged.conflicts);
    return {};
  }

  static std::string places_of(const std::vector<entries::MergeConflict>& conflicts) {
    std::string places;
    for (const entries::MergeConflict& conflict : conflicts) {
      if (places.find(conflict.place) == std::string::npos)
        places += (places.empty() ? "" : ", ") + conflict.place;
    }
    return places;
  }

  // Stores a merged text before the file is written. Until it is, the manifest says that the person's bytes
  // are what is known of the file, so that an export that dies here is finished by the next one.
  Result<Id> store_merged(const Entry& entry, const ExportItem& item) {
    Id revision_id = 0;
    STUBKEEPER_TRY(store_.atomically([&]() -> Status {
      STUBKEEPER_ASSIGN(const auto left, manifest_.find(entry.file));
      STUBKEEPER_ASSIGN(const auto revision, EntryStore{store_}.add_revision(
                                                 entry.id, item.new_bytes, AuthorKind::person, author_, now_,
                                                 "merged with what was edited on disk: " + entry.file));
      revision_id = revision.id;
      STUBKEEPER_ASSIGN(const std::string their_hash, Bodies{store_}.put(item.old_bytes));
      return manifest_.put(entry.file, {entry.id, left->revision_id, their_hash}, now_);
    }));
    return revision_id;
  }

  Status carry_out(const Entry& entry, ExportItem& item) {
    EntryStore entries{store_};
    if (item.action == ExportAction::take_in) {
      return store_.atomically([&]() -> Status {
        STUBKEEPER_ASSIGN(const auto revision,
                          entries.add_revision(entry.id, item.new_bytes, AuthorKind::person, author_, now_,
                                               "edited on disk: " + entry.file));
        return manifest_.put(entry.file, {entry.id, revision.id, sha256_hex(item.new_bytes)}, now_);
      });
    }
    const bool writes = item.action == ExportAction::create || item.action == ExportAction::update ||
                        item.action == ExportAction::merge;
    if (!writes) return {};
    // The person may have saved the file since it was read: what is replaced must still be what was planned
    // on.
    const auto now_there = files_.read(path_of(entry.file), most_bytes);
    const bool as_planned = item.action == ExportAction::create
                                ? !now_there.ok() && now_there.error().code == ErrorCode::not_found
                                : now_there.ok() && *now_there == item.old_bytes;
    if (!as_planned) {
      item.action = ExportAction::conflict;
      item.detail = "changed while the export ran; export again";
      return {};
    }
    Id revision_id = entry.current_revision_id;
    if (item.action == ExportAction::merge) {
      STUBKEEPER_ASSIGN(revision_id, store_merged(entry, item));
    }
    if (const Status written = files_.write_atomically(path_of(entry.file), item.new_bytes); !written.ok()) {
      fail(item, written.error());
      return {};
    }
    return manifest_.put(entry.file, {entry.id, revision_id, sha256_hex(item.new_bytes)}, now_);
  }

  Store& store_;
  FileSystem& files_;
  const std::string& folder_;
  const std::string& author_;
  Timestamp now_;
  bool dry_run_;
  Manifest manifest_;
  ExportReport report_;
};

}  // namespace

const char* export_action_name(ExportAction action) {
  switch (action) {
    case ExportAction::unchanged:
      return "unchanged";
    case ExportAction::create:
      return "create";
    case ExportAction::update:
      return "update";
    case ExportAction::take_in:
      return "take in";
    case ExportAction::merge:
      return "merge";
    case ExportAction::conflict:
      return "conflict";
    case ExportAction::deleted_by_hand:
      return "deleted by hand";
    case ExportAction::failed:
      return "failed";
  }
  return "failed";
}

int ExportReport::count(ExportAction action) const {
  if (action == ExportAction::unchanged) return unchanged;
  return static_cast<int>(std::count_if(items.begin(), items.end(),
                                        [&](const ExportItem& item) { return item.action == action; }));
}

bool ExportReport::needs_attention() const {
  return count(ExportAction::conflict) + count(ExportAction::deleted_by_hand) + count(ExportAction::failed) >
         0;
}

Result<ExportReport> export_section(Store& store, FileSystem& files, const std::string& folder,
                                    const std::string& author, Timestamp now, bool dry_run) {
  return Export{store, files, folder, author, now, dry_run}.run();
}

}  // namespace stubkeeper::kb
