#include "cli/arguments.h"
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>

#include "base/text/nearest_name.h"
#include "base/text/strings.h"
#include "cron/kinds/source_kind.h"
#include "entries/entry_path.h"
#include "entries/markdown_escape.h"
#include "kb/entries/entry_store.h"
#include "kb/sources/sources.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

bool has_scheme(std::string_view text) {
  return text.find("://") != std::string_view::npos;
}

}  // namespace

bool names_file(std::string_view path, std::string_view file) {
  while (path.ends_with('/')) path.remove_suffix(1);
  if (!file.starts_with(path)) return false;
  const std::string_view rest = file.substr(path.size());
  return rest.empty() || rest == ".md" || rest.starts_with('/');
}

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
    // A bare file name is enough where it is the only one.
    if (entry.path.ends_with("/" + normalized)) found = entry;
  }
  const auto near = found ? std::optional{found->path} : nearest_name(normalized, paths);
  return Error{ErrorCode::not_found, "no entry is called \"" + path + "\"", "",
               near ? "did you mean \"" + *near + "\"?" : "`stubkeeper status --entries` lists them"};
}

Result<kb::Source> find_source(kb::Store& store, const std::string& id_or_address) {
  kb::Sources sources{store};
  STUBKEEPER_ASSIGN(auto by_address, sources.find(id_or_address));
  if (by_address) return *std::move(by_address);
  if (const auto id = review::parse_id(id_or_address)) {
    auto by_id = sources.get(*id);
    if (by_id.ok()) return by_id;
  }
  return Error{ErrorCode::not_found, "no source is \"" + id_or_address + "\"", "",
               "`stubkeeper source list` shows ids and addresses"};
}

Result<SourceAddress> parse_source_address(const Session& session, const std::string& text) {
  if (text.starts_with("http://") || text.starts_with("https://")) {
    std::string_view authority = std::string_view{text}.substr(text.find("://") + 3);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    if (authority.find('@') != std::string_view::npos) {
      return Error{ErrorCode::invalid_argument, "an address with a user name or password cannot be a source",
                   "", "it would be in the store, in reports and on your site"};
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
  const std::string absolute = session.absolute_path(path);
  STUBKEEPER_ASSIGN(const auto info, session.environment.files.info(absolute));
  if (!info || info->kind != FileKind::regular) {
    return Error{ErrorCode::invalid_argument, "is neither an address nor a file that is there", text,
                 "an address begins with https:// or http://"};
  }
  return SourceAddress{absolute, cron::suggest_source_kind(absolute)};
}

Result<std::chrono::milliseconds> parse_age(const std::string& text) {
  struct Unit {
    std::string_view name;
    int hours;
  };
  static constexpr std::array units{Unit{"h", 1}, Unit{"d", 24}, Unit{"w", 7 * 24}, Unit{"mo", 30 * 24},
                                    Unit{"y", 365 * 24}};
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view name{end, static_cast<std::size_t>(text.data() + text.size() - end)};
  const auto unit = std::ranges::find(units, name, &Unit::name);
  constexpr std::int64_t max_number = 10'000;
  if (error != std::errc{} || number < 0 || number > max_number || unit == units.end()) {
    return Error{ErrorCode::invalid_argument, "\"" + text + "\" is no age", "",
                 "write a whole number of hours, days, weeks, months or years: 36h, 7d, 2w, 6mo, 1y"};
  }
  return std::chrono::milliseconds{std::chrono::hours{number * unit->hours}};
}

std::string validate_id(const std::string& text) {
  return review::parse_id(text) ? "" : "\"" + text + "\" is no number from 1 on";
}

void add_type_option(CLI::App& command, std::string& type) {
  std::vector<std::string> names;
  for (const cron::SourceKindRules& kind : cron::source_kinds()) names.emplace_back(kind.name);
  command
      .add_option(
          "--type", type,
          fmt::format("Its kind: {} or {}", fmt::join(names.begin(), names.end() - 1, ", "), names.back()))
      ->type_name("KIND")
      ->check(CLI::IsMember(names));
}

}  // namespace stubkeeper::cli
