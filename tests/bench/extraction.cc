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

struct Reader {
  std::string name;
  Readings readings;
};

struct Choice {
  std::string pages;
  std::string write;
  std::vector<Reader> peers;
};

std::optional<Choice> choice_of(const std::vector<std::string>& words) {
  Choice choice;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool has_value = i + 1 < words.size();
    if (words[i] == "--peer" && has_value) {
      const std::string& peer = words[++i];
      const std::size_t sign = peer.find('=');
      if (sign == std::string::npos) return std::nullopt;
      choice.peers.push_back({peer.substr(0, sign), readings_in(peer.substr(sign + 1))});
    } else if (words[i] == "--write" && has_value) {
      choice.write = words[++i];
    } else if (choice.pages.empty() && !words[i].starts_with("--")) {
      choice.pages = words[i];
    } else {
      return std::nullopt;
    }
  }
  if (choice.pages.empty()) return std::nullopt;
  return choice;
}

// The text without the marks that Content::text has for headings, items, quotes and rows.
std::string without_marks(const std::string& text) {
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
double seconds_of(const Work& work) {
  const std::clock_t begin = std::clock();
  work();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

Readings read_by_the_crawler(const std::vector<MarkedPage>& pages) {
  Readings readings;
  for (const MarkedPage& page : pages) {
    Reading& reading = readings[page.name];
    stubkeeper::crawler::Content content;
    reading.seconds = seconds_of([&] {
      if (auto read = stubkeeper::crawler::read_page(page.html, "", page.address); read.ok())
        content = *std::move(read);
    });
    reading.text = without_marks(content.text);
    reading.title = content.title;
    reading.author = content.author;
    reading.published = content.published;
  }
  return readings;
}

double seconds_of_bare_parses(const std::vector<MarkedPage>& pages) {
  return std::accumulate(pages.begin(), pages.end(), 0.0, [](double sum, const MarkedPage& page) {
    return sum + seconds_of([&] {
             GumboOutput* output =
                 gumbo_parse_with_options(&kGumboDefaultOptions, page.html.data(), page.html.size());
             gumbo_destroy_output(&kGumboDefaultOptions, output);
           });
  });
}

double seconds_of_all(const Readings& readings) {
  return std::accumulate(readings.begin(), readings.end(), 0.0,
                         [](double sum, const auto& reading) { return sum + reading.second.seconds; });
}

int half_of(const MarkedPage& page) {
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

struct Tallies {
  Tally title, same_title, author, date;
};

Tallies tallies_of(const std::vector<MarkedPage>& pages, const Readings& readings) {
  Tallies tallies;
  for (const MarkedPage& page : pages) {
    const auto found = readings.find(page.name);
    const Reading reading = found == readings.end() ? Reading{} : found->second;
    if (const Words title = words_of(page.title); !title.empty()) {
      tallies.title.count(one_holds_the_other(title, words_of(reading.title)));
      tallies.same_title.count(title == words_of(reading.title));
    }
    if (!page.author.empty()) tallies.author.count(words_of(page.author) == words_of(reading.author));
    if (!page.published.empty()) tallies.date.count(page.published == reading.published.substr(0, 10));
  }
  return tallies;
}

// Scores by kind, "all" last.
using ScoresByKind = std::vector<std::pair<std::string, std::vector<Score>>>;

template <class Wanted>
ScoresByKind scores_by_kind(const std::vector<MarkedPage>& pages, const Readings& readings,
                            const Wanted& wanted) {
  std::map<std::string, std::vector<Score>> by_kind;
  std::vector<Score> all;
  for (const MarkedPage& page : pages) {
    by_kind[page.kind];
    if (!wanted(page)) continue;
    const auto found = readings.find(page.name);
    const Score score =
        score_of(words_of(found == readings.end() ? "" : found->second.text), words_of(page.text));
    by_kind[page.kind].push_back(score);
    all.push_back(score);
  }
  ScoresByKind scores{by_kind.begin(), by_kind.end()};
  scores.emplace_back("all", std::move(all));
  return scores;
}

void print_own_table(const std::vector<MarkedPage>& pages, const Readings& readings) {
  const ScoresByKind scores = scores_by_kind(pages, readings, [](const MarkedPage&) { return true; });
  const ScoresByKind even =
      scores_by_kind(pages, readings, [](const auto& page) { return half_of(page) == 0; });
  const ScoresByKind odd =
      scores_by_kind(pages, readings, [](const auto& page) { return half_of(page) == 1; });
  fmt::print("{:<14} {:>5}  {:<5}  {:<9}  {:<6}  {:<9}  {}\n", "kind", "pages", "F1", "precision", "recall",
             "even half", "odd half");
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Score mean = mean_of(scores[i].second);
    fmt::print("{:<14} {:>5}  {:.3f}  {:.3f}      {:.3f}   {:.3f}      {:.3f}\n", scores[i].first,
               scores[i].second.size(), mean.f1, mean.precision, mean.recall, mean_of(even[i].second).f1,
               mean_of(odd[i].second).f1);
  }
}

void print_readers(const std::vector<MarkedPage>& pages, const std::vector<Reader>& readers) {
  fmt::print("\n{:<24}", "F1");
  const ScoresByKind kinds = scores_by_kind(pages, {}, [](const MarkedPage&) { return true; });
  for (const auto& [kind, scores] : kinds) fmt::print(" {:>13}", kind);
  fmt::print("\n");
  for (const Reader& reader : readers) {
    fmt::print("{:<24}", reader.name);
    for (const auto& [kind, scores] :
         scores_by_kind(pages, reader.readings, [](const MarkedPage&) { return true; })) {
      fmt::print(" {:>13.3f}", mean_of(scores).f1);
    }
    fmt::print("\n");
  }
  fmt::print("\n{:<24} {:<18} {:<18} {:<18} {}\n", "of those that have one", "title", "same title", "author",
             "date");
  for (const Reader& reader : readers) {
    const Tallies tallies = tallies_of(pages, reader.readings);
    fmt::print("{:<24} {:<18} {:<18} {:<18} {}\n", reader.name, tallies.title.text(),
               tallies.same_title.text(), tallies.author.text(), tallies.date.text());
  }
}

void print_speed(const std::vector<MarkedPage>& pages, const std::vector<Reader>& readers) {
  const double floor = seconds_of_bare_parses(pages);
  const double own = seconds_of_all(readers.front().readings);
  fmt::print("\n{:<24} {:>8} {:>16} {:>16}\n", "processor time", "seconds", "to gumbo's parse",
             "to stubkeeper");
  fmt::print("{:<24} {:>8.2f} {:>16.2f} {:>16.2f}\n", "gumbo's bare parse", floor, 1.0, floor / own);
  for (const Reader& reader : readers) {
    const double seconds = seconds_of_all(reader.readings);
    fmt::print("{:<24} {:>8.2f} {:>16.2f} {:>16.2f}\n", reader.name, seconds, seconds / floor, seconds / own);
  }
}

// Reads a hostile page, for its cost to be measured from outside, and says what came of it: that it is
// refused is as good as that it is read.
int read_hostile_page(std::string_view name) {
  const std::string page = hostile_page(name);
  const auto content = stubkeeper::crawler::read_page(page, "", "https://example.org/forum/a");
  std::cout << (content.ok() ? "read" : content.error().message) << '\n';
  return page.empty() ? 1 : 0;
}

void print_hostile_pages(const std::string& program) {
  fmt::print("\n{:<24} {:>20} {:>10}\n", "hostile page of 10 MB", "seconds of processor", "megabytes");
  for (const std::string& name : names_of_hostile_pages()) {
    const Cost cost = run_measured({program, "--hostile", name});
    fmt::print("{:<24} {:>20.2f} {:>10.0f}\n", name, cost.processor_milliseconds / 1000, cost.megabytes);
  }
}

}  // namespace

int main(int count, char** words) {
  if (count == 3 && std::string_view{words[1]} == "--hostile") return read_hostile_page(words[2]);
  auto choice = choice_of({words + 1, words + count});
  if (!choice) {
    std::cerr << "usage: stubkeeper-extraction-bench PAGES [--peer NAME=FILE]... [--write FILE]\n";
    return 2;
  }
  const std::vector<MarkedPage> pages = marked_pages(choice->pages);
  if (pages.empty()) {
    std::cerr << choice->pages << " holds no pages\n";
    return 1;
  }
  std::vector<Reader> readers{{"stubkeeper", read_by_the_crawler(pages)}};
  if (!choice->write.empty()) write_readings(readers.front().readings, choice->write);
  for (Reader& peer : choice->peers) {
    if (peer.readings.empty()) {
      std::cerr << peer.name << " read no page\n";
      return 1;
    }
    readers.push_back(std::move(peer));
  }
  print_own_table(pages, readers.front().readings);
  print_readers(pages, readers);
  print_speed(pages, readers);
  std::cout.flush();
  print_hostile_pages(words[0]);
  return 0;
}
