#include "entries/entry_path.h"

#include <algorithm>
#include "base/text/strings.h"

namespace stubkeeper::entries {

std::string entry_path_from_file(std::string_view file) {
  for (const std::string_view landing : {"_index.md", "index.md"}) {
    if (file == landing) return "";
    if (file.ends_with(landing) && file[file.size() - landing.size() - 1] == '/') {
      return std::string{file.substr(0, file.size() - landing.size() - 1)};
    }
  }
  if (file.ends_with(".md")) file.remove_suffix(3);
  return std::string{file};
}

std::string folder_of(std::string_view file) {
  return std::string{parent_folder(file)};
}

bool is_section_file(std::string_view file) {
  return file_name(file).starts_with("_index.");
}

Result<std::string> parse_entry_path(std::string_view text) {
  const auto make_error = [&](const std::string& what) {
    return Error{ErrorCode::invalid_argument, what, std::string{text},
                 "an entry path looks like topic/subtopic/name"};
  };
  std::string_view path = text;
  if (path.starts_with('/'))
    return make_error("an entry path is below the research root, so it does not begin with '/'");
  if (path.ends_with('/')) path.remove_suffix(1);
  if (path.ends_with(".md")) path.remove_suffix(3);
  if (path.ends_with("/_index") || path == "_index") path.remove_suffix(path == "_index" ? 6 : 7);
  if (path.empty()) return make_error("an entry path has at least one part");
  if (path.size() > 1000) return make_error("an entry path has at most 1,000 bytes");
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) return make_error("an entry path has no control characters");
    if (c == '\\' || c == ':') return make_error("an entry path has neither '\\' nor ':'");
  }
  std::size_t begin = 0;
  while (begin <= path.size()) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part = path.substr(begin, end - begin);
    if (part.empty()) return make_error("an entry path has no empty part");
    if (part.starts_with('.')) return make_error("no part of an entry path begins with '.'");
    begin = end + 1;
  }
  return std::string{path};
}

}  // namespace stubkeeper::entries
