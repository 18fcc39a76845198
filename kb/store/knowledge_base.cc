#include "kb/store/knowledge_base.h"

#include <filesystem>

namespace stubkeeper::kb {
namespace {

namespace fs = std::filesystem;

Result<bool> is_knowledge_base(const fs::path& folder, const FileSystem& files) {
  STUBKEEPER_ASSIGN(const auto info, files.info((folder / "stubkeeper.toml").string()));
  return info && info->kind == FileKind::regular;
}

constexpr const char* init_advice = "make one with `stubkeeper init DIR`, or name one with --kb DIR";

}  // namespace

Result<KnowledgeBasePaths> find_knowledge_base(const std::string& kb_option,
                                               const std::string& environment_value,
                                               const std::string& current_folder, const FileSystem& files) {
  const fs::path here{current_folder};
  const std::string& named = kb_option.empty() ? environment_value : kb_option;
  if (!named.empty()) {
    fs::path folder = (here / named).lexically_normal();
    if (!folder.has_filename()) folder = folder.parent_path();
    STUBKEEPER_ASSIGN(const bool found, is_knowledge_base(folder, files));
    if (found) return KnowledgeBasePaths{folder.string()};
    return Error{ErrorCode::not_found,
                 std::string{"is not a knowledge base: it has no stubkeeper.toml"} +
                     (kb_option.empty() ? " (named by $STUBKEEPER_KB)" : ""),
                 folder.string(), init_advice};
  }
  for (fs::path folder = here;; folder = folder.parent_path()) {
    STUBKEEPER_ASSIGN(const bool found, is_knowledge_base(folder, files));
    if (found) return KnowledgeBasePaths{folder.string()};
    if (folder == folder.parent_path()) break;
  }
  return Error{ErrorCode::not_found, "neither this folder nor any above it is a knowledge base",
               current_folder, init_advice};
}

Status init_knowledge_base(const KnowledgeBasePaths& paths, const std::string& configuration_text,
                           FileSystem& files) {
  STUBKEEPER_ASSIGN(const auto configuration, files.info(paths.configuration()));
  STUBKEEPER_ASSIGN(const auto store_file, files.info(paths.store()));
  if (configuration && store_file) {
    return Error{ErrorCode::already_exists, "is a knowledge base already", paths.folder,
                 "name another folder"};
  }
  STUBKEEPER_TRY(files.make_folders(paths.steering()));
  if (!store_file) {
    STUBKEEPER_ASSIGN(const auto store, Store::create(paths.store()));
  }
  // The configuration makes the folder a knowledge base, so it comes last: an init that died
  // half-way can be run again.
  if (configuration) return {};
  return files.write_atomically(paths.configuration(), configuration_text);
}

Result<entries::Conventions> load_conventions(const std::string& folder, const FileSystem& files) {
  constexpr std::uint64_t max_bytes = 1'000'000;
  entries::Conventions conventions = entries::built_in_conventions();
  STUBKEEPER_ASSIGN(const auto there, files.info(folder));
  if (!there) return conventions;
  STUBKEEPER_ASSIGN(const auto listed, files.list_tree(folder));
  for (const FileInfo& file : listed) {
    const std::string name = fs::path{file.path}.filename().string();
    if (file.kind == FileKind::folder || name.starts_with('.') || name.ends_with('~')) continue;
    STUBKEEPER_ASSIGN(const std::string text, files.read(folder + "/" + file.path, max_bytes));
    STUBKEEPER_TRY(entries::override_conventions(conventions, file.path, text, folder + "/" + file.path));
  }
  return conventions;
}

}  // namespace stubkeeper::kb
