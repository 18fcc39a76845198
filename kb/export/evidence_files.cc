#include "kb/export/evidence_files.h"

#include "base/sha256.h"
#include "kb/entries/entry_store.h"
#include "kb/export/manifest.h"
#include "kb/export/moved_folder.h"
#include "kb/review/evidence.h"
#include "kb/store/bodies.h"

namespace stubkeeper::kb {
namespace {

class EvidenceExport {
 public:
  EvidenceExport(Store& store, FileSystem& files, const EvidenceOptions& options, const KnownFolder& folder)
      : store_(store), files_(files), options_(options), manifest_(store, folder.name) {}

  Result<ExportReport> run() {
    STUBKEEPER_ASSIGN(last_export_, manifest_.list());
    STUBKEEPER_ASSIGN(const auto entries_with_quotes, entries_with_evidence(store_));
    STUBKEEPER_ASSIGN(const auto all, EntryStore{store_}.list());
    std::map<Id, std::string> still_there;
    for (const Entry& entry : all) {
      if (entry.state != EntryState::published || !entries_with_quotes.contains(entry.id)) continue;
      STUBKEEPER_ASSIGN(const auto evidence, collect_evidence(store_, entry));
      if (evidence.claims.empty()) continue;
      const std::string file = evidence_file(options_, entry.file);
      still_there.emplace(entry.id, file);
      STUBKEEPER_TRY(write(entry, file, evidence_json(evidence)));
    }
    for (const auto& [file, last_export] : last_export_) {
      const auto there = still_there.find(last_export.entry_id);
      if (there == still_there.end() || there->second != file) STUBKEEPER_TRY(remove(file, last_export));
    }
    return std::move(report_);
  }

 private:
  std::string path_of(const std::string& file) const { return options_.folder + "/" + file; }

  ExportItem& add(Id entry_id, const std::string& file, ExportAction action, std::string detail = "") {
    ExportItem item;
    item.entry_id = entry_id;
    item.file = file;
    item.action = action;
    item.detail = std::move(detail);
    report_.items.push_back(std::move(item));
    return report_.items.back();
  }

  void report_conflict(Id entry_id, const std::string& file) {
    add(entry_id, file, ExportAction::conflict,
        "is not as the last export left it; evidence is made from the store: move the file away and export "
        "again");
  }

  Status write(const Entry& entry, const std::string& file, const std::string& json) {
    const auto known = last_export_.find(file);
    const auto last_export = known == last_export_.end() ? std::nullopt : std::optional{known->second};
    const auto there = files_.read(path_of(file), max_exported_bytes);
    if (there.ok() && *there == json) {
      ++report_.unchanged;
      if (options_.dry_run || (last_export && last_export->sha256 == sha256_hex(json))) return {};
      return record_in_manifest(entry, file, json);
    }
    if (!there.ok() && there.error().code != ErrorCode::not_found) {
      add(entry.id, file, ExportAction::failed, there.error().text());
      return {};
    }
    bool is_unedited = true;
    if (there.ok()) {
      STUBKEEPER_ASSIGN(is_unedited, Manifest::is_unchanged_since_export(store_, last_export, file, entry.id,
                                                                         sha256_hex(*there)));
    }
    if (!is_unedited) {
      report_conflict(entry.id, file);
      return {};
    }
    ExportItem& item = add(entry.id, file, there.ok() ? ExportAction::update : ExportAction::create);
    if (there.ok()) item.old_bytes = *there;
    item.new_bytes = json;
    if (options_.dry_run) return {};
    if (const Status written = files_.write_atomically(path_of(file), json); !written.ok()) {
      item.action = ExportAction::failed;
      item.detail = written.error().text();
      return {};
    }
    return record_in_manifest(entry, file, json);
  }

  Status record_in_manifest(const Entry& entry, const std::string& file, const std::string& json) {
    return store_.run_in_transaction([&]() -> Status {
      STUBKEEPER_ASSIGN(const auto hash, Bodies{store_}.put(json));
      return manifest_.put(file, {entry.id, entry.current_revision_id, hash}, options_.now);
    });
  }

  Status remove(const std::string& file, const ManifestEntry& last_export) {
    const auto there = files_.read(path_of(file), max_exported_bytes);
    if (there.ok() && last_export.sha256 != sha256_hex(*there)) {
      report_conflict(last_export.entry_id, file);
      return {};
    }
    if (!there.ok() && there.error().code != ErrorCode::not_found) {
      add(last_export.entry_id, file, ExportAction::failed, there.error().text());
      return {};
    }
    if (there.ok()) {
      ExportItem& item =
          add(last_export.entry_id, file, ExportAction::remove, "its entry has no quoted claims any more");
      item.old_bytes = *there;
    }
    if (options_.dry_run) return {};
    if (there.ok()) {
      if (const Status removed = files_.remove_file(path_of(file)); !removed.ok()) {
        report_.items.back().action = ExportAction::failed;
        report_.items.back().detail = removed.error().text();
        return {};
      }
    }
    return manifest_.forget(file);
  }

  Store& store_;
  FileSystem& files_;
  const EvidenceOptions& options_;
  Manifest manifest_;
  std::map<std::string, ManifestEntry> last_export_;
  ExportReport report_;
};

}  // namespace

std::string evidence_file(const EvidenceOptions& options, const std::string& entry_file) {
  std::string file = "stubkeeper/";
  if (!options.section.empty()) file += options.section + "/";
  file += entry_file;
  if (file.ends_with(".md")) file.erase(file.size() - 3);
  return file + ".json";
}

Result<ExportReport> export_evidence(Store& store, FileSystem& files, const EvidenceOptions& options) {
  STUBKEEPER_ASSIGN(const auto folder, find_export_folder(store, files, options.folder, options.dry_run));
  return EvidenceExport{store, files, options, folder}.run();
}

}  // namespace stubkeeper::kb
