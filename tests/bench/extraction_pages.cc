#include "tests/bench/extraction_pages.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/data/gunzip.h"

namespace stubkeeper::bench {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string get_text(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace

std::vector<AnnotatedPage> load_annotated_pages(const fs::path& folder) {
  std::vector<AnnotatedPage> pages;
  for (const auto& item : fs::directory_iterator{folder / "ground-truth"}) {
    std::ifstream stream{item.path()};
    const Json truth = Json::parse(stream, nullptr, false);
    if (truth.is_discarded()) continue;
    AnnotatedPage page;
    page.name = item.path().stem().string();
    page.html = testing::gunzip(folder / "html" / (page.name + ".html.gz"));
    if (page.html.empty()) continue;
    page.address = get_text(truth, "url");
    page.kind = get_text(truth["_internal"]["page_type"], "primary");
    const Json& said = truth["ground_truth"];
    page.text = get_text(said, "main_content");
    page.title = get_text(said, "title");
    page.author = get_text(said, "author");
    page.published = get_text(said, "publish_date").substr(0, 10);
    pages.push_back(std::move(page));
  }
  std::sort(pages.begin(), pages.end(),
            [](const AnnotatedPage& a, const AnnotatedPage& b) { return a.name < b.name; });
  return pages;
}

Extractions load_extractions(const fs::path& file) {
  Extractions extractions;
  std::ifstream stream{file};
  for (std::string line; std::getline(stream, line);) {
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object()) continue;
    const auto seconds = json.find("seconds");
    extractions[get_text(json, "page")] = {
        get_text(json, "text"), get_text(json, "title"), get_text(json, "author"), get_text(json, "published"),
        seconds != json.end() && seconds->is_number() ? seconds->get<double>() : 0};
  }
  return extractions;
}

void write_extractions(const Extractions& extractions, const fs::path& file) {
  std::ofstream stream{file};
  for (const auto& [name, extraction] : extractions) {
    const Json json{{"page", name},
                    {"text", extraction.text},
                    {"title", extraction.title},
                    {"author", extraction.author},
                    {"published", extraction.published},
                    {"seconds", extraction.seconds}};
    stream << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
  }
}

}  // namespace stubkeeper::bench
