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

// The knowledge base meant by --kb, else $STUBKEEPER_KB, else the current folder or the nearest above that is
// one (it holds stubkeeper.toml). not_found says which places were tried and how to make one.
Result<KnowledgeBasePaths> find_knowledge_base(const std::string& kb_option,
                                               const std::string& environment_value,
                                               const std::string& current_folder, const FileSystem& files);

// Makes the folder with `configuration_text` as stubkeeper.toml, an empty store and an empty steering folder.
// already_exists where there is a knowledge base already; a folder with other files in it is fine.
Status init_knowledge_base(const KnowledgeBasePaths& paths, const std::string& configuration_text,
                           FileSystem& files);

// The built-in conventions with a folder's own files over them (entries::override_conventions); as they are
// where there is no such folder. Hidden files are passed over; any other that is no file of conventions is an
// error, as it is likely a misspelt one.
Result<entries::Conventions> load_conventions(const std::string& folder, const FileSystem& files);

}  // namespace stubkeeper::kb
