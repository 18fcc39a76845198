#include "kb/export/moved_files.h"

#include <algorithm>
#include <set>

#include "base/sha256.h"
#include "base/text/strings.h"
#include "entries/document.h"
#include "entries/entry_path.h"
#include "kb/entries/entry_store.h"
#include "kb/export/conflicts.h"
#include "kb/export/page_similarity.h"
#include "kb/export/section_listing.h"
#include "kb/store/bodies.h"

namespace stubkeeper::kb {
namespace {

struct Page {
  std::string file;
  std::string sha256;
  PageBlocks blocks;
};

Page page_of(const std::string& file, const std::string& bytes) {
  return {file, sha256_hex(bytes), PageBlocks{bytes}};
}

struct MovePair {
  double similarity = 0;
  std::size_t gone = 0;
  std::size_t unknown = 0;
};

}  // namespace

Result<MovedFiles> find_moved_files(Store& store, const FileSystem& files, const std::string& folder,
                                    const std::vector<Entry>& entries,
                                    const std::map<std::string, ManifestEntry>& manifest) {
  MovedFiles result;
  if (manifest.empty()) return result;
  STUBKEEPER_ASSIGN(const auto listed, list_section(files, folder));
  std::set<std::string> on_disk;
  for (const FileInfo& info : listed.markdown) {
    if (info.kind == FileKind::regular) on_disk.insert(info.path);
  }
  std::vector<Page> gone;
  std::vector<Id> gone_entries;
  for (const Entry& entry : entries) {
    const auto last_export = manifest.find(entry.file);
    if (entry.state != EntryState::published || last_export == manifest.end() || on_disk.contains(entry.file))
      continue;
    STUBKEEPER_ASSIGN(const std::string bytes, Bodies{store}.get(last_export->second.sha256));
    gone.push_back(page_of(entry.file, bytes));
    gone_entries.push_back(entry.id);
  }
  for (const Entry& entry : entries) on_disk.erase(entry.file);
  std::vector<Page> unknown;
  for (const std::string& file : on_disk) {
    if (manifest.contains(file) || !listed.is_page(file)) continue;
    if (gone.empty()) {
      result.unknown.push_back(file);
      continue;
    }
    const auto bytes = files.read(folder + "/" + file, entries::max_page_bytes);
    const std::string path = entries::entry_path_from_file(file);
    const bool usable = path.empty() || entries::parse_entry_path(path).ok();
    unknown.push_back(bytes.ok() && usable ? page_of(file, *bytes) : Page{file, "", PageBlocks{""}});
  }
  std::vector<MovePair> pairs;
  for (std::size_t i = 0; i < gone.size(); ++i) {
    for (std::size_t j = 0; j < unknown.size(); ++j) {
      if (unknown[j].sha256.empty()) continue;
      // Equal bytes come before similar ones, and of equals the one with the same name.
      const double similarity_score =
          gone[i].sha256 == unknown[j].sha256 ? 2 : gone[i].blocks.similarity(unknown[j].blocks);
      const double same_name_bonus = file_name(gone[i].file) == file_name(unknown[j].file) ? 0.01 : 0;
      if (similarity_score >= min_page_similarity)
        pairs.push_back({similarity_score + same_name_bonus, i, j});
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const MovePair& a, const MovePair& b) { return a.similarity > b.similarity; });
  std::set<std::size_t> matched_unknown;
  std::set<std::size_t> matched_gone;
  for (const MovePair& pair : pairs) {
    if (matched_gone.contains(pair.gone) || matched_unknown.contains(pair.unknown)) continue;
    matched_gone.insert(pair.gone);
    matched_unknown.insert(pair.unknown);
    result.moved.push_back({gone_entries[pair.gone], gone[pair.gone].file, unknown[pair.unknown].file});
  }
  for (std::size_t j = 0; j < unknown.size(); ++j) {
    if (!matched_unknown.contains(j)) result.unknown.push_back(unknown[j].file);
  }
  std::sort(result.moved.begin(), result.moved.end(),
            [](const MovedFile& a, const MovedFile& b) { return a.from < b.from; });
  return result;
}

Status follow_move(Store& store, const std::string& folder, const MovedFile& moved, Timestamp now,
                   const std::string& by) {
  return store.run_in_transaction([&]() -> Status {
    Manifest manifest{store, folder};
    STUBKEEPER_ASSIGN(const auto last_export, manifest.find(moved.from));
    STUBKEEPER_TRY(EntryStore{store}.move(moved.entry_id, moved.to, now, by));
    STUBKEEPER_TRY(Conflicts{store}.follow_move(folder, moved.entry_id, moved.from, moved.to));
    STUBKEEPER_TRY(manifest.forget(moved.from));
    return last_export ? manifest.put(moved.to, *last_export, now) : Status{};
  });
}

}  // namespace stubkeeper::kb
