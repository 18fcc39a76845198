// How much of real pages the crawler reads right: the WCXB benchmark's pages with their main text, title,
// author and date.
//
// Usage: stubkeeper-extraction-bench PAGES    (PAGES holds html/*.html.gz and ground-truth/*.json;
// docs/crawler.md)
//
// F1 is that of the words as a multiset (runs of letters, digits and "_", case folded for ASCII), averaged
// over the pages of a kind. Titles count where one contains the other word for word, authors where the words
// are the same, dates where the day is.

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "crawler/content.h"
#include "schema/base/ascii.h"

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

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

Words words_of(const std::string& text) {
  Words words;
  std::string word;
  for (const char c : text + ' ') {
    const bool inside = stubkeeper::is_ascii_letter(c) || stubkeeper::is_ascii_digit(c) || c == '_' ||
                        static_cast<unsigned char>(c) >= 0x80;
    if (inside) {
      word += stubkeeper::to_ascii_lower(c);
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

struct Score {
  double f1 = 0;
  double precision = 0;
  double recall = 0;
};

Score score_of(Words found, Words wanted) {
  std::sort(found.begin(), found.end());
  std::sort(wanted.begin(), wanted.end());
  Words common;
  std::set_intersection(found.begin(), found.end(), wanted.begin(), wanted.end(), std::back_inserter(common));
  if (common.empty()) return found.empty() && wanted.empty() ? Score{1, 1, 1} : Score{};
  const double precision = static_cast<double>(common.size()) / static_cast<double>(found.size());
  const double recall = static_cast<double>(common.size()) / static_cast<double>(wanted.size());
  return {2 * precision * recall / (precision + recall), precision, recall};
}

// The text without the marks that Content::text has for headings, items and rows.
std::string without_marks(const std::string& text) {
  std::string plain;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = std::string_view{text}.substr(begin, end - begin);
    while (!line.empty() &&
           (line.front() == '#' || line.front() == '-' || line.front() == '|' || line.front() == ' '))
      line.remove_prefix(1);
    plain += std::string{line} + '\n';
    begin = end + 1;
  }
  return plain;
}

bool contains(const Words& whole, const Words& part) {
  return !part.empty() && std::search(whole.begin(), whole.end(), part.begin(), part.end()) != whole.end();
}

struct Tally {
  int right = 0;
  int all = 0;
  void count(bool is_right) {
    ++all;
    right += is_right ? 1 : 0;
  }
};

void print(const std::string& name, const std::vector<Score>& scores) {
  Score sum;
  for (const Score& score : scores) {
    sum.f1 += score.f1;
    sum.precision += score.precision;
    sum.recall += score.recall;
  }
  const double n = static_cast<double>(scores.size());
  fmt::print("{:<14} {:>5}  {:.3f}  {:.3f}      {:.3f}\n", name, scores.size(), sum.f1 / n, sum.precision / n,
             sum.recall / n);
}

std::string text_of(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "usage: stubkeeper-extraction-bench PAGES\n";
    return 2;
  }
  std::map<std::string, std::vector<Score>> by_kind;
  std::vector<Score> all;
  Tally title;
  Tally author;
  Tally date;
  for (const auto& item : fs::directory_iterator{fs::path{words[1]} / "ground-truth"}) {
    std::ifstream stream{item.path()};
    const auto truth = nlohmann::json::parse(stream, nullptr, false);
    if (truth.is_discarded()) continue;
    const auto& wanted = truth["ground_truth"];
    const fs::path page = fs::path{words[1]} / "html" / (item.path().stem().string() + ".html.gz");
    const auto content = stubkeeper::crawler::read_page(unpacked(page), "", text_of(truth, "url"));
    const stubkeeper::crawler::Content read = content.ok() ? *content : stubkeeper::crawler::Content{};
    const Score score =
        score_of(words_of(without_marks(read.text)), words_of(text_of(wanted, "main_content")));
    by_kind[truth["_internal"]["page_type"]["primary"].get<std::string>()].push_back(score);
    all.push_back(score);
    const Words wanted_title = words_of(text_of(wanted, "title"));
    const Words read_title = words_of(read.title);
    if (!wanted_title.empty())
      title.count(contains(read_title, wanted_title) || contains(wanted_title, read_title));
    const std::string wanted_author = text_of(wanted, "author");
    if (!wanted_author.empty()) author.count(words_of(wanted_author) == words_of(read.author));
    const std::string wanted_date = text_of(wanted, "publish_date");
    if (!wanted_date.empty()) date.count(wanted_date.substr(0, 10) == read.published.substr(0, 10));
  }
  if (all.empty()) {
    std::cerr << words[1] << " holds no pages\n";
    return 1;
  }
  fmt::print("{:<14} {:>5}  {:<5}  {:<9}  {}\n", "kind", "pages", "F1", "precision", "recall");
  for (const auto& [kind, scores] : by_kind) print(kind, scores);
  print("all", all);
  fmt::print("\nof those that have one, read right: title {} of {}, author {} of {}, date {} of {}\n",
             title.right, title.all, author.right, author.all, date.right, date.all);
  return 0;
}
