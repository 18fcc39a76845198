#pragma once

#include <memory>
#include <string>

#include "base/file_system.h"
#include "entries/conventions.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The files of a knowledge base's folder.
struct KnowledgeBasePaths {
  std::string folder;
  std::string configuration() const { return folder + "/stubkeeper.toml"; }
  std::string store() const { return folder + "/kb.sqlite"; }
  std::string steering() const { return folder + "/steering"; }
  std::string conventions() const { return folder + "/conventions"; }
  std::string lock() const { return folder + "/refresh.lock"; }
  std::string export_lock() const { return folder + "/export.lock"; }
};

// The knowledge base named by --kb, else by $STUBKEEPER_KB, else the current folder or the nearest
// one above it that holds stubkeeper.toml. not_found with the places that were tried.
Result<KnowledgeBasePaths> find_knowledge_base(const std::string& kb_option,
                                               const std::string& environment_value,
                                               const std::string& current_folder, const FileSystem& files);

// Makes a knowledge base: stubkeeper.toml with `configuration_text`, an empty store, an empty
// steering folder. The folder may hold other files. already_exists where it is a knowledge base.
Status init_knowledge_base(const KnowledgeBasePaths& paths, const std::string& configuration_text,
                           FileSystem& files);

// The built-in conventions, overridden by a folder's files (entries::override_conventions), if
// there is such a folder. Skips hidden files; any other file that holds no conventions is an error.
Result<entries::Conventions> load_conventions(const std::string& folder, const FileSystem& files);

}  // namespace stubkeeper::kb
