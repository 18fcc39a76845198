#include "llm/verification/meaning.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "base/text/ascii.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

using Words = std::vector<std::string_view>;

bool is_one_of(std::string_view word, const Words& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

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

bool denies(const Clause& clause, std::size_t i) {
  static const Words plain{"never",     "none",     "neither",  "nor",     "cannot",    "denied",
                           "denies",    "denying",  "nobody",   "nothing", "without",   "failed",
                           "fails",     "refuted",  "rejected", "halted",  "cancelled", "canceled",
                           "abandoned", "scrapped", "untrue",   "unable"};
  static const Words only_after_not{"only", "just", "least", "merely", "simply", "necessarily"};
  static const Words only_after_no{"later", "fewer", "less", "more", "earlier", "doubt", "matter"};
  const std::string_view word = clause.at(i);
  if (clause.is_contraction(i)) return true;
  if (word == "not") return !is_one_of(clause.at(i + 1), only_after_not);
  if (word == "no") {
    const std::string_view next = clause.at(i + 1);
    return !next.empty() && !is_ascii_digit(next[0]) && !is_one_of(next, only_after_no);
  }
  if (word == "nothing" || word == "none") return clause.at(i + 1) != "but" && clause.at(i + 1) != "other";
  return is_one_of(word, plain);
}

std::optional<Stance> modality_at(const Clause& clause, std::size_t i) {
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
  const bool is_thing =
      i > 0 && is_one_of(clause.at(i - 1), articles) && (word == "will" || word == "targets");
  if (is_thing || clause.is_contraction(i)) return std::nullopt;
  if (is_one_of(word, planned)) return Stance::planned;
  if (is_one_of(word, possible)) return Stance::possible;
  if (is_one_of(word, reported)) return Stance::reported;
  return std::nullopt;
}

const char* in_words(Stance stance) {
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

// Words whose only meaning is the stance: they say nothing about what is told.
std::set<std::string> told_by(std::string_view text) {
  std::set<std::string> content = content_words(text);
  for (const StanceMark& mark : stance_marks(text)) {
    for (const std::string& word : content_words(mark.word)) content.erase(word);
  }
  return content;
}

constexpr double governs_the_same = 0.5;

}  // namespace

std::vector<StanceMark> stance_marks(std::string_view text) {
  std::vector<StanceMark> marks;
  for (const std::string_view part : clauses_of(text)) {
    const Clause clause{part};
    for (std::size_t i = 0; i < clause.words.size(); ++i) {
      std::optional<Stance> stance = modality_at(clause, i);
      if (denies(clause, i)) stance = Stance::denied;
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

std::string difference_in(const std::vector<Stance>& stances, std::string_view text,
                          std::string_view quotes) {
  const auto of_these = [&](std::vector<StanceMark> marks) {
    std::erase_if(marks, [&](const StanceMark& mark) {
      return std::find(stances.begin(), stances.end(), mark.stance) == stances.end();
    });
    return marks;
  };
  const auto said = of_these(stance_marks(text));
  const auto quoted = of_these(stance_marks(quotes));
  const std::set<std::string> told = told_by(text);
  for (const StanceMark& mark : quoted) {
    const bool also_said = std::any_of(said.begin(), said.end(),
                                       [&](const StanceMark& other) { return other.stance == mark.stance; });
    if (!also_said && share_within(told_by(mark.scope), told) >= governs_the_same)
      return "only the quotes say that it is " + std::string{in_words(mark.stance)} + " (\"" + mark.word +
             "\")";
  }
  for (const StanceMark& mark : said) {
    const std::set<std::string> governed = told_by(mark.scope);
    const bool also_quoted = std::any_of(quoted.begin(), quoted.end(), [&](const StanceMark& other) {
      return other.stance == mark.stance &&
             (governed.empty() || share_within(governed, told_by(other.scope)) > 0 ||
              share_within(told_by(other.scope), governed) > 0);
    });
    if (!also_quoted)
      return "only the new text says that it is " + std::string{in_words(mark.stance)} + " (\"" + mark.word +
             "\")";
  }
  return {};
}

std::vector<Superlative> superlatives_in(std::string_view text) {
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
    if (!is_one_of(word, known)) continue;
    const std::string_view before = i > 0 ? whole.at(i - 1) : std::string_view{};
    const std::string_view next = whole.at(i + 1);
    const bool ranked = [&] {
      if (before == "at" || before == "track" || before == "not") return false;
      if (word == "only" || word == "last" || word == "record") {
        return before == "the" || before == "a" || before == "its" || before == "their" || before == "s";
      }
      if (word == "most") return next != "of" && before != "at";
      if (word == "last" || is_one_of(next, not_ranked)) return false;
      // "the first 60 units" counts.
      if (word == "first" && !next.empty() && is_ascii_digit(next[0])) return false;
      return true;
    }();
    if (!ranked) continue;
    const std::string_view two_before = i > 1 ? whole.at(i - 2) : std::string_view{};
    const std::string_view three_before = i > 2 ? whole.at(i - 3) : std::string_view{};
    static const Words possessives{"its", "their", "his", "her", "our"};
    const bool limited = is_one_of(before, possessives) || before == "among" || two_before == "among" ||
                         (two_before == "of" && three_before == "one") ||
                         (before == "of" && two_before == "one") || before == "second" || before == "third";
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
  return !phrases_in(spaced_words(text), phrases).empty();
}

}  // namespace stubkeeper::llm
