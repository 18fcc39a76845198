#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <filesystem>

#include "base/text/strings.h"
#include "cli/commands/source_commands.h"
#include "cron/kinds/source_kind.h"
#include "entries/markdown_escape.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cli {
namespace {

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
    return SourceAddress{text, cron::suggest_source_kind(text)};
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
  return SourceAddress{absolute, cron::suggest_source_kind(absolute)};
}

void add_type_option(CLI::App& command, std::string& type) {
  std::vector<std::string> names;
  for (const cron::SourceKindRules* kind : cron::source_kinds()) names.emplace_back(kind->name);
  command
      .add_option("--type", type,
                  fmt::format("What it is: {} or {}", fmt::join(names.begin(), names.end() - 1, ", "), names.back()))
      ->type_name("KIND")
      ->check(CLI::IsMember(names));
}

Result<kb::Source> find_source(kb::Store& store, const std::string& id_or_address) {
  kb::Sources sources{store};
  STUBKEEPER_ASSIGN(auto by_address, sources.find(id_or_address));
  if (by_address) return *std::move(by_address);
  if (const auto id = parse_number<kb::Id>(id_or_address)) {
    auto by_id = sources.get(*id);
    if (by_id.ok()) return by_id;
  }
  return Error{ErrorCode::not_found, "no source is \"" + id_or_address + "\"", "",
               "`stubkeeper source list` shows ids and addresses"};
}

}  // namespace stubkeeper::cli
