#include "kb/export/page_plan.h"

#include <algorithm>

#include "base/sha256.h"
#include "base/text/strings.h"
#include "entries/document.h"
#include "entries/entry_path.h"
#include "entries/front_matter_error.h"
#include "entries/merge.h"
#include "kb/entries/entry_store.h"
#include "kb/export/older_text.h"
#include "kb/store/bodies.h"

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
        is_rendered_as_stored_(options.renderer == nullptr ||
                               options.renderer->is_rendered_as_stored(entry)) {
    plan_.item.entry_id = entry.id;
    plan_.item.file = options.renderer == nullptr ? entry.file : options.renderer->file_of(entry.file);
    if (const auto last_export = manifest.find(plan_.item.file); last_export != manifest.end())
      plan_.last_export = last_export->second;
  }

  Result<PagePlan> run() {
    // Paths were checked when they came into the store; this is the last check before the disk.
    if (const std::string path = entries::entry_path_from_file(entry_.file); !path.empty()) {
      if (const auto usable = entries::parse_entry_path(path); !usable.ok()) return failed(usable.error());
    }
    if (const Status status = check_no_symbolic_links(); !status.ok()) return failed(status.error());
    STUBKEEPER_ASSIGN(current_, EntryStore{store_}.revision(entry_.current_revision_id));
    const std::string path = options_.folder + "/" + plan_.item.file;
    const auto info = files_.info(path);
    if (!info.ok()) return failed(info.error());
    if (!info->has_value()) return missing();
    if ((*info)->kind != FileKind::regular)
      return failed({ErrorCode::refused, "is no regular file", path, ""});
    const auto disk = files_.read(path, entries::max_page_bytes);
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
  Status check_no_symbolic_links() const {
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
    if (is_rendered_as_stored_) return text;
    return options_.renderer->render(entry_, text);
  }

  // A hand-edited file as the store's text; `last_export` is the rendering of `text`.
  std::string to_store_text(const std::string& text, const std::string& last_export,
                            const std::string& disk) {
    return options_.renderer == nullptr ? disk
                                        : options_.renderer->to_store_text(entry_, text, last_export, disk);
  }

  Result<PagePlan> missing() {
    if (plan_.last_export) {
      plan_.item.action = ExportAction::deleted_on_disk;
      plan_.item.detail =
          "the file was deleted since the last export, and waits in review; it is not written again";
      plan_.unresolved = Conflicts::FoundConflict{
          entry_.id, plan_.item.file, plan_.last_export->sha256, current_.body_sha256, {}, ""};
      return std::move(plan_);
    }
    plan_.item.action = ExportAction::create;
    STUBKEEPER_ASSIGN(const std::string text, Bodies{store_}.get(current_.body_sha256));
    STUBKEEPER_ASSIGN(plan_.item.new_bytes, rendered(text));
    return std::move(plan_);
  }

  // The text that a person has edited.
  struct Base {
    Id revision_id = 0;
    std::string store_text;
    std::string exported;
  };

  Result<PagePlan> compare(const std::string& disk) {
    const std::string disk_hash = sha256_hex(disk);
    const auto& last_export = plan_.last_export;
    // The text is read only where the hash cannot decide.
    if (is_rendered_as_stored_ && disk_hash == current_.body_sha256) return equal(disk, disk_hash);
    STUBKEEPER_ASSIGN(const std::string ours, Bodies{store_}.get(current_.body_sha256));
    STUBKEEPER_ASSIGN(std::string rendered_ours, rendered(ours));
    if (disk == rendered_ours) return equal(disk, disk_hash);
    STUBKEEPER_ASSIGN(
        const bool is_unedited,
        Manifest::is_unchanged_since_export(store_, last_export, plan_.item.file, entry_.id, disk_hash));
    if (is_unedited) return update(disk, std::move(rendered_ours));
    STUBKEEPER_ASSIGN(auto older, find_older_text(store_, entry_, disk));
    // The text of the last export with other line ends is as it was left.
    if (older && last_export && older->revision.id == last_export->revision_id) older.reset();
    if (older) {
      STUBKEEPER_TRY(note_older_text(*older, disk));
      if (plan_.item.approved_changes_out > 0 && options_.older_texts == OlderTextDecision::ask)
        return std::move(plan_);
      const bool is_copy = !last_export && plan_.item.approved_changes_out == 0;
      if (is_copy || options_.older_texts == OlderTextDecision::restore)
        return update(disk, std::move(rendered_ours));
    }
    if (older && options_.older_texts == OlderTextDecision::accept)
      return import_edit(ours, std::move(rendered_ours), disk);
    std::optional<Base> base;
    if (older && !last_export) {
      base = Base{current_.id, ours, rendered_ours};
    } else {
      STUBKEEPER_ASSIGN(base, find_base(disk));
    }
    if (!base) {
      plan_.item.action = ExportAction::conflict;
      plan_.item.detail =
          "is there already, and no export made it; it waits in review (or import the folder, or move the "
          "file)";
      plan_.unresolved =
          Conflicts::FoundConflict{entry_.id, plan_.item.file, "", current_.body_sha256, disk, disk};
      return std::move(plan_);
    }
    if (base->revision_id == current_.id && base->exported == rendered_ours)
      return import_edit(ours, std::move(rendered_ours), disk);
    STUBKEEPER_TRY(merge(*base, ours, disk));
    return note_effects(ours, disk);
  }

  // The file's text in place of the store's, as a person's revision.
  Result<PagePlan> import_edit(const std::string& ours, std::string rendered_ours, const std::string& disk) {
    plan_.item.action = ExportAction::import_edit;
    plan_.store_text = to_store_text(ours, rendered_ours, disk);
    plan_.item.old_bytes = std::move(rendered_ours);
    plan_.item.new_bytes = disk;
    return note_effects(ours, disk);
  }

  Result<PagePlan> note_effects(const std::string& ours, const std::string& disk) {
    note_broken_front_matter(ours, disk);
    STUBKEEPER_TRY(note_lost_changes());
    return std::move(plan_);
  }

  Result<PagePlan> update(const std::string& disk, std::string rendered_ours) {
    plan_.item.action = ExportAction::update;
    plan_.item.old_bytes = disk;
    plan_.item.new_bytes = std::move(rendered_ours);
    plan_.item.detail.clear();
    plan_.item.approved_changes_out = 0;
    // As where a person decided for a file like that.
    plan_.item.broken = describe_broken_front_matter(plan_.item.new_bytes);
    return std::move(plan_);
  }

  static std::string describe_broken_front_matter(const std::string& page) {
    const auto error = entries::find_front_matter_error(entries::FrontMatter::parse(page));
    return error ? "line " + std::to_string(error->line) + ": " + error->message : "";
  }

  // A hand may break front matter, at which Hugo stops. `before` is the store's text.
  void note_broken_front_matter(const std::string& before, const std::string& disk) {
    if (!entries::FrontMatter::parse(before).parse_error().empty()) return;
    const ExportAction action = plan_.item.action;
    if (action == ExportAction::import_edit || action == ExportAction::merge) {
      plan_.item.broken = describe_broken_front_matter(plan_.store_text);
    } else if (action == ExportAction::conflict) {
      plan_.item.broken = describe_broken_front_matter(disk);
    }
  }

  Result<PagePlan> equal(const std::string& disk, const std::string& disk_hash) {
    const auto& last_export = plan_.last_export;
    plan_.needs_manifest_entry =
        !last_export || last_export->revision_id != current_.id || last_export->sha256 != disk_hash;
    if (plan_.needs_manifest_entry) plan_.item.new_bytes = disk;
    return std::move(plan_);
  }

  static std::string count_changes(int count) {
    return std::to_string(count) + (count == 1 ? " approved change" : " approved changes");
  }

  // The plan for a file that is as it was, should a person have to decide.
  Status note_older_text(const OlderText& older, const std::string& disk) {
    ExportItem& item = plan_.item;
    item.action = ExportAction::older_text;
    STUBKEEPER_ASSIGN(const std::string text, EntryStore{store_}.bytes(older.revision));
    STUBKEEPER_ASSIGN(const int lost, count_lost_changes(store_, entry_, text));
    item.approved_changes_out = std::max(older.missing_changes, lost);
    item.old_bytes = disk;
    item.detail = "is as it was on " + iso_date(older.revision.created_at) + " (revision " +
                  std::to_string(older.revision.number) + "); " + count_changes(item.approved_changes_out) +
                  (item.approved_changes_out == 1 ? " is" : " are") +
                  " missing. `stubkeeper export --restore` writes the approved text again, `--accept` takes "
                  "the older one";
    return {};
  }

  // Names the approved text that an edit by hand takes out.
  Status note_lost_changes() {
    ExportItem& item = plan_.item;
    item.approved_changes_out = 0;
    if (item.action != ExportAction::import_edit && item.action != ExportAction::merge) return {};
    STUBKEEPER_ASSIGN(item.approved_changes_out, count_lost_changes(store_, entry_, plan_.store_text));
    item.detail.clear();
    if (item.approved_changes_out > 0) item.detail = "takes out " + count_changes(item.approved_changes_out);
    return {};
  }

  // Of the last export, or in a folder without one the entry's most similar revision.
  Result<std::optional<Base>> find_base(const std::string& disk) {
    EntryStore entries{store_};
    Base base;
    if (plan_.last_export) {
      base.revision_id = plan_.last_export->revision_id;
      STUBKEEPER_ASSIGN(base.exported, Bodies{store_}.get(plan_.last_export->sha256));
      // Without a rendering the file has the revision's own bytes, or a person's that were decided
      // on.
      base.store_text = base.exported;
      if (options_.renderer == nullptr) return std::optional{std::move(base)};
      STUBKEEPER_ASSIGN(const auto revision, entries.revision(base.revision_id));
      STUBKEEPER_ASSIGN(base.store_text, entries.bytes(revision));
      return std::optional{std::move(base)};
    }
    STUBKEEPER_ASSIGN(const auto similar, find_most_similar_revision(store_, entry_, disk));
    if (!similar) return std::optional<Base>{};
    base.revision_id = similar->id;
    STUBKEEPER_ASSIGN(base.store_text, entries.bytes(*similar));
    STUBKEEPER_ASSIGN(base.exported, rendered(base.store_text));
    return std::optional{std::move(base)};
  }

  // Both the person and the store have changed the page since the base.
  Status merge(const Base& base, const std::string& ours, const std::string& disk) {
    std::string theirs = to_store_text(base.store_text, base.exported, disk);
    entries::MergeResult merged = entries::merge_pages(base.store_text, ours, theirs);
    ExportItem& item = plan_.item;
    if (merged.clean()) {
      item.action = ExportAction::merge;
      item.old_bytes = disk;
      plan_.base_revision_id = base.revision_id;
      plan_.store_text = std::move(merged.bytes);
      STUBKEEPER_ASSIGN(item.new_bytes, rendered(plan_.store_text));
      return {};
    }
    item.action = ExportAction::conflict;
    item.detail = "was edited by hand since the last export where the store has something newer too (" +
                  list_places(merged.conflicts) + "); it waits in review";
    item.conflicts = std::move(merged.conflicts);
    plan_.unresolved = Conflicts::FoundConflict{
        entry_.id, item.file, sha256_hex(base.store_text), current_.body_sha256, std::move(theirs), disk};
    return {};
  }

  static std::string list_places(const std::vector<entries::MergeConflict>& conflicts) {
    std::vector<std::string> places;
    for (const entries::MergeConflict& conflict : conflicts) add_once(places, conflict.place);
    return join(places, ", ");
  }

  Store& store_;
  const FileSystem& files_;
  const ExportOptions& options_;
  const Entry& entry_;
  const bool is_rendered_as_stored_;  // the site's text is the store's
  Revision current_;
  PagePlan plan_;
};

}  // namespace

Result<PagePlan> plan_page(Store& store, const FileSystem& files, const ExportOptions& options,
                           const Entry& entry, const std::map<std::string, ManifestEntry>& manifest) {
  return Planner{store, files, options, entry, manifest}.run();
}

}  // namespace stubkeeper::kb
