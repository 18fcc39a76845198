#include "kb/export/section_import.h"

#include <algorithm>
#include <set>

#include "base/sha256.h"
#include "entries/document.h"
#include "entries/entry_path.h"
#include "entries/front_matter_error.h"
#include "entries/markdown/lines.h"
#include "kb/entries/entry_store.h"
#include "kb/entries/steering.h"
#include "kb/export/manifest.h"
#include "kb/export/moved_folder.h"
#include "kb/export/older_text.h"
#include "kb/export/page_plan.h"
#include "kb/store/bodies.h"

namespace stubkeeper::kb {
namespace {

// Each transaction waits for the disk once, so some files share one.
constexpr std::size_t files_per_transaction = 50;

std::string title_of(const entries::Document& document, const std::string& path) {
  if (const auto title = document.front_matter().scalar("title"); title && !title->empty()) return *title;
  for (const entries::Block& block : document.blocks()) {
    if (block.kind != entries::BlockKind::heading) continue;
    std::string_view text = document.text(block);
    text = entries::trim(text.substr(std::min(text.find_first_not_of('#'), text.size())));
    text = text.substr(0, text.find_first_of("\r\n"));
    if (!text.empty()) return std::string{text};
  }
  return path.empty() ? "index" : path.substr(path.rfind('/') + 1);
}

// The text between the tags of a paired steering shortcode, or nothing.
std::optional<std::string> steering_block_text(std::string_view block) {
  const std::size_t open = block.find(">}}");
  const std::size_t close = block.rfind("{{<");
  if (open == std::string_view::npos || close == std::string_view::npos || close < open + 3)
    return std::nullopt;
  std::string_view name = block.substr(3, open - 3);
  if (entries::trim(name) != "steering") return std::nullopt;
  return std::string{block.substr(open + 3, close - open - 3)};
}

class Import {
 public:
  Import(Store& store, FileSystem& files, const std::string& folder, const std::string& author, Timestamp now,
         const PageRenderer* renderer)
      : store_(store),
        files_(files),
        folder_(folder),
        author_(author),
        now_(now),
        renderer_(renderer),
        manifest_(store, folder),
        sources_(store) {}

  Result<ImportReport> run() {
    if (renderer_ != nullptr && renderer_->renames_files()) {
      return Error{ErrorCode::invalid_argument, "is written in another form than entries have", folder_,
                   "`stubkeeper export` takes in what was edited there"};
    }
    STUBKEEPER_ASSIGN(const auto info, files_.info(folder_));
    if (!info || info->kind != FileKind::folder) {
      return Error{ErrorCode::invalid_argument, "is not a folder", folder_,
                   "name the folder of the section, such as site/content/research"};
    }
    STUBKEEPER_TRY(find_export_folder(store_, files_, folder_, false));
    STUBKEEPER_TRY(follow_moves());
    STUBKEEPER_ASSIGN(const auto listed, list_section(files_, folder_));
    STUBKEEPER_ASSIGN(const auto all, EntryStore{store_}.list());
    std::set<std::string> known;
    for (const Entry& entry : all) known.insert(entry.file);
    std::vector<const FileInfo*> pages;
    for (const FileInfo& file : listed.markdown) {
      if (listed.is_page(file.path) || known.contains(file.path)) pages.push_back(&file);
    }
    report_.left_out = listed.left_out;
    for (std::size_t begin = 0; begin < pages.size(); begin += files_per_transaction) {
      const std::size_t end = std::min(begin + files_per_transaction, pages.size());
      STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
        for (std::size_t i = begin; i < end; ++i) STUBKEEPER_TRY(import_file(*pages[i]));
        return {};
      }));
    }
    if (!rules_.empty()) STUBKEEPER_TRY(Steering{store_}.replace_all(rules_));
    report_.steering_rules = static_cast<int>(rules_.size());
    report_.sources_added = sources_.added();
    report_.left_out_sources = sources_.left_out();
    return report_;
  }

 private:
  Status skip(const std::string& file, const std::string& reason) {
    report_.skipped.push_back({file, reason});
    return {};
  }

  Status follow_moves() {
    STUBKEEPER_ASSIGN(const auto all, EntryStore{store_}.list());
    STUBKEEPER_ASSIGN(const auto last_export, manifest_.list());
    STUBKEEPER_ASSIGN(const auto found, find_moved_files(store_, files_, folder_, all, last_export));
    for (const MovedFile& moved : found.moved) {
      if (const Status followed = follow_move(store_, folder_, moved, now_, author_); !followed.ok()) {
        STUBKEEPER_TRY(skip(moved.to, followed.error().message));
        continue;
      }
      report_.moved.push_back(moved);
    }
    return {};
  }

  Status import_file(const FileInfo& file) {
    if (file.kind == FileKind::symbolic_link)
      return skip(file.path, "is a symbolic link, which is not followed");
    if (file.kind != FileKind::regular) return skip(file.path, "is no regular file");
    const std::string path = entries::entry_path_from_file(file.path);
    if (!path.empty()) {
      if (const auto usable = entries::parse_entry_path(path); !usable.ok())
        return skip(file.path, usable.error().message);
    }
    auto bytes = files_.read(folder_ + "/" + file.path, entries::max_page_bytes);
    if (!bytes.ok()) return skip(file.path, bytes.error().message);
    return import_page(file.path, path, *bytes);
  }

  Status import_page(const std::string& file, const std::string& path, const std::string& bytes) {
    EntryStore entries{store_};
    const entries::Document document = entries::Document::parse(bytes);
    const int taken_in = report_.entries_added + report_.entries_revised;
    STUBKEEPER_ASSIGN(const auto known, entries.find(path));
    Id entry_id = 0;
    if (known) {
      if (known->file != file && known->state != EntryState::removed) {
        return skip(file, "names the same entry as " + known->file + "; rename one of them");
      }
      STUBKEEPER_ASSIGN(const bool imported, revise(*known, file, bytes));
      if (!imported) return {};
      entry_id = known->id;
    } else {
      EntryStore::NewEntry fresh;
      fresh.path = path;
      fresh.file = file;
      fresh.kind = entries::is_section_file(file) ? EntryKind::section : EntryKind::entry;
      fresh.title = title_of(document, path);
      fresh.bytes = bytes;
      STUBKEEPER_ASSIGN(const auto entry,
                        entries.add(fresh, AuthorKind::import, author_, now_, "imported from " + file));
      STUBKEEPER_TRY(manifest_.put(file, {entry.id, entry.current_revision_id, sha256_hex(bytes)}, now_));
      ++report_.entries_added;
      entry_id = entry.id;
    }
    const auto error = entries::find_front_matter_error(document.front_matter());
    if (error && report_.entries_added + report_.entries_revised > taken_in)
      report_.broken.push_back({file + ":" + std::to_string(error->line), error->message});
    STUBKEEPER_TRY(sources_.add(document, entry_id, path.empty() ? file : path, now_));
    add_steering_rules(document, path);
    return {};
  }

  // False where the file is left out.
  Result<bool> revise(Entry known, const std::string& file, const std::string& bytes) {
    known.file = file;  // a removed entry may come back under another name
    std::map<std::string, ManifestEntry> manifest;
    STUBKEEPER_ASSIGN(const auto last_export, manifest_.find(file));
    if (last_export) manifest.emplace(file, *last_export);
    STUBKEEPER_ASSIGN(auto plan,
                      plan_page(store_, files_, {folder_, author_, now_, true, renderer_}, known, manifest));
    switch (plan.item.action) {
      case ExportAction::unchanged:
        if (plan.needs_manifest_entry)
          STUBKEEPER_TRY(note_file(file, bytes, {known.id, known.current_revision_id, ""}));
        [[fallthrough]];
      case ExportAction::update:
        // The file is as it was left, and the store has something newer to export.
        ++report_.entries_unchanged;
        return true;
      case ExportAction::import_edit:
        return take_in(known, file, bytes, plan.store_text);
      case ExportAction::conflict:
        // The folder is imported to be taken in as it is.
        if (!last_export && plan.unresolved && plan.unresolved->base_sha256.empty())
          return take_in(known, file, bytes, bytes);
        [[fallthrough]];
      case ExportAction::merge:
        STUBKEEPER_TRY(
            skip(file,
                 "was edited on disk, and the store has a newer revision too; export first and look "
                 "at what it reports"));
        return false;
      default:
        STUBKEEPER_TRY(skip(file, plan.item.detail));
        return false;
    }
  }

  Result<bool> take_in(const Entry& known, const std::string& file, const std::string& bytes,
                       const std::string& text) {
    EntryStore entries{store_};
    STUBKEEPER_ASSIGN(const int lost, count_lost_changes(store_, known, text));
    if (lost > 0) report_.approved_changes_out.emplace_back(file, lost);
    STUBKEEPER_ASSIGN(const auto revision, entries.add_revision(known.id, text, AuthorKind::person, author_,
                                                                now_, "edited on disk: " + file));
    if (known.state != EntryState::published)
      STUBKEEPER_TRY(entries.set_state(known.id, EntryState::published));
    STUBKEEPER_TRY(note_file(file, bytes, {known.id, revision.id, ""}));
    ++report_.entries_revised;
    return true;
  }

  // In the manifest, with its bytes as the base of the next merge.
  Status note_file(const std::string& file, const std::string& bytes, ManifestEntry entry) {
    STUBKEEPER_ASSIGN(entry.sha256, Bodies{store_}.put(bytes));
    return manifest_.put(file, entry, now_);
  }

  void add_steering_rules(const entries::Document& document, const std::string& path) {
    for (const entries::Block& block : document.blocks()) {
      if (block.kind != entries::BlockKind::shortcode) continue;
      if (const auto text = steering_block_text(entries::trim(document.text(block)))) {
        for (SteeringRule& rule : split_steering(*text, path)) rules_.push_back(std::move(rule));
      }
    }
  }

  Store& store_;
  FileSystem& files_;
  const std::string& folder_;
  const std::string& author_;
  Timestamp now_;
  const PageRenderer* renderer_;
  Manifest manifest_;
  ImportSources sources_;
  ImportReport report_;
  std::vector<SteeringRule> rules_;
};

}  // namespace

Result<ImportReport> import_section(Store& store, FileSystem& files, const std::string& folder,
                                    const std::string& author, Timestamp now, const PageRenderer* renderer) {
  return Import{store, files, folder, author, now, renderer}.run();
}

}  // namespace stubkeeper::kb
