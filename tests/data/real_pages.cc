#include "tests/data/real_pages.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace stubkeeper::testing {

std::vector<std::filesystem::path> real_page_files(const std::string& data) {
  std::vector<std::filesystem::path> files;
  for (const auto& item : std::filesystem::directory_iterator{data + "/pages/wcxb/html"})
    files.push_back(item.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<RealPage> real_articles(const std::string& data, std::size_t max_count) {
  std::vector<RealPage> pages;
  for (const std::filesystem::path& file : real_page_files(data)) {
    if (pages.size() == max_count) break;
    const std::string id = file.filename().string().substr(0, 4);
    const auto truth = nlohmann::json::parse(read_file(data + "/pages/wcxb/ground-truth/" + id + ".json"));
    if (truth["_internal"]["page_type"]["primary"] != "article") continue;
    std::string html = gunzip(file.string());
    REQUIRE_FALSE(html.empty());
    const auto& title = truth["ground_truth"]["title"];
    pages.push_back({"/" + id + ".html", std::move(html), title.is_string() ? title.get<std::string>() : id});
  }
  return pages;
}

}  // namespace stubkeeper::testing
