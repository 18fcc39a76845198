#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace stubkeeper::schema {

// A data file of schema/ as it was at build time. Both views live as long as the program.
struct EmbeddedFile {
  std::string_view path;  // below schema/, with '/': "migrations/001_initial.sql"
  std::string_view text;
};

// All data files, sorted by path.
std::span<const EmbeddedFile> embedded_files();

// The text of one data file, or nothing if schema/ has no such file.
std::optional<std::string_view> embedded_file(std::string_view path);

}  // namespace stubkeeper::schema
