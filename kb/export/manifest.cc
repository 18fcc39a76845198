#include "kb/export/manifest.h"

#include <filesystem>

#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

// The few folders are found one after the other in the index, and not by a look at each of their
// files.
#define FOLDERS_OF_MANIFESTS                                                                        \
  "WITH RECURSIVE known (folder) AS (SELECT min(folder) FROM export_file UNION ALL SELECT (SELECT " \
  "min(folder) FROM export_file WHERE folder > known.folder) FROM known WHERE known.folder IS NOT NULL) "

}  // namespace

std::string Manifest::folder_key(const std::string& folder) {
  std::error_code failed;
  auto canonical = std::filesystem::weakly_canonical(folder, failed);
  if (failed) canonical = std::filesystem::path{folder}.lexically_normal();
  if (!canonical.has_filename()) canonical = canonical.parent_path();
  return canonical.string();
}

Result<std::vector<std::string>> Manifest::folders(Store& store) {
  return store.database().query(FOLDERS_OF_MANIFESTS
                                "SELECT folder FROM known WHERE folder IS NOT NULL ORDER BY folder",
                                {}, first_text);
}

Result<bool> Manifest::is_unchanged_since_export(Store& store,
                                                 const std::optional<ManifestEntry>& last_export,
                                                 const std::string& file, Id entry_id,
                                                 const std::string& sha256) {
  if (last_export) return last_export->sha256 == sha256;
  return store.database().has_rows(
      FOLDERS_OF_MANIFESTS
      "SELECT 1 FROM known JOIN export_file ON export_file.folder = known.folder AND file = ? "
      "WHERE entry_id = ? AND body_sha256 = ? LIMIT 1",
      {file, entry_id, sha256});
}

Manifest::Manifest(Store& store, const std::string& folder) : store_(store), folder_(folder_key(folder)) {}

Result<std::map<std::string, ManifestEntry>> Manifest::list() {
  std::map<std::string, ManifestEntry> files;
  STUBKEEPER_TRY(store_.database().run(
      "SELECT file, entry_id, revision_id, body_sha256 FROM export_file WHERE folder = ?", {folder_},
      [&](const Row& row) -> Status {
        files[row.text(0)] = {row.integer(1), row.integer(2), row.text(3)};
        return {};
      }));
  return files;
}

Status Manifest::forget(const std::string& file) {
  return store_.database().run("DELETE FROM export_file WHERE folder = ? AND file = ?", {folder_, file});
}

Result<std::optional<ManifestEntry>> Manifest::find(const std::string& file) {
  return store_.database().query_one(
      "SELECT entry_id, revision_id, body_sha256 FROM export_file WHERE folder = ? AND file = ?",
      {folder_, file}, [](const Row& row) {
        return ManifestEntry{row.integer(0), row.integer(1), row.text(2)};
      });
}

Status Manifest::put(const std::string& file, const ManifestEntry& entry, Timestamp now) {
  return store_.database().run(
      "INSERT INTO export_file (folder, file, entry_id, revision_id, body_sha256, exported_at) "
      "VALUES (?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (folder, file) DO UPDATE SET entry_id = excluded.entry_id, "
      "revision_id = excluded.revision_id, body_sha256 = excluded.body_sha256, "
      "exported_at = excluded.exported_at",
      {folder_, file, entry.entry_id, entry.revision_id, entry.sha256, to_value(now)});
}

}  // namespace stubkeeper::kb
