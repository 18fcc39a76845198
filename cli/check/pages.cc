#include "cli/check/pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/entry_argument.h"
#include "entries/document.h"
#include "kb/entries/entry_store.h"
#include "kb/store/knowledge_base.h"

namespace stubkeeper::cli {
namespace {

namespace fs = std::filesystem;

// Whether a file is one of those that were asked for: by its file, its entry path, or a folder above it.
bool matches_paths(const std::string& file, const std::vector<std::string>& paths) {
  if (paths.empty()) return true;
  return std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
    std::string wanted = path;
    while (!wanted.empty() && wanted.back() == '/') wanted.pop_back();
    return file == wanted || file == wanted + ".md" || file.starts_with(wanted + "/");
  });
}

std::string absolute(const Session& session, const std::string& path) {
  return (fs::path{session.environment.current_folder} / path).lexically_normal().string();
}

Result<CheckedPages> list_folder_pages(const Session& session, const CheckScope& scope) {
  CheckedPages found;
  FileSystem& files = session.environment.files;
  found.conventions = entries::built_in_conventions();
  if (!scope.conventions.empty()) {
    STUBKEEPER_ASSIGN(found.conventions, kb::load_conventions(absolute(session, scope.conventions), files));
    session.show_notices(found.conventions.notices);
  }
  const std::string root = absolute(session, scope.folder);
  STUBKEEPER_ASSIGN(const auto listed, files.list_tree(root));
  for (const FileInfo& info : listed) {
    if (info.kind == FileKind::folder || !info.path.ends_with(".md")) continue;
    if (info.kind != FileKind::regular) {
      found.unreadable.push_back({info.path, info.kind == FileKind::symbolic_link
                                                 ? "is a symbolic link, which is not followed"
                                                 : "is no regular file"});
      continue;
    }
    const std::string path = (fs::path{root} / info.path).string();
    auto bytes = files.read(path, entries::max_page_bytes);
    if (!bytes.ok()) {
      found.unreadable.push_back({info.path, bytes.error().message});
      continue;
    }
    found.all_files.push_back(info.path);
    found.pages.push_back({info.path, *std::move(bytes), matches_paths(info.path, scope.paths),
                           [&files, path](const std::string& fixed, const std::string&) {
                             return files.write_atomically(path, fixed);
                           }});
  }
  if (found.all_files.empty() && found.unreadable.empty()) {
    return Error{ErrorCode::not_found, "there is no Markdown file in the folder", root,
                 "name the folder of a section"};
  }
  return found;
}

Result<CheckedPages> list_knowledge_base_pages(const Session& session, const CheckScope& scope) {
  CheckedPages found;
  STUBKEEPER_ASSIGN(auto opened, session.open_knowledge_base());
  found.kb = std::move(opened);
  found.conventions = found.kb->store->conventions();
  found.disabled = found.kb->configuration.check.disable;
  kb::EntryStore entries{*found.kb->store};
  STUBKEEPER_ASSIGN(const auto all, entries.list());
  for (const kb::Entry& entry : all) {
    if (entry.state == kb::EntryState::removed) continue;
    // A stub is no page yet, but a link to it is no fault of the page that has it.
    found.all_files.push_back(entry.file);
    const bool named = !scope.paths.empty() && matches_paths(entry.file, scope.paths);
    const bool published = entry.state == kb::EntryState::published;
    if (!published && !named) continue;
    STUBKEEPER_ASSIGN(std::string bytes, entries.current_bytes(entry));
    found.pages.push_back(
        {entry.file, std::move(bytes), named || scope.paths.empty(),
         [&session, store = found.kb->store.get(), reviewer = found.kb->reviewer, id = entry.id](
             const std::string& fixed, const std::string& note) -> Status {
           STUBKEEPER_ASSIGN([[maybe_unused]] const auto revision,
                             kb::EntryStore{*store}.add_revision(id, fixed, kb::AuthorKind::person, reviewer,
                                                                 session.environment.clock.now(), note));
           return {};
         }});
  }
  return found;
}

}  // namespace

Result<CheckedPages> pages_to_check(const Session& session, const CheckScope& scope) {
  STUBKEEPER_ASSIGN(CheckedPages found, scope.folder.empty() ? list_knowledge_base_pages(session, scope)
                                                             : list_folder_pages(session, scope));
  for (const std::string& path : scope.paths) {
    const bool any = std::any_of(found.pages.begin(), found.pages.end(),
                                 [&](const CheckedPage& page) { return matches_paths(page.file, {path}); });
    if (any) continue;
    if (found.kb) {
      STUBKEEPER_ASSIGN([[maybe_unused]] const auto entry, find_entry(*found.kb->store, path));
    }
    return Error{ErrorCode::not_found, fmt::format("\"{}\" names no page", path), scope.folder,
                 "name a file, an entry path or a folder below the section's root"};
  }
  return found;
}

}  // namespace stubkeeper::cli
