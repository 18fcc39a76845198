#include "cli/entry_argument.h"

#include <vector>

#include "base/text/nearest_name.h"
#include "entries/entry_path.h"
#include "kb/entries/entry_store.h"

namespace stubkeeper::cli {

Result<kb::Entry> find_entry(kb::Store& store, const std::string& path) {
  kb::EntryStore entries{store};
  std::string normalized;
  if (path != "_index" && path != "_index.md" && path != ".") {
    STUBKEEPER_ASSIGN(normalized, entries::parse_entry_path(path));
  }
  STUBKEEPER_ASSIGN(auto found, entries.find(normalized));
  if (found) return *std::move(found);
  STUBKEEPER_ASSIGN(found, entries.find_moved_from(normalized));
  if (found) return *std::move(found);
  STUBKEEPER_ASSIGN(const auto all, entries.list());
  std::vector<std::string> paths;
  for (const kb::Entry& entry : all) {
    paths.push_back(entry.path);
    // A bare file name is what one remembers; it is meant where it is the only one.
    if (entry.path.ends_with("/" + normalized)) found = entry;
  }
  const auto near = found ? std::optional{found->path} : nearest_name(normalized, paths);
  return Error{ErrorCode::not_found, "no entry is called \"" + path + "\"", "",
               near ? "did you mean \"" + *near + "\"?" : "`stubkeeper status --entries` lists them"};
}

}  // namespace stubkeeper::cli
