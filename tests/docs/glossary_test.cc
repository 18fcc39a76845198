// docs/glossary.md names for each term the file where it lives: the file exists and has the term.

#include <filesystem>
#include <regex>

#include "base/text/ascii.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;
namespace fs = std::filesystem;

namespace {

struct GlossaryRow {
  std::string term;
  std::vector<std::string> paths;
  std::vector<std::string> spellings;  // the term's own words, and identifiers beside the path
};

// "knowledge base", "KnowledgeBase" and "knowledge_base" alike: in lower case, letters and digits alone.
std::string fold(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    if (is_ascii_letter(c) || is_ascii_digit(c)) folded += to_ascii_lower(c);
  }
  return folded;
}

std::vector<std::string> all_matches(const std::string& text, const std::string& pattern) {
  const std::regex expression{pattern};
  std::vector<std::string> found;
  for (std::sregex_iterator match{text.begin(), text.end(), expression}, end; match != end; ++match)
    found.push_back((*match)[1]);
  return found;
}

// The rows of the tables `| term | meaning | lives in |`, without their headers.
std::vector<GlossaryRow> parse_glossary(const std::string& glossary) {
  static const std::regex cells{R"(\| *([^|]*[^| ]) *\|.*\| *([^|]*[^| ]) *\|)"};
  std::vector<GlossaryRow> rows;
  for (const std::string& line : all_matches(glossary, R"(\n(\|[^\n]*\|))")) {
    std::smatch match;
    if (!std::regex_match(line, match, cells)) continue;
    GlossaryRow row{match[1], {}, all_matches(match[1], R"(([^,;/()`]+))")};
    if (row.term == "term" || row.term.starts_with("-")) continue;
    for (const std::string& code : all_matches(match[2], "`([^`]+)`")) {
      const bool is_path = code.find_first_of("./") != std::string::npos;
      (is_path ? row.paths : row.spellings).push_back(code);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

bool file_has_term(const fs::path& file, const GlossaryRow& row) {
  // Every file has the program's name.
  const std::string text = fold(std::regex_replace(read_file(file), std::regex{"stubkeeper"}, ""));
  return std::any_of(row.spellings.begin(), row.spellings.end(), [&](const std::string& spelling) {
    return !fold(spelling).empty() && text.find(fold(spelling)) != std::string::npos;
  });
}

bool path_has_term(const fs::path& path, const GlossaryRow& row) {
  if (!fs::is_directory(path)) return file_has_term(path, row);
  for (const auto& item : fs::recursive_directory_iterator{path}) {
    if (item.is_regular_file() && file_has_term(item.path(), row)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("every term of docs/glossary.md lives where it says") {
  const fs::path root{STUBKEEPER_SOURCE};
  const auto rows = parse_glossary(read_file(root / "docs/glossary.md"));
  CHECK(rows.size() >= 40);
  for (const GlossaryRow& row : rows) {
    INFO(row.term);
    CHECK_FALSE(row.paths.empty());
    for (const std::string& path : row.paths) {
      INFO(path);
      CHECK(fs::exists(root / path));
      if (fs::exists(root / path)) CHECK(path_has_term(root / path, row));
    }
  }
}
