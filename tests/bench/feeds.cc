// How fast feeds are read: each file of a folder (.xml, also below it) by parse_feed, in memory, several
// rounds over all of them; the least processor time of a round counts. Prints one line of JSON, for
// peers/feeds.py, which has the peers do the same.
//
// Usage: stubkeeper-feeds-bench ROUNDS FILE|FOLDER...

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "crawler/content.h"

namespace {

namespace fs = std::filesystem;

std::string read_bytes(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::vector<std::string> load_feeds(const std::vector<std::string>& arguments) {
  std::vector<fs::path> paths;
  for (const std::string& argument : arguments) {
    if (!fs::is_directory(argument)) {
      paths.emplace_back(argument);
      continue;
    }
    for (const auto& file : fs::recursive_directory_iterator{argument}) {
      if (file.path().extension() == ".xml") paths.push_back(file.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> feeds;
  for (const fs::path& path : paths) feeds.push_back(read_bytes(path));
  return feeds;
}

}  // namespace

int main(int count, char** values) {
  if (count < 3) {
    fmt::print(stderr, "usage: stubkeeper-feeds-bench ROUNDS FILE|FOLDER...\n");
    return 2;
  }
  const std::vector<std::string> feeds = load_feeds({values + 2, values + count});
  double min_milliseconds = 0;
  std::size_t read = 0;
  std::size_t items = 0;
  for (int round = 0; round < std::stoi(values[1]); ++round) {
    read = items = 0;
    const std::clock_t begin = std::clock();
    for (const std::string& bytes : feeds) {
      const auto feed = stubkeeper::crawler::parse_feed(bytes, "", "https://example.org/feed.xml");
      read += feed.ok() ? 1 : 0;
      items += feed.ok() ? feed->items.size() : 0;
    }
    const double took = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    min_milliseconds = round == 0 ? took : std::min(min_milliseconds, took);
  }
  fmt::print(R"({{"feeds": {}, "read": {}, "items": {}, "milliseconds": {:.3f}}})"
             "\n",
             feeds.size(), read, items, min_milliseconds);
  return 0;
}
