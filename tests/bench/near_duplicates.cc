// How well copies of one text on several sources are found: real pages, and copies of them as wires and
// papers make them, by hand-written rules.
//
// Usage: stubkeeper-near-duplicates-bench PAGES    (PAGES holds html/*.html.gz and ground-truth/*.json;
// docs/crawler.md)
//
// Pairs that are copies: each article with each of its edits, and the edits of one article among each other.
// Pairs that are none: all pages with all others, and all articles with each other's edits and with the same
// boilerplate below both. A pair counts as found as the store finds it: one of the signatures' bands is the
// same, and their resemblance is at least the threshold.

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iostream>
#include <set>

#include "crawler/content.h"
#include "crawler/passages.h"
#include "tests/bench/extraction_pages.h"

namespace {

using namespace stubkeeper;
using Paragraphs = std::vector<std::string>;

struct Edit {
  std::string name;
  std::function<Paragraphs(const Paragraphs&)> make;
};

struct StoryVersion {
  std::size_t story = 0;
  std::string edit;
  MinHash signature{};
  std::set<std::int64_t> bands;
};

const std::string about_the_wire =
    "About the wire: it carries releases of companies, agencies and universities to editors, investors and "
    "the public in "
    "ninety countries, all day and all night. The issuer is solely responsible for what a release says. "
    "Statements on what is "
    "to come are subject to risks and can turn out otherwise; nobody undertakes to bring them up to date. "
    "For media contact "
    "write to the press office of the issuer, or call between eight and six on working days. Pictures can be "
    "used freely "
    "where their maker is named. Follow us on the networks for more releases of this kind, and subscribe to "
    "our newsletter.";

Paragraphs split_paragraphs(const std::string& text) {
  Paragraphs paragraphs;
  for (const crawler::TextRange& range : crawler::split_passages(text))
    paragraphs.push_back(text.substr(range.begin, range.end - range.begin));
  return paragraphs;
}

// Another headline, and a dateline before the first paragraph.
Paragraphs with_headline(const Paragraphs& original) {
  Paragraphs copy = original;
  if (!copy.empty() && copy[0].starts_with("#")) copy.erase(copy.begin());
  copy.insert(copy.begin(), "# A release with another headline than its issuer gave it");
  if (copy.size() > 1) copy[1] = "BASEL, Switzerland, May 7, 2026 (GLOBE NEWSWIRE) -- " + copy[1];
  return copy;
}

Paragraphs with_boilerplate(Paragraphs copy) {
  copy.push_back(about_the_wire);
  return copy;
}

Paragraphs keep_first_share(Paragraphs copy, double share) {
  copy.resize(static_cast<std::size_t>(share * static_cast<double>(copy.size()) + 0.5));
  return copy;
}

// An editor's hand: every so many words is another.
Paragraphs reworded(Paragraphs copy, std::size_t every) {
  for (std::string& paragraph : copy) {
    std::string words;
    std::size_t count = 0;
    for (std::size_t begin = 0; begin < paragraph.size();) {
      const std::size_t end = std::min(paragraph.find(' ', begin), paragraph.size());
      if (begin > 0) words += ' ';
      words += ++count % every == 0 ? "reworded" : paragraph.substr(begin, end - begin);
      begin = end + 1;
    }
    paragraph = words;
  }
  return copy;
}

std::vector<Edit> edits() {
  return {{"headline and dateline", with_headline},
          {"and boilerplate below", [](const Paragraphs& p) { return with_boilerplate(with_headline(p)); }},
          {"and every tenth paragraph dropped",
           [](const Paragraphs& p) {
             Paragraphs kept;
             for (std::size_t i = 0; i < p.size(); ++i) {
               if (i % 10 != 4) kept.push_back(p[i]);
             }
             return with_boilerplate(with_headline(kept));
           }},
          {"and the last quarter dropped",
           [](const Paragraphs& p) { return with_boilerplate(with_headline(keep_first_share(p, 0.75))); }},
          {"headline, every 30th word another",
           [](const Paragraphs& p) { return reworded(with_headline(p), 30); }},
          {"headline, every 15th word another",
           [](const Paragraphs& p) { return reworded(with_headline(p), 15); }},
          {"headline, only the first half",
           [](const Paragraphs& p) { return with_headline(keep_first_share(p, 0.5)); }}};
}

std::optional<StoryVersion> make_story_version(std::size_t story, const std::string& edit, const Paragraphs& paragraphs) {
  std::vector<std::string> normalized_passages;
  for (const std::string& paragraph : paragraphs) normalized_passages.push_back(crawler::normalized_passage(paragraph));
  const auto signature = crawler::story_signature(normalized_passages);
  if (!signature) return std::nullopt;
  const auto bands = lsh_bands(*signature);
  return StoryVersion{story, edit, *signature, {bands.begin(), bands.end()}};
}

// What the store takes for the resemblance of two: 0 where no band leads from one to the other.
double found_resemblance(const StoryVersion& a, const StoryVersion& b) {
  const bool candidates =
      std::any_of(a.bands.begin(), a.bands.end(), [&](std::int64_t band) { return b.bands.contains(band); });
  return candidates ? estimate_jaccard(a.signature, b.signature) : 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: stubkeeper-near-duplicates-bench PAGES\n";
    return 2;
  }
  std::vector<StoryVersion> pages;
  std::vector<std::vector<StoryVersion>> articles;
  std::vector<StoryVersion> with_same_boilerplate;
  std::vector<std::string> names;
  for (const bench::AnnotatedPage& page : bench::load_annotated_pages(argv[1])) {
    const auto content = crawler::parse_page(page.html, "", page.address);
    if (!content.ok()) continue;
    const Paragraphs paragraphs = split_paragraphs(content->text);
    const std::size_t story = names.size();
    names.push_back(page.name);
    if (auto story_version = make_story_version(story, "", paragraphs)) pages.push_back(*story_version);
    if (page.kind != "article") continue;
    std::vector<StoryVersion> versions;
    if (auto story_version = make_story_version(story, "the article", paragraphs)) versions.push_back(*story_version);
    for (const Edit& edit : edits()) {
      if (auto story_version = make_story_version(story, edit.name, edit.make(paragraphs))) versions.push_back(*story_version);
    }
    if (auto story_version = make_story_version(story, "with the same boilerplate", with_boilerplate(paragraphs)))
      with_same_boilerplate.push_back(*story_version);
    articles.push_back(std::move(versions));
  }

  std::vector<double> copies;
  std::vector<double> others;
  std::vector<std::pair<std::string, std::vector<double>>> by_edit;
  for (const Edit& edit : edits()) by_edit.push_back({edit.name, {}});
  for (const auto& versions : articles) {
    for (std::size_t i = 0; i < versions.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        copies.push_back(found_resemblance(versions[i], versions[j]));
        if (versions[j].edit != "the article") continue;
        for (auto& [name, values] : by_edit) {
          if (name == versions[i].edit) values.push_back(copies.back());
        }
      }
    }
  }
  const auto compare_unrelated = [&](const StoryVersion& a, const StoryVersion& b) {
    others.push_back(found_resemblance(a, b));
    if (others.back() < 0.4) return;
    std::cout << fmt::format("found wrongly: {} and {}{}, by {:.2f}\n", names[a.story], names[b.story],
                             b.edit.empty() ? "" : " (" + b.edit + ")", others.back());
  };
  for (std::size_t i = 0; i < pages.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) compare_unrelated(pages[i], pages[j]);
  }
  for (std::size_t i = 0; i < articles.size(); ++i) {
    for (std::size_t j = 0; j < articles.size(); ++j) {
      if (i == j || articles[i].empty()) continue;
      for (const StoryVersion& version : articles[j]) {
        if (version.edit != "the article") compare_unrelated(articles[i].front(), version);
      }
    }
  }
  for (std::size_t i = 0; i < with_same_boilerplate.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) compare_unrelated(with_same_boilerplate[i], with_same_boilerplate[j]);
  }

  const auto at_least = [](const std::vector<double>& values, double threshold) {
    return static_cast<std::size_t>(
        std::count_if(values.begin(), values.end(), [&](double value) { return value >= threshold; }));
  };
  std::cout << fmt::format("{} pairs of copies, {} pairs of others\n\n", copies.size(), others.size());
  std::cout << "threshold  precision  recall  found wrongly\n";
  for (const double threshold : {0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8}) {
    const std::size_t right = at_least(copies, threshold);
    const std::size_t wrong = at_least(others, threshold);
    std::cout << fmt::format(
        "{:<9}  {:<9.4f}  {:<6.3f}  {}\n", threshold,
        static_cast<double>(right) / static_cast<double>(std::max<std::size_t>(right + wrong, 1)),
        static_cast<double>(right) / static_cast<double>(std::max<std::size_t>(copies.size(), 1)), wrong);
  }
  std::cout << "\nrecall at 0.4 of the article itself and its\n";
  for (const auto& [name, values] : by_edit) {
    std::cout << fmt::format("{:<36} {:.3f}\n", name,
                             static_cast<double>(at_least(values, 0.4)) /
                                 static_cast<double>(std::max<std::size_t>(values.size(), 1)));
  }
  return 0;
}
