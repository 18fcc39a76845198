#include "kb/export/moved_folder.h"


#include "base/sha256.h"
#include "base/text/strings.h"
#include "kb/export/manifest.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

struct FolderMatch {
  std::size_t exported_files = 0;
  std::size_t unchanged_files = 0;  // of these, with the same bytes in the other folder
};

Result<FolderMatch> compare_folders(Store& store, const FileSystem& files, const std::string& was,
                                    const std::string& is) {
  FolderMatch match;
  STUBKEEPER_ASSIGN(const auto exported_files, Manifest(store, was).list());
  for (const auto& [file, entry] : exported_files) {
    ++match.exported_files;
    const auto bytes = files.read(is + "/" + file, max_exported_bytes);
    if (bytes.ok() && sha256_hex(*bytes) == entry.sha256) ++match.unchanged_files;
  }
  return match;
}

Status rename_folder(Store& store, const std::string& from, const std::string& to) {
  return store.run_in_transaction([&]() -> Status {
    STUBKEEPER_TRY(store.database().run("UPDATE export_file SET folder = ? WHERE folder = ?", {to, from}));
    return store.database().run("UPDATE conflict SET folder = ? WHERE folder = ?", {to, from});
  });
}

}  // namespace

Result<KnownFolder> find_export_folder(Store& store, const FileSystem& files, const std::string& folder,
                                       bool dry_run) {
  const std::string name = Manifest::folder_key(folder);
  STUBKEEPER_ASSIGN(const auto known, Manifest::folders(store));
  if (contains(known, name)) return KnownFolder{name, ""};
  std::string moved_from;
  std::size_t best_unchanged_files = 0;
  for (const std::string& other : known) {
    STUBKEEPER_ASSIGN(const auto there, files.info(other));
    if (there) continue;
    STUBKEEPER_ASSIGN(const FolderMatch match, compare_folders(store, files, other, name));
    if (match.unchanged_files * 2 < match.exported_files || match.unchanged_files <= best_unchanged_files)
      continue;
    best_unchanged_files = match.unchanged_files;
    moved_from = other;
  }
  if (moved_from.empty()) return KnownFolder{name, ""};
  if (dry_run) return KnownFolder{moved_from, moved_from};
  STUBKEEPER_TRY(rename_folder(store, moved_from, name));
  return KnownFolder{name, moved_from};
}

}  // namespace stubkeeper::kb
