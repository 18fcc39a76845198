#include "llm/verification/quote_context.h"

#include <algorithm>
#include <array>
#include <vector>

#include "llm/extractive/sentences.h"
#include "llm/verification/claim.h"
#include "llm/verification/meaning.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

using Phrases = std::vector<std::string>;

// Before the quote, anywhere in the same sentence.
const Phrases denials_before{"denied",    "denies",      "deny",        "denying",   "untrue",
                             "false",     "contrary to", "refuted",     "refutes",   "rejected",
                             "dismissed", "dismisses",   "no evidence", "no truth",  "myth",
                             "hoax",      "wrongly",     "mistakenly",  "retracted", "far from"};
// Right before the quote, in its own clause: "did not" of another clause says nothing about it.
const Phrases denials_in_clause{"not",        "never",       "no longer", "without", "failed to", "fails to",
                                "instead of", "rather than", "nor",       "neither", "isn t",     "wasn t",
                                "didn t",     "doesn t",     "don t",     "hasn t",  "haven t",   "won t",
                                "aren t",     "weren t",     "cannot"};
const Phrases conditions_before{"if",        "unless",  "whether", "provided that",
                                "assuming",  "suppose", "in case", "in the event",
                                "should it", "were it", "imagine", "hypothetically"};
const Phrases attributions_before{"according to",  "rumours",       "rumors",
                                  "rumour",        "rumor",         "rumoured",
                                  "rumored",       "speculation",   "speculates",
                                  "speculated",    "alleged",       "allegedly",
                                  "alleges",       "reportedly",    "claims",
                                  "claimed",       "claim that",    "said",
                                  "says",          "saying",        "believes",
                                  "thinks",        "suggests",      "suggested",
                                  "argues",        "argued",        "predicts",
                                  "predicted",     "forecasts",     "accused",
                                  "critics",       "supposedly",    "asked whether",
                                  "told",          "estimates",     "analysts",
                                  "reports that",  "reported that", "in the opinion of",
                                  "in the view of"};

// Behind the quote, up to the end of its sentence.
const Phrases denials_after{
    "was denied",  "were denied",   "has been denied", "denied",           "is false",
    "was false",   "is untrue",     "was untrue",      "is not true",      "was not true",
    "is wrong",    "was wrong",     "never happened",  "has been refuted", "was refuted",
    "is disputed", "was retracted", "is a myth",       "did not happen",   "turned out to be wrong"};
const Phrases conditions_after{"if",         "unless",  "provided that", "assuming",
                               "subject to", "pending", "depending on"};
const Phrases attributions_after{"according to", "said",       "says",      "claims", "claimed",
                                 "believes",     "reportedly", "allegedly", "told",   "predicts",
                                 "argues",       "alleges",    "estimates"};

// The following sentence takes back what was said.
const Phrases taking_back{"is not true",      "was not true",    "is false",         "was false",
                          "is untrue",        "was untrue",      "is wrong",         "was wrong",
                          "denied this",      "denied that",     "denied it",        "denied the report",
                          "denied the claim", "denies this",     "denies that",      "denies the",
                          "denied the",       "never happened",  "has been refuted", "was refuted",
                          "this was denied",  "that was denied", "isn t true",       "wasn t true"};

// Without what is set in between: ", which ..., " and "( ... )".
std::string without_asides(std::string_view text) {
  std::string rest{text};
  for (const std::string_view opening : {", which ", ", who ", ", whose ", ", where "}) {
    for (std::size_t at = rest.find(opening); at != std::string::npos; at = rest.find(opening, at)) {
      const std::size_t end = rest.find(',', at + 1);
      if (end == std::string::npos) break;
      rest.replace(at, end + 1 - at, " ");
    }
  }
  for (std::size_t at = rest.find('('); at != std::string::npos; at = rest.find('(', at)) {
    const std::size_t end = rest.find(')', at);
    if (end == std::string::npos) break;
    rest.replace(at, end + 1 - at, " ");
  }
  return rest;
}

// What stands behind the last turn of the sentence: "did not raise money then, but".
std::string_view behind_last_turn(std::string_view text) {
  std::size_t begin = 0;
  for (const std::string_view turn : {" but ", "; ", " however, ", " whereas ", " instead, ", " while "}) {
    const std::size_t at = text.rfind(turn);
    if (at != std::string_view::npos) begin = std::max(begin, at + turn.size());
  }
  return text.substr(begin);
}

Turn turn_by(const std::string& spaced, const Phrases& denials, const Phrases& conditions,
             const Phrases& attributions) {
  // "not only" and "no later than" deny nothing.
  std::string words = spaced;
  for (const std::string_view harmless : {" not only ", " not just ", " not least "}) {
    for (std::size_t at = words.find(harmless); at != std::string::npos; at = words.find(harmless))
      words.replace(at, harmless.size(), " ");
  }
  if (const auto found = phrases_in(words, denials); !found.empty())
    return {Turn::Kind::denied, found.front()};
  if (const auto found = phrases_in(words, conditions); !found.empty())
    return {Turn::Kind::conditional, found.front()};
  if (const auto found = phrases_in(words, attributions); !found.empty())
    return {Turn::Kind::attributed, found.front()};
  return {};
}

bool says_conditionally(std::string_view text) {
  if (!phrases_in(spaced_words(text), conditions_before).empty()) return true;
  const auto marks = stance_marks(text);
  return std::any_of(marks.begin(), marks.end(),
                     [](const StanceMark& mark) { return mark.stance != Stance::denied; });
}

bool says_denial(std::string_view text) {
  const auto marks = stance_marks(text);
  return std::any_of(marks.begin(), marks.end(),
                     [](const StanceMark& mark) { return mark.stance == Stance::denied; });
}

// Whether the new text lets its reader know of the turn.
bool is_told(const Turn& turn, const Claim& claim) {
  switch (turn.kind) {
    case Turn::Kind::denied:
      return says_denial(claim.text);
    case Turn::Kind::conditional:
      return says_conditionally(claim.text);
    case Turn::Kind::attributed:
      return has_attribution(claim.text);
    case Turn::Kind::none:
      break;
  }
  return true;
}

}  // namespace

Surroundings surroundings_of(std::string_view passage, std::size_t begin, std::size_t end) {
  std::size_t from = begin;
  std::size_t to = end;
  Surroundings around;
  const auto sentences = sentences_of(passage);
  bool in_sentence = false;
  for (const std::string_view sentence : sentences) {
    const auto sentence_begin = static_cast<std::size_t>(sentence.data() - passage.data());
    const std::size_t sentence_end = sentence_begin + sentence.size();
    if (sentence_begin < end && sentence_end > begin) {
      from = std::min(from, sentence_begin);
      to = std::max(to, sentence_end);
      in_sentence = true;
    } else if (sentence_begin >= end && in_sentence && around.next.empty()) {
      around.next = sentence;
    }
  }
  // A heading or a table row is one sentence.
  if (sentences.empty()) {
    from = 0;
    to = passage.size();
  }
  around.before = passage.substr(from, begin - from);
  around.after = passage.substr(end, to - end);
  return around;
}

Turn turn_of(const Surroundings& around) {
  const std::string before = without_asides(around.before);
  const std::string_view governing = behind_last_turn(before);
  Turn turn = turn_by(spaced_words(governing), denials_before, conditions_before, attributions_before);
  const std::string_view clause = governing.substr(std::min(governing.rfind(',') + 1, governing.size()));
  if (turn.kind == Turn::Kind::none) turn = turn_by(spaced_words(clause), denials_in_clause, {}, {});
  if (turn.kind == Turn::Kind::none)
    turn = turn_by(spaced_words(without_asides(around.after)), denials_after, conditions_after,
                   attributions_after);
  if (turn.kind != Turn::Kind::none) return turn;
  constexpr std::size_t where_it_is_taken_back = 90;
  const auto found = phrases_in(spaced_words(around.next.substr(0, where_it_is_taken_back)), taking_back);
  return found.empty() ? Turn{} : Turn{Turn::Kind::denied, found.front()};
}

void look_around_quotes(const Claim& claim, FlagList& flags) {
  for (const CitedQuote& quote : claim.quotes) {
    // A quote that refutes is cited for its contradiction.
    if (quote.refutes) continue;
    const std::string& passage = quote.passage->text;
    const std::size_t passage_begin = quote.passage->begin_byte;
    const std::size_t begin = quote.place.begin > passage_begin ? quote.place.begin - passage_begin : 0;
    const std::size_t end = std::min(quote.place.end - passage_begin, passage.size());
    if (begin >= end) continue;
    const Surroundings around = surroundings_of(passage, begin, end);
    const Turn turn = turn_of(around);
    if (turn.kind == Turn::Kind::none || is_told(turn, claim)) continue;
    const std::string sentence = std::string{around.before} + quote.text + std::string{around.after};
    flags.raise("quote-out-of-context",
                "\"" + turn.words + "\" in: " + sentence +
                    (around.after.empty() && around.before.empty() ? " " + std::string{around.next} : ""));
  }
}

}  // namespace stubkeeper::llm
