#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace stubkeeper::bench {

// A page of the WCXB benchmark with what a person says that it holds.
struct MarkedPage {
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
struct Reading {
  std::string text;
  std::string title;
  std::string author;
  std::string published;
  double seconds = 0;  // of processor time that the reading took
};

// By the name of the page.
using Readings = std::map<std::string, Reading>;

// All pages of `folder` (html/NAME.html.gz and ground-truth/NAME.json), by name. A truth that is no JSON or
// has no page is left out.
std::vector<MarkedPage> marked_pages(const std::filesystem::path& folder);

// JSON lines with the members page, text, title, author, published (null where there is none), seconds.
Readings readings_in(const std::filesystem::path& file);
void write_readings(const Readings& readings, const std::filesystem::path& file);

}  // namespace stubkeeper::bench
