#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/data/gunzip.h"

namespace stubkeeper::testing {

// The files of the real pages below the folder of real data, sorted by name; each is gzipped HTML.
std::vector<std::filesystem::path> real_page_files(const std::string& data);

struct RealPage {
  std::string path;  // "/0001.html"
  std::string html;
  std::string title;
};

// The first so many real pages that are articles. Front pages, shops and forums say little that can be
// quoted; articles are what entries are made of.
std::vector<RealPage> real_articles(const std::string& data, std::size_t max_count);

}  // namespace stubkeeper::testing
