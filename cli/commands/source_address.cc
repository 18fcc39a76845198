#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/text/ascii.h"
#include "cli/commands/source_commands.h"
#include "entries/markdown_escape.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cli {
namespace {

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return text.ends_with(ending); });
}

// By the path of an address, in lower case and without a slash at its end.
kb::SourceKind guess_kind(std::string_view address) {
  std::string path = ascii_lower(address.substr(0, address.find_first_of("?#")));
  while (path.ends_with('/')) path.pop_back();
  if (ends_with_any(path, {".pdf"})) return kb::SourceKind::pdf;
  const std::string_view name = std::string_view{path}.substr(path.rfind('/') + 1);
  if (name.find("sitemap") != std::string_view::npos && ends_with_any(name, {".xml", ".xml.gz", ".txt"}))
    return kb::SourceKind::sitemap;
  if (ends_with_any(path, {".rss", ".atom", ".rdf", ".xml", "/feed", "/rss", "/atom", "feed.json"}))
    return kb::SourceKind::feed;
  return kb::SourceKind::page;
}

bool has_scheme(std::string_view text) {
  return text.find("://") != std::string_view::npos;
}

}  // namespace

Result<SourceAddress> parse_source_address(const Session& session, const std::string& text) {
  namespace fs = std::filesystem;
  if (text.starts_with("http://") || text.starts_with("https://")) {
    std::string_view authority = std::string_view{text}.substr(text.find("://") + 3);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    if (authority.find('@') != std::string_view::npos) {
      return Error{ErrorCode::invalid_argument,
                   "an address with a user name or password in it is not taken as a source", "",
                   "it would stand in the store, in reports and on your site"};
    }
    if (!entries::is_safe_link(text)) {
      return Error{ErrorCode::invalid_argument, "is no usable address", text,
                   "it looks like https://example.org/page"};
    }
    return SourceAddress{text, guess_kind(text)};
  }
  const std::string path = text.starts_with("file://") ? text.substr(7) : text;
  if (has_scheme(path)) {
    return Error{ErrorCode::invalid_argument, "only http, https and local files can be sources", text, ""};
  }
  const std::string absolute =
      (fs::path{session.environment.current_folder} / path).lexically_normal().string();
  STUBKEEPER_ASSIGN(const auto info, session.environment.files.info(absolute));
  if (!info || info->kind != FileKind::regular) {
    return Error{ErrorCode::invalid_argument, "is neither an address nor a file that is there", text,
                 "an address begins with https:// or http://"};
  }
  return SourceAddress{absolute, kb::SourceKind::file};
}

Result<kb::Source> find_source(kb::Store& store, const std::string& id_or_address) {
  kb::Sources sources{store};
  STUBKEEPER_ASSIGN(auto by_address, sources.find(id_or_address));
  if (by_address) return *std::move(by_address);
  kb::Id id = 0;
  const auto [end, error] =
      std::from_chars(id_or_address.data(), id_or_address.data() + id_or_address.size(), id);
  if (error == std::errc{} && end == id_or_address.data() + id_or_address.size()) {
    auto by_id = sources.get(id);
    if (by_id.ok()) return by_id;
  }
  return Error{ErrorCode::not_found, "no source is \"" + id_or_address + "\"", "",
               "`stubkeeper source list` shows ids and addresses"};
}

}  // namespace stubkeeper::cli
