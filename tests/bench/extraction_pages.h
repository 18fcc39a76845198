#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace stubkeeper::bench {

// A page of the WCXB benchmark with what a person says that it holds.
struct AnnotatedPage {
  std::string name;  // "0017"
  std::string html;
  std::string address;
  std::string kind;  // "article", "product", ...
  std::string text;
  std::string title;
  std::string author;     // "" where it names none
  std::string published;  // a day, or ""
};

// What a reader made of a page.
struct Extraction {
  std::string text;
  std::string title;
  std::string author;
  std::string published;
  double seconds = 0;  // of processor time that the reading took
};

// By the name of the page.
using Extractions = std::map<std::string, Extraction>;

// All pages of `folder` (html/NAME.html.gz and ground-truth/NAME.json), by name. A truth that is no JSON or
// has no page is left out.
std::vector<AnnotatedPage> load_annotated_pages(const std::filesystem::path& folder);

// JSON lines with the members page, text, title, author, published (null where there is none), seconds.
Extractions load_extractions(const std::filesystem::path& file);
void write_extractions(const Extractions& extractions, const std::filesystem::path& file);

}  // namespace stubkeeper::bench
