#include "kb/export/moved_folder.h"

#include <algorithm>

#include "base/sha256.h"
#include "kb/export/manifest.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

constexpr std::uint64_t most_bytes = 50'000'000;

struct Likeness {
  std::size_t left = 0;   // files that the last export left
  std::size_t equal = 0;  // of these, so many stand in the other folder as they were
};

Result<Likeness> likeness_of(Store& store, const FileSystem& files, const std::string& was,
                             const std::string& is) {
  Likeness likeness;
  STUBKEEPER_ASSIGN(const auto left, Manifest(store, was).list());
  for (const auto& [file, entry] : left) {
    ++likeness.left;
    const auto bytes = files.read(is + "/" + file, most_bytes);
    if (bytes.ok() && sha256_hex(*bytes) == entry.sha256) ++likeness.equal;
  }
  return likeness;
}

Status follow(Store& store, const std::string& from, const std::string& to) {
  return store.atomically([&]() -> Status {
    STUBKEEPER_TRY(store.database().run("UPDATE export_file SET folder = ? WHERE folder = ?", {to, from}));
    return store.database().run("UPDATE conflict SET folder = ? WHERE folder = ?", {to, from});
  });
}

}  // namespace

Result<KnownFolder> recognize_folder(Store& store, const FileSystem& files, const std::string& folder,
                                     bool dry_run) {
  const std::string name = Manifest::key_of(folder);
  STUBKEEPER_ASSIGN(const auto known, Manifest::folders(store));
  if (std::find(known.begin(), known.end(), name) != known.end()) return KnownFolder{name, ""};
  std::string moved_from;
  std::size_t most = 0;
  for (const std::string& other : known) {
    STUBKEEPER_ASSIGN(const auto there, files.info(other));
    if (there) continue;
    STUBKEEPER_ASSIGN(const Likeness likeness, likeness_of(store, files, other, name));
    if (likeness.equal * 2 < likeness.left || likeness.equal <= most) continue;
    most = likeness.equal;
    moved_from = other;
  }
  if (moved_from.empty()) return KnownFolder{name, ""};
  if (dry_run) return KnownFolder{moved_from, moved_from};
  STUBKEEPER_TRY(follow(store, moved_from, name));
  return KnownFolder{name, moved_from};
}

}  // namespace stubkeeper::kb
