#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace stubkeeper::testing {

// The files of the real pages below the folder of real data, sorted by name; each is gzipped HTML.
std::vector<std::filesystem::path> real_page_files(const std::string& data);

// The bytes of a gzipped file.
std::string unpacked(const std::string& path);

}  // namespace stubkeeper::testing
