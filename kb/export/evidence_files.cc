#include "kb/export/evidence_files.h"

#include "base/sha256.h"
#include "kb/entries/entry_store.h"
#include "kb/entries/evidence.h"
#include "kb/export/manifest.h"
#include "kb/export/moved_folder.h"
#include "kb/sources/snapshots.h"

namespace stubkeeper::kb {
namespace {

constexpr std::uint64_t most_bytes = 50'000'000;

class EvidenceExport {
 public:
  EvidenceExport(Store& store, FileSystem& files, const EvidenceOptions& options, const KnownFolder& folder)
      : store_(store), files_(files), options_(options), manifest_(store, folder.name) {}

  Result<ExportReport> run() {
    STUBKEEPER_ASSIGN(left_, manifest_.list());
    STUBKEEPER_ASSIGN(const auto with_evidence, entries_with_evidence(store_));
    STUBKEEPER_ASSIGN(const auto all, EntryStore{store_}.list());
    std::map<Id, std::string> still_there;
    for (const Entry& entry : all) {
      if (entry.state != EntryState::published || !with_evidence.contains(entry.id)) continue;
      STUBKEEPER_ASSIGN(const auto evidence, evidence_of(store_, entry));
      if (evidence.claims.empty()) continue;
      const std::string file = evidence_file(options_, entry.file);
      still_there.emplace(entry.id, file);
      STUBKEEPER_TRY(write(entry, file, evidence_json(evidence)));
    }
    for (const auto& [file, left] : left_) {
      const auto there = still_there.find(left.entry_id);
      if (there == still_there.end() || there->second != file) STUBKEEPER_TRY(remove(file, left));
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

  void leave_alone(Id entry_id, const std::string& file) {
    add(entry_id, file, ExportAction::conflict,
        "is not as the last export left it; evidence is made from the store: move the file away and export "
        "again");
  }

  Status write(const Entry& entry, const std::string& file, const std::string& json) {
    const auto left = left_.find(file);
    const auto there = files_.read(path_of(file), most_bytes);
    if (there.ok() && *there == json) {
      ++report_.unchanged;
      if (options_.dry_run || (left != left_.end() && left->second.sha256 == sha256_hex(json))) return {};
      return note(entry, file, json);
    }
    if (!there.ok() && there.error().code != ErrorCode::not_found) {
      add(entry.id, file, ExportAction::failed, there.error().text());
      return {};
    }
    STUBKEEPER_ASSIGN(const bool is_an_exports, there.ok()
                                                    ? is_as_an_export_left_it(entry, file, sha256_hex(*there))
                                                    : Result<bool>{true});
    if (!is_an_exports) {
      leave_alone(entry.id, file);
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
    return note(entry, file, json);
  }

  // To this folder; or, where none wrote there, to another one, of which this one is a copy.
  Result<bool> is_as_an_export_left_it(const Entry& entry, const std::string& file,
                                       const std::string& sha256) {
    if (const auto left = left_.find(file); left != left_.end()) return left->second.sha256 == sha256;
    return Manifest::was_left_anywhere(store_, file, entry.id, sha256);
  }

  Status note(const Entry& entry, const std::string& file, const std::string& json) {
    return store_.atomically([&]() -> Status {
      STUBKEEPER_ASSIGN(const auto hash, Bodies{store_}.put(json));
      return manifest_.put(file, {entry.id, entry.current_revision_id, hash}, options_.now);
    });
  }

  Status remove(const std::string& file, const ManifestEntry& left) {
    const auto there = files_.read(path_of(file), most_bytes);
    if (there.ok() && left.sha256 != sha256_hex(*there)) {
      leave_alone(left.entry_id, file);
      return {};
    }
    if (!there.ok() && there.error().code != ErrorCode::not_found) {
      add(left.entry_id, file, ExportAction::failed, there.error().text());
      return {};
    }
    if (there.ok()) {
      ExportItem& item =
          add(left.entry_id, file, ExportAction::remove, "its entry has no quoted claims any more");
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
  std::map<std::string, ManifestEntry> left_;
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
  STUBKEEPER_ASSIGN(const auto folder, recognize_folder(store, files, options.folder, options.dry_run));
  return EvidenceExport{store, files, options, folder}.run();
}

}  // namespace stubkeeper::kb
