// How much of real pages the crawler reads right, and how long it takes: the WCXB benchmark's pages with
// their main text, title, author and date, read by the crawler and by its peers (docs/crawler.md).
//
// Usage: stubkeeper-extraction-bench PAGES [--peer NAME=FILE]... [--write FILE]
//   PAGES   holds html/*.html.gz and ground-truth/*.json
//   --peer  what another reader made of the same pages, as JSON lines (tests/bench/peers writes them)
//   --write writes what the crawler made of them, in the same form
//
// F1 is that of the words as a multiset, averaged over the pages of a kind. A title counts as right where one
// contains the other word for word, and as the same where the words are; authors count where the words are
// the same, dates where the day is. Each page is read once, and what that takes is counted in processor time.
// The two halves are the pages whose names' sum of bytes is even or odd.

#include <fmt/format.h>
#include <gumbo.h>

#include <algorithm>
#include <ctime>
#include <iostream>
#include <numeric>
#include <optional>

#include "crawler/content.h"
#include "tests/bench/extraction_pages.h"
#include "tests/bench/extraction_score.h"
#include "tests/bench/hostile_pages.h"
#include "tests/bench/measured_program.h"

namespace {

using namespace stubkeeper::bench;

struct Extractor {
  std::string name;
  Extractions extractions;
};

struct BenchOptions {
  std::string pages;
  std::string write;
  std::vector<Extractor> peers;
};

std::optional<BenchOptions> parse_options(const std::vector<std::string>& words) {
  BenchOptions options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool has_value = i + 1 < words.size();
    if (words[i] == "--peer" && has_value) {
      const std::string& peer = words[++i];
      const std::size_t sign = peer.find('=');
      if (sign == std::string::npos) return std::nullopt;
      options.peers.push_back({peer.substr(0, sign), load_extractions(peer.substr(sign + 1))});
    } else if (words[i] == "--write" && has_value) {
      options.write = words[++i];
    } else if (options.pages.empty() && !words[i].starts_with("--")) {
      options.pages = words[i];
    } else {
      return std::nullopt;
    }
  }
  if (options.pages.empty()) return std::nullopt;
  return options;
}

// The text without the marks that Content::text has for headings, items, quotes and rows.
std::string strip_block_marks(const std::string& text) {
  std::string plain;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = std::string_view{text}.substr(begin, end - begin);
    line.remove_prefix(std::min(line.find_first_not_of("#-|> "), line.size()));
    plain.append(line) += '\n';
    begin = end + 1;
  }
  return plain;
}

// Of processor time, which is the same whatever else the machine does.
template <class Work>
double measure_seconds(const Work& work) {
  const std::clock_t begin = std::clock();
  work();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

Extractions extract_with_crawler(const std::vector<AnnotatedPage>& pages) {
  Extractions extractions;
  for (const AnnotatedPage& page : pages) {
    Extraction& extraction = extractions[page.name];
    stubkeeper::crawler::Content content;
    extraction.seconds = measure_seconds([&] {
      if (auto read = stubkeeper::crawler::parse_page(page.html, "", page.address); read.ok())
        content = *std::move(read);
    });
    extraction.text = strip_block_marks(content.text);
    extraction.title = content.title;
    extraction.author = content.author;
    extraction.published = content.published;
  }
  return extractions;
}

double measure_bare_parses(const std::vector<AnnotatedPage>& pages) {
  return std::accumulate(pages.begin(), pages.end(), 0.0, [](double sum, const AnnotatedPage& page) {
    return sum + measure_seconds([&] {
             GumboOutput* output =
                 gumbo_parse_with_options(&kGumboDefaultOptions, page.html.data(), page.html.size());
             gumbo_destroy_output(&kGumboDefaultOptions, output);
           });
  });
}

double total_seconds(const Extractions& extractions) {
  return std::accumulate(extractions.begin(), extractions.end(), 0.0,
                         [](double sum, const auto& extraction) { return sum + extraction.second.seconds; });
}

int half_index(const AnnotatedPage& page) {
  return std::accumulate(page.name.begin(), page.name.end(), 0, [](int sum, char c) { return sum + c; }) % 2;
}

struct Tally {
  int right = 0;
  int all = 0;
  void count(bool is_right) {
    ++all;
    right += is_right ? 1 : 0;
  }
  std::string text() const {
    return fmt::format("{} of {} ({} %)", right, all, all == 0 ? 0 : (200 * right + all) / (2 * all));
  }
};

struct TallySet {
  Tally title, same_title, author, date;
};

TallySet count_tallies(const std::vector<AnnotatedPage>& pages, const Extractions& extractions) {
  TallySet tallies;
  for (const AnnotatedPage& page : pages) {
    const auto found = extractions.find(page.name);
    const Extraction extraction = found == extractions.end() ? Extraction{} : found->second;
    if (const Words title = split_words(page.title); !title.empty()) {
      tallies.title.count(contains_either_way(title, split_words(extraction.title)));
      tallies.same_title.count(title == split_words(extraction.title));
    }
    if (!page.author.empty()) tallies.author.count(split_words(page.author) == split_words(extraction.author));
    if (!page.published.empty()) tallies.date.count(page.published == extraction.published.substr(0, 10));
  }
  return tallies;
}

// Scores by kind, "all" last.
using ScoresByKind = std::vector<std::pair<std::string, std::vector<Score>>>;

template <class Wanted>
ScoresByKind scores_by_kind(const std::vector<AnnotatedPage>& pages, const Extractions& extractions,
                            const Wanted& wanted) {
  std::map<std::string, std::vector<Score>> by_kind;
  std::vector<Score> all;
  for (const AnnotatedPage& page : pages) {
    by_kind[page.kind];
    if (!wanted(page)) continue;
    const auto found = extractions.find(page.name);
    const Score score =
        compute_score(split_words(found == extractions.end() ? "" : found->second.text), split_words(page.text));
    by_kind[page.kind].push_back(score);
    all.push_back(score);
  }
  ScoresByKind scores{by_kind.begin(), by_kind.end()};
  scores.emplace_back("all", std::move(all));
  return scores;
}

void print_own_table(const std::vector<AnnotatedPage>& pages, const Extractions& extractions) {
  const ScoresByKind scores = scores_by_kind(pages, extractions, [](const AnnotatedPage&) { return true; });
  const ScoresByKind even =
      scores_by_kind(pages, extractions, [](const auto& page) { return half_index(page) == 0; });
  const ScoresByKind odd =
      scores_by_kind(pages, extractions, [](const auto& page) { return half_index(page) == 1; });
  fmt::print("{:<14} {:>5}  {:<5}  {:<9}  {:<6}  {:<9}  {}\n", "kind", "pages", "F1", "precision", "recall",
             "even half", "odd half");
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Score mean = mean_score(scores[i].second);
    fmt::print("{:<14} {:>5}  {:.3f}  {:.3f}      {:.3f}   {:.3f}      {:.3f}\n", scores[i].first,
               scores[i].second.size(), mean.f1, mean.precision, mean.recall, mean_score(even[i].second).f1,
               mean_score(odd[i].second).f1);
  }
}

void print_extractors(const std::vector<AnnotatedPage>& pages, const std::vector<Extractor>& extractors) {
  fmt::print("\n{:<24}", "F1");
  const ScoresByKind kinds = scores_by_kind(pages, {}, [](const AnnotatedPage&) { return true; });
  for (const auto& [kind, scores] : kinds) fmt::print(" {:>13}", kind);
  fmt::print("\n");
  for (const Extractor& extractor : extractors) {
    fmt::print("{:<24}", extractor.name);
    for (const auto& [kind, scores] :
         scores_by_kind(pages, extractor.extractions, [](const AnnotatedPage&) { return true; })) {
      fmt::print(" {:>13.3f}", mean_score(scores).f1);
    }
    fmt::print("\n");
  }
  fmt::print("\n{:<24} {:<18} {:<18} {:<18} {}\n", "of those that have one", "title", "same title", "author",
             "date");
  for (const Extractor& extractor : extractors) {
    const TallySet tallies = count_tallies(pages, extractor.extractions);
    fmt::print("{:<24} {:<18} {:<18} {:<18} {}\n", extractor.name, tallies.title.text(),
               tallies.same_title.text(), tallies.author.text(), tallies.date.text());
  }
}

void print_speed(const std::vector<AnnotatedPage>& pages, const std::vector<Extractor>& extractors) {
  const double floor = measure_bare_parses(pages);
  const double own = total_seconds(extractors.front().extractions);
  fmt::print("\n{:<24} {:>8} {:>16} {:>16}\n", "processor time", "seconds", "to gumbo's parse",
             "to stubkeeper");
  fmt::print("{:<24} {:>8.2f} {:>16.2f} {:>16.2f}\n", "gumbo's bare parse", floor, 1.0, floor / own);
  for (const Extractor& extractor : extractors) {
    const double seconds = total_seconds(extractor.extractions);
    fmt::print("{:<24} {:>8.2f} {:>16.2f} {:>16.2f}\n", extractor.name, seconds, seconds / floor, seconds / own);
  }
}

// Reads a hostile page, for its cost to be measured from outside, and says what came of it: that it is
// refused is as good as that it is read.
int parse_hostile_page(std::string_view name) {
  const std::string page = hostile_page(name);
  const auto content = stubkeeper::crawler::parse_page(page, "", "https://example.org/forum/a");
  std::cout << (content.ok() ? "read" : content.error().message) << '\n';
  return page.empty() ? 1 : 0;
}

void print_hostile_pages(const std::string& program) {
  fmt::print("\n{:<24} {:>20} {:>10}\n", "hostile page of 10 MB", "seconds of processor", "megabytes");
  for (const std::string& name : list_hostile_pages()) {
    const Cost cost = run_measured({program, "--hostile", name});
    fmt::print("{:<24} {:>20.2f} {:>10.0f}\n", name, cost.processor_milliseconds / 1000, cost.megabytes);
  }
}

}  // namespace

int main(int count, char** words) {
  if (count == 3 && std::string_view{words[1]} == "--hostile") return parse_hostile_page(words[2]);
  auto options = parse_options({words + 1, words + count});
  if (!options) {
    std::cerr << "usage: stubkeeper-extraction-bench PAGES [--peer NAME=FILE]... [--write FILE]\n";
    return 2;
  }
  const std::vector<AnnotatedPage> pages = load_annotated_pages(options->pages);
  if (pages.empty()) {
    std::cerr << options->pages << " holds no pages\n";
    return 1;
  }
  std::vector<Extractor> extractors{{"stubkeeper", extract_with_crawler(pages)}};
  if (!options->write.empty()) write_extractions(extractors.front().extractions, options->write);
  for (Extractor& peer : options->peers) {
    if (peer.extractions.empty()) {
      std::cerr << peer.name << " read no page\n";
      return 1;
    }
    extractors.push_back(std::move(peer));
  }
  print_own_table(pages, extractors.front().extractions);
  print_extractors(pages, extractors);
  print_speed(pages, extractors);
  std::cout.flush();
  print_hostile_pages(words[0]);
  return 0;
}
