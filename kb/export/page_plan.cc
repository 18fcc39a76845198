#include "kb/export/page_plan.h"

#include "base/sha256.h"
#include "entries/document.h"
#include "entries/entry_path.h"
#include "entries/merge.h"
#include "kb/entries/entry_store.h"
#include "kb/sources/snapshots.h"

namespace stubkeeper::kb {
namespace {

class Planner {
 public:
  Planner(Store& store, const FileSystem& files, const ExportOptions& options, const Entry& entry,
          const std::map<std::string, ManifestEntry>& manifest)
      : store_(store),
        files_(files),
        options_(options),
        entry_(entry),
        is_the_stores_(options.rendering == nullptr || options.rendering->leaves_alone(entry)) {
    plan_.item.entry_id = entry.id;
    plan_.item.file = options.rendering == nullptr ? entry.file : options.rendering->file_of(entry.file);
    if (const auto left = manifest.find(plan_.item.file); left != manifest.end()) plan_.left = left->second;
  }

  Result<PagePlan> run() {
    // The store's own paths were checked when they came in; this is the last gate before the disk.
    if (const std::string path = entries::path_of_file(entry_.file); !path.empty()) {
      if (const auto usable = entries::parse_entry_path(path); !usable.ok()) return failed(usable.error());
    }
    if (const Status status = refuse_links(); !status.ok()) return failed(status.error());
    STUBKEEPER_ASSIGN(current_, EntryStore{store_}.revision(entry_.current_revision_id));
    const std::string path = options_.folder + "/" + plan_.item.file;
    const auto info = files_.info(path);
    if (!info.ok()) return failed(info.error());
    if (!info->has_value()) return missing();
    if ((*info)->kind != FileKind::regular)
      return failed({ErrorCode::refused, "is no regular file", path, ""});
    const auto disk = files_.read(path, entries::most_bytes_of_a_page);
    if (!disk.ok()) return failed(disk.error());
    return compare(*disk);
  }

 private:
  Result<PagePlan> failed(const Error& error) {
    plan_.item.action = ExportAction::failed;
    plan_.item.detail = error.text();
    return std::move(plan_);
  }

  // A link among the folders between the export folder and the file could lead anywhere.
  Status refuse_links() const {
    const std::string& file = plan_.item.file;
    for (std::size_t slash = file.find('/'); slash != std::string::npos; slash = file.find('/', slash + 1)) {
      const std::string folder = options_.folder + "/" + file.substr(0, slash);
      STUBKEEPER_ASSIGN(const auto info, files_.info(folder));
      if (info && info->kind == FileKind::symbolic_link)
        return Error{ErrorCode::refused, "is a symbolic link, which is not followed", folder, ""};
    }
    return {};
  }

  Result<std::string> rendered(const std::string& text) {
    if (is_the_stores_) return text;
    return options_.rendering->render(entry_, text);
  }

  // What a person made of a file, as the store's text; `left` is what the last export left there of `text`.
  std::string read_back(const std::string& text, const std::string& left, const std::string& disk) {
    return options_.rendering == nullptr ? disk : options_.rendering->read_back(entry_, text, left, disk);
  }

  Result<PagePlan> missing() {
    if (plan_.left) {
      plan_.item.action = ExportAction::deleted_by_hand;
      plan_.item.detail =
          "the file was deleted since the last export, and waits in review; it is not written again";
      plan_.waits =
          Conflicts::Found{entry_.id, plan_.item.file, plan_.left->sha256, current_.body_sha256, {}, ""};
      return std::move(plan_);
    }
    plan_.item.action = ExportAction::create;
    STUBKEEPER_ASSIGN(const std::string text, Bodies{store_}.get(current_.body_sha256));
    STUBKEEPER_ASSIGN(plan_.item.new_bytes, rendered(text));
    return std::move(plan_);
  }

  Result<PagePlan> compare(const std::string& disk) {
    const std::string disk_hash = sha256_hex(disk);
    const auto& left = plan_.left;
    // The text itself is looked at only where a hash cannot tell.
    if (is_the_stores_ && disk_hash == current_.body_sha256) return equal(disk, disk_hash);
    STUBKEEPER_ASSIGN(std::string ours, Bodies{store_}.get(current_.body_sha256));
    STUBKEEPER_ASSIGN(std::string ours_on_site, rendered(ours));
    if (disk == ours_on_site) return equal(disk, disk_hash);
    ExportItem& item = plan_.item;
    STUBKEEPER_ASSIGN(const bool is_an_exports, is_as_an_export_left_it(disk_hash));
    if (is_an_exports) {
      item.action = ExportAction::update;
      item.old_bytes = disk;
      item.new_bytes = std::move(ours_on_site);
    } else if (left && left->revision_id == current_.id && left->sha256 == sha256_hex(ours_on_site)) {
      item.action = ExportAction::take_in;
      plan_.store_text = read_back(ours, ours_on_site, disk);
      item.old_bytes = std::move(ours_on_site);
      item.new_bytes = disk;
    } else if (left) {
      STUBKEEPER_TRY(merge(ours, disk));
    } else {
      item.action = ExportAction::conflict;
      item.detail =
          "is there already, and no export made it; it waits in review (or import the folder, or move the "
          "file)";
      plan_.waits = Conflicts::Found{entry_.id, item.file, "", current_.body_sha256, disk, disk};
    }
    return std::move(plan_);
  }

  // To this folder; or, where none wrote there, to another one, of which this one is a copy.
  Result<bool> is_as_an_export_left_it(const std::string& disk_hash) {
    if (plan_.left) return plan_.left->sha256 == disk_hash;
    return Manifest::was_left_anywhere(store_, plan_.item.file, entry_.id, disk_hash);
  }

  Result<PagePlan> equal(const std::string& disk, const std::string& disk_hash) {
    const auto& left = plan_.left;
    plan_.equal_but_not_noted = !left || left->revision_id != current_.id || left->sha256 != disk_hash;
    if (plan_.equal_but_not_noted) plan_.item.new_bytes = disk;
    return std::move(plan_);
  }

  // Both the person and the store have something new since the last export, which is the base of both.
  Status merge(const std::string& ours, const std::string& disk) {
    STUBKEEPER_ASSIGN(const auto base_revision, EntryStore{store_}.revision(plan_.left->revision_id));
    STUBKEEPER_ASSIGN(const std::string left, Bodies{store_}.get(plan_.left->sha256));
    // Without a rendering the file was left as the revision's own bytes, or as a person's that were decided
    // on.
    std::string base = left;
    if (options_.rendering != nullptr) {
      STUBKEEPER_ASSIGN(base, Bodies{store_}.get(base_revision.body_sha256));
    }
    std::string theirs = read_back(base, left, disk);
    entries::Merge merged = entries::merge_pages(base, ours, theirs);
    ExportItem& item = plan_.item;
    if (merged.clean()) {
      item.action = ExportAction::merge;
      item.old_bytes = disk;
      plan_.store_text = std::move(merged.bytes);
      STUBKEEPER_ASSIGN(item.new_bytes, rendered(plan_.store_text));
      return {};
    }
    item.action = ExportAction::conflict;
    item.detail = "was edited by hand since the last export where the store has something newer too (" +
                  places_of(merged.conflicts) + "); it waits in review";
    item.conflicts = std::move(merged.conflicts);
    plan_.waits = Conflicts::Found{entry_.id,         item.file, sha256_hex(base), current_.body_sha256,
                                   std::move(theirs), disk};
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

  Store& store_;
  const FileSystem& files_;
  const ExportOptions& options_;
  const Entry& entry_;
  const bool is_the_stores_;  // the site's text is the store's
  Revision current_;
  PagePlan plan_;
};

}  // namespace

Result<PagePlan> plan_page(Store& store, const FileSystem& files, const ExportOptions& options,
                           const Entry& entry, const std::map<std::string, ManifestEntry>& manifest) {
  return Planner{store, files, options, entry, manifest}.run();
}

}  // namespace stubkeeper::kb
