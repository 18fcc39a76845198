// The rules of the section's owner on what kinds of fact rest on what kinds of source: funding on
// official ones, leadership on current official ones, places on words that say so.
#include <algorithm>

#include "base/text/dates.h"
#include "base/text/strings.h"
#include "base/text/url.h"
#include "llm/verification/claim.h"
#include "llm/verification/figures.h"
#include "llm/verification/names.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

// The publisher of a source, and whether only the source itself says so.
std::string standing_of(const TaskPassage& passage) {
  const std::string host = url_host_without_www(passage.source_address);
  const std::string& name = host.empty() ? passage.source_address : host;
  const entries::PublisherKind kind = passage.publisher.kind;
  if (passage.publisher.is_address_verified || !passage.publisher.is_interested())
    return name + " is " + entries::publisher_kind_name(kind);
  return name + " calls itself " +
         (kind == entries::PublisherKind::own ? "the company's own page; nothing that was approved says so"
                                              : "a press wire; it is not known as one");
}

std::string sources_of(const Claim& claim) {
  std::vector<std::string> sources;
  for (const CitedQuote& quote : claim.quotes) {
    std::string source = standing_of(*quote.passage);
    add_once(sources, std::move(source));
  }
  return join(sources, ", ");
}

// A sum of money, or a round, in a sentence on funding.
void check_funding(const Claim& claim, FlagList& flags) {
  const auto found =
      find_phrases(padded_words(claim.text_without_citations), claim.style().drafting.funding_words);
  if (found.empty()) return;
  const auto figures = find_stated_figures(claim.text_without_citations);
  const bool has_amount = std::any_of(figures.begin(), figures.end(),
                                      [](const Figure& figure) { return !figure.currency.empty(); });
  const bool has_round = std::any_of(found.begin(), found.end(), [](const std::string& word) {
    return word.starts_with("series ") || word.find("round") != std::string::npos;
  });
  if (!has_amount && !has_round) return;
  const bool official = std::any_of(claim.quotes.begin(), claim.quotes.end(), [](const CitedQuote& quote) {
    return quote.passage->publisher.is_official();
  });
  if (!official) flags.raise("funding-without-official-source", sources_of(claim));
}

// "as of June 2026" limits the statement to what an old source can show.
bool has_as_of_date(const Claim& claim) {
  return padded_words(claim.text_without_citations).find(" as of ") != std::string::npos;
}

void check_leadership(const Claim& claim, FlagList& flags) {
  const entries::DraftingRules& rules = claim.style().drafting;
  const auto found = find_phrases(padded_words(claim.text_without_citations), rules.leadership_words);
  if (found.empty() || has_as_of_date(claim)) return;
  const std::string& date_prefix = claim.change.edit.date;
  const std::string& day = date_prefix.empty() ? claim.task.today : date_prefix;
  const bool current = std::any_of(claim.quotes.begin(), claim.quotes.end(), [&](const CitedQuote& quote) {
    if (!quote.passage->publisher.is_official()) return false;
    // A page without a date of the company's own is as current as its snapshot.
    if (quote.passage->published.empty()) return quote.passage->publisher.kind == entries::PublisherKind::own;
    const auto age = day_difference(std::max(quote.passage->published, quote.passage->modified), day);
    return rules.max_leadership_source_age_days == 0 ||
           (age && *age <= static_cast<std::int64_t>(rules.max_leadership_source_age_days));
  });
  if (!current)
    flags.raise("leadership-without-current-source", "\"" + found.front() + "\": " + sources_of(claim));
}

// The names right after a phrase such as "based in", up to the end of the clause.
std::vector<std::string> places_in(const std::string& text, const std::vector<std::string>& phrases) {
  std::vector<std::string> places;
  const auto words = split_words(text);
  for (const std::string& phrase : phrases) {
    const auto wanted = lowercase_words(phrase);
    for (std::size_t i = 0; !wanted.empty() && i + wanted.size() < words.size(); ++i) {
      const bool here = std::equal(
          wanted.begin(), wanted.end(), words.begin() + static_cast<std::ptrdiff_t>(i),
          [](const std::string& a, const Word& b) { return lowercase_words(b.text) == std::vector{a}; });
      if (!here) continue;
      // A lower-case word in front keeps the first name from counting as a sentence's beginning.
      const std::size_t begin = words[i + wanted.size() - 1].begin;
      std::string rest = "in";
      rest += text.substr(words[i + wanted.size() - 1].end());
      std::replace(rest.begin(), rest.end(), ':', ' ');
      std::replace(rest.begin(), rest.end(), '*', ' ');
      const std::size_t stop = rest.find_first_of(".;\n(");
      for (const std::string& name : extract_names(rest.substr(0, stop))) {
        const std::size_t at = rest.find(name);
        // A name further on belongs to another thought.
        constexpr std::size_t within = 60;
        if (at != std::string::npos && at < within && begin < text.size() && !contains(places, name))
          places.push_back(name);
      }
    }
  }
  return places;
}

// A title or an old text does not say where something is: the quote has to.
void check_places(const Claim& claim, FlagList& flags) {
  const auto places = places_in(claim.text_without_citations, claim.style().drafting.place_phrases);
  if (places.empty()) return;
  const KnownNames quoted{claim.quoted};
  const KnownNames subject{claim.task.entry_title};
  std::vector<std::string> missing;
  for (const std::string& place : places) {
    const bool of_subject =
        subject.knows(place) && claim.quoted.find(claim.task.entry_title) != std::string::npos;
    if (!quoted.knows(place) && !of_subject) missing.push_back(place);
  }
  flags.raise_if_any("location-without-source", missing);
}

}  // namespace

void apply_source_rules(const Claim& claim, FlagList& flags) {
  check_funding(claim, flags);
  check_leadership(claim, flags);
  check_places(claim, flags);
}

}  // namespace stubkeeper::llm
