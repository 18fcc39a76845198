#include "tests/bench/extraction_pages.h"

#include <zlib.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

namespace stubkeeper::bench {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string unpacked(const fs::path& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  std::string bytes;
  std::vector<char> buffer(1 << 16);
  for (int count = 0;
       file != nullptr && (count = gzread(file, buffer.data(), static_cast<unsigned>(buffer.size()))) > 0;) {
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
  if (file != nullptr) gzclose(file);
  return bytes;
}

std::string text_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace

std::vector<MarkedPage> marked_pages(const fs::path& folder) {
  std::vector<MarkedPage> pages;
  for (const auto& item : fs::directory_iterator{folder / "ground-truth"}) {
    std::ifstream stream{item.path()};
    const Json truth = Json::parse(stream, nullptr, false);
    if (truth.is_discarded()) continue;
    MarkedPage page;
    page.name = item.path().stem().string();
    page.html = unpacked(folder / "html" / (page.name + ".html.gz"));
    if (page.html.empty()) continue;
    page.address = text_of(truth, "url");
    page.kind = text_of(truth["_internal"]["page_type"], "primary");
    const Json& said = truth["ground_truth"];
    page.text = text_of(said, "main_content");
    page.title = text_of(said, "title");
    page.author = text_of(said, "author");
    page.published = text_of(said, "publish_date").substr(0, 10);
    pages.push_back(std::move(page));
  }
  std::sort(pages.begin(), pages.end(),
            [](const MarkedPage& a, const MarkedPage& b) { return a.name < b.name; });
  return pages;
}

Readings readings_in(const fs::path& file) {
  Readings readings;
  std::ifstream stream{file};
  for (std::string line; std::getline(stream, line);) {
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object()) continue;
    const auto seconds = json.find("seconds");
    readings[text_of(json, "page")] = {
        text_of(json, "text"), text_of(json, "title"), text_of(json, "author"), text_of(json, "published"),
        seconds != json.end() && seconds->is_number() ? seconds->get<double>() : 0};
  }
  return readings;
}

void write_readings(const Readings& readings, const fs::path& file) {
  std::ofstream stream{file};
  for (const auto& [name, reading] : readings) {
    const Json json{{"page", name},
                    {"text", reading.text},
                    {"title", reading.title},
                    {"author", reading.author},
                    {"published", reading.published},
                    {"seconds", reading.seconds}};
    stream << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
  }
}

}  // namespace stubkeeper::bench
