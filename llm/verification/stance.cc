#include "llm/verification/stance.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

using Words = std::vector<std::string_view>;

// One clause as its words, with what stands around each.
struct Clause {
  std::string_view text;
  std::vector<Word> words;
  std::vector<std::string> lower;

  explicit Clause(std::string_view clause) : text(clause), words(split_words(clause)) {
    for (const Word& word : words) lower.push_back(ascii_lower(word.text));
  }
  std::string_view at(std::size_t i) const {
    return i < lower.size() ? std::string_view{lower[i]} : std::string_view{};
  }
  // "isn't": the words are "isn" and "t".
  bool is_contraction(std::size_t i) const {
    if (at(i + 1) != "t") return false;
    const std::string_view between = text.substr(words[i].end(), words[i + 1].begin - words[i].end());
    return between == "'" || between == "\xE2\x80\x99";
  }
};

bool is_negation(const Clause& clause, std::size_t i) {
  static const Words plain{"never",     "none",     "neither",  "nor",     "cannot",    "denied",
                           "denies",    "denying",  "nobody",   "nothing", "without",   "failed",
                           "fails",     "refuted",  "rejected", "halted",  "cancelled", "canceled",
                           "abandoned", "scrapped", "untrue",   "unable"};
  static const Words only_after_not{"only", "just", "least", "merely", "simply", "necessarily"};
  static const Words only_after_no{"later", "fewer", "less", "more", "earlier", "doubt", "matter"};
  const std::string_view word = clause.at(i);
  if (clause.is_contraction(i)) return true;
  if (word == "not") return !contains(only_after_not, clause.at(i + 1));
  if (word == "no") {
    const std::string_view next = clause.at(i + 1);
    return !next.empty() && !is_ascii_digit(next[0]) && !contains(only_after_no, next);
  }
  if (word == "nothing" || word == "none") return clause.at(i + 1) != "but" && clause.at(i + 1) != "other";
  return contains(plain, word);
}

std::optional<Stance> find_modality(const Clause& clause, std::size_t i) {
  static const Words planned{"plans",    "plan",    "planned",   "planning",    "will",       "would",
                             "shall",    "should",  "expects",   "expected",    "expecting",  "intends",
                             "intended", "aims",    "aiming",    "hopes",       "hoping",     "proposes",
                             "proposed", "targets", "targeting", "targeted",    "scheduled",  "seeks",
                             "seeking",  "slated",  "wants",     "anticipates", "anticipated"};
  static const Words possible{"might",   "could",       "potential", "potentially", "possible", "possibly",
                              "perhaps", "considering", "considers", "considered",  "explores", "exploring"};
  static const Words reported{"reportedly", "allegedly", "alleged",    "rumoured",   "rumored",
                              "rumours",    "rumors",    "supposedly", "purportedly"};
  const std::string_view word = clause.at(i);
  if (word == "may") {
    const bool month = clause.words[i].text == "May" &&
                       (i > 0 || (!clause.at(1).empty() && is_ascii_digit(clause.at(1)[0])));
    return month ? std::nullopt : std::optional{Stance::possible};
  }
  // "the will", "a potential customer" and "targets of" are things.
  static const Words articles{"the", "a", "an", "its", "their", "his", "her"};
  const bool is_first_name = word == "will" && clause.words[i].text == "Will" &&
                             i + 1 < clause.words.size() && is_ascii_upper(clause.words[i + 1].text[0]);
  // "is considered a pioneer": others hold it to be one.
  static const Words forms_of_be{"is", "are", "was", "were", "be", "been", "being", "also", "widely"};
  const bool is_regarded = word == "considered" && i > 0 && contains(forms_of_be, clause.at(i - 1));
  if (is_first_name || is_regarded) return std::nullopt;
  const bool is_thing =
      i > 0 && contains(articles, clause.at(i - 1)) && (word == "will" || word == "targets");
  if (is_thing || clause.is_contraction(i)) return std::nullopt;
  if (contains(planned, word)) return Stance::planned;
  if (contains(possible, word)) return Stance::possible;
  if (contains(reported, word)) return Stance::reported;
  return std::nullopt;
}

const char* stance_name(Stance stance) {
  switch (stance) {
    case Stance::denied:
      return "not so";
    case Stance::planned:
      return "planned";
    case Stance::possible:
      return "possible";
    case Stance::reported:
      break;
  }
  return "reported";
}

// The content words of a text but those of its cues.
std::set<std::string> content_without_cues(std::string_view text) {
  std::set<std::string> content = content_words(text);
  for (const StanceCue& mark : find_stance_cues(text)) {
    for (const std::string& word : content_words(mark.word)) content.erase(word);
  }
  return content;
}

// "third", "6th"; not "first", which is a rank itself.
bool is_ordinal(std::string_view word) {
  static const Words ordinals{"second",  "third",  "fourth", "fifth", "sixth",
                              "seventh", "eighth", "ninth",  "tenth"};
  const bool ends_as_one = word.ends_with("th") || word.ends_with("rd") || word.ends_with("nd");
  return contains(ordinals, word) || (!word.empty() && is_ascii_digit(word[0]) && ends_as_one);
}

bool is_plural(std::string_view word) {
  return word.size() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") &&
         !word.ends_with("is");
}

constexpr double scope_overlap_threshold = 0.5;

}  // namespace

std::vector<StanceCue> find_stance_cues(std::string_view text) {
  std::vector<StanceCue> marks;
  for (const std::string_view part : split_clauses(text)) {
    const Clause clause{part};
    for (std::size_t i = 0; i < clause.words.size(); ++i) {
      std::optional<Stance> stance = find_modality(clause, i);
      if (is_negation(clause, i)) stance = Stance::denied;
      if (!stance) continue;
      const bool contraction = clause.is_contraction(i);
      const std::size_t end = clause.words[contraction ? i + 1 : i].end();
      std::string_view scope = part.substr(end);
      if (content_words(scope).empty()) scope = part.substr(0, clause.words[i].begin);
      marks.push_back({*stance, clause.lower[i] + (contraction ? "'t" : ""), scope});
    }
  }
  return marks;
}

std::string describe_stance_difference(const std::vector<Stance>& stances, std::string_view text,
                                       std::string_view quotes) {
  const auto with_stances = [&](std::vector<StanceCue> marks) {
    std::erase_if(marks, [&](const StanceCue& mark) { return !contains(stances, mark.stance); });
    return marks;
  };
  const auto text_cues = with_stances(find_stance_cues(text));
  const auto quote_cues = with_stances(find_stance_cues(quotes));
  const std::set<std::string> content_of_text = content_without_cues(text);
  for (const StanceCue& mark : quote_cues) {
    const bool is_in_text = std::any_of(text_cues.begin(), text_cues.end(),
                                        [&](const StanceCue& other) { return other.stance == mark.stance; });
    if (!is_in_text &&
        containment_ratio(content_without_cues(mark.scope), content_of_text) >= scope_overlap_threshold)
      return "only the quotes say that it is " + std::string{stance_name(mark.stance)} + " (\"" + mark.word +
             "\")";
  }
  for (const StanceCue& mark : text_cues) {
    const std::set<std::string> governed = content_without_cues(mark.scope);
    const bool is_in_quotes = std::any_of(quote_cues.begin(), quote_cues.end(), [&](const StanceCue& other) {
      return other.stance == mark.stance &&
             (governed.empty() || containment_ratio(governed, content_without_cues(other.scope)) > 0 ||
              containment_ratio(content_without_cues(other.scope), governed) > 0);
    });
    if (!is_in_quotes)
      return "only the new text says that it is " + std::string{stance_name(mark.stance)} + " (\"" +
             mark.word + "\")";
  }
  return {};
}

std::vector<Superlative> find_superlatives(std::string_view text) {
  static const Words known{
      "first",    "largest",  "biggest",   "best",     "only",     "fastest", "leading",  "highest",
      "lowest",   "smallest", "strongest", "cheapest", "greatest", "most",    "unique",   "unprecedented",
      "record",   "longest",  "lightest",  "densest",  "newest",   "oldest",  "earliest", "deepest",
      "tallest",  "hottest",  "coldest",   "thinnest", "heaviest", "worst",   "shortest", "safest",
      "cleanest", "quietest", "brightest", "last",     "sole"};
  static const Words not_ranked{"quarter",   "half",     "round",   "time", "generation", "week", "year",
                                "month",     "phase",    "stage",   "step", "day",        "days", "of",
                                "practices", "practice", "keeping", "to",   "series"};
  std::vector<Superlative> found;
  const Clause whole{text};
  for (std::size_t i = 0; i < whole.words.size(); ++i) {
    const std::string_view word = whole.at(i);
    if (!contains(known, word)) continue;
    const std::string_view before = i > 0 ? whole.at(i - 1) : std::string_view{};
    const std::string_view next = whole.at(i + 1);
    const bool ranked = [&] {
      if (before == "at" || before == "track" || before == "not") return false;
      static const Words record_things{"of", "producer", "producers", "label", "labels", "company", "deal"};
      if (word == "record" && contains(record_things, next)) return false;
      if (word == "only" || word == "last" || word == "record") {
        return before == "the" || before == "a" || before == "its" || before == "their" || before == "s";
      }
      if (word == "most") return next != "of" && before != "at";
      if (word == "last" || contains(not_ranked, next)) return false;
      // "the first 60 units" counts.
      if (word == "first" && !next.empty() && is_ascii_digit(next[0])) return false;
      // "the first containers" are in order; "the first company" is a rank.
      if (word == "first" && is_plural(next)) return false;
      return true;
    }();
    if (!ranked) continue;
    const std::string_view two_before = i > 1 ? whole.at(i - 2) : std::string_view{};
    const std::string_view three_before = i > 2 ? whole.at(i - 3) : std::string_view{};
    static const Words possessives{"its", "their", "his", "her", "our"};
    const bool limited = contains(possessives, before) || before == "among" || two_before == "among" ||
                         (two_before == "of" && three_before == "one") ||
                         (before == "of" && two_before == "one") || is_ordinal(before);
    found.push_back({std::string{word}, limited});
  }
  return found;
}

bool has_attribution(std::string_view text) {
  static const std::vector<std::string> phrases{
      "according to",   "said",      "says",         "told",      "reported",        "reports",
      "reportedly",     "states",    "stated",       "claims",    "claimed",         "announced",
      "estimates",      "estimated", "argues",       "argued",    "writes",          "wrote",
      "in the view of", "believes",  "described as", "describes", "per the company", "company disclosed",
      "alleged",        "allegedly"};
  return !find_phrases(padded_words(text), phrases).empty();
}

}  // namespace stubkeeper::llm
