#include "llm/verification/quote_context.h"

#include <algorithm>
#include <vector>

#include "llm/extractive/sentences.h"
#include "llm/verification/claim.h"
#include "llm/verification/stance.h"
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

// After the quote, up to the end of its sentence.
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
const Phrases retraction_phrases{
    "is not true",     "was not true",      "is false",         "was false",        "is untrue",
    "was untrue",      "is wrong",          "was wrong",        "denied this",      "denied that",
    "denied it",       "denied the report", "denied the claim", "denies this",      "denies that",
    "denies the",      "denied the",        "never happened",   "has been refuted", "was refuted",
    "this was denied", "that was denied",   "isn t true",       "wasn t true"};

// Without what is set in between: ", which ..., " and "( ... )".
std::string remove_parentheticals(std::string_view text) {
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

// The part after the last contrast of the sentence: "did not raise money then, but".
std::string_view after_last_contrast(std::string_view text) {
  std::size_t begin = 0;
  for (const std::string_view context_qualifier :
       {" but ", "; ", " however, ", " whereas ", " instead, ", " while "}) {
    const std::size_t at = text.rfind(context_qualifier);
    if (at != std::string_view::npos) begin = std::max(begin, at + context_qualifier.size());
  }
  return text.substr(begin);
}

ContextQualifier find_qualifying_phrase(const std::string& padded, const Phrases& denials,
                                        const Phrases& conditions, const Phrases& attributions) {
  // "not only" and "no later than" deny nothing.
  std::string words = padded;
  for (const std::string_view harmless : {" not only ", " not just ", " not least "}) {
    for (std::size_t at = words.find(harmless); at != std::string::npos; at = words.find(harmless))
      words.replace(at, harmless.size(), " ");
  }
  if (const auto found = find_phrases(words, denials); !found.empty())
    return {ContextQualifier::Kind::denied, found.front()};
  if (const auto found = find_phrases(words, conditions); !found.empty())
    return {ContextQualifier::Kind::conditional, found.front()};
  if (const auto found = find_phrases(words, attributions); !found.empty())
    return {ContextQualifier::Kind::attributed, found.front()};
  return {};
}

// Whether a text has a stance cue that denies, or one that does not.
bool has_stance_cue(std::string_view text, bool denies) {
  const auto marks = find_stance_cues(text);
  return std::any_of(marks.begin(), marks.end(),
                     [&](const StanceCue& mark) { return (mark.stance == Stance::denied) == denies; });
}

bool has_condition(std::string_view text) {
  return !find_phrases(padded_words(text), conditions_before).empty() || has_stance_cue(text, false);
}

// Whether the new text lets its reader know of the turn.
bool is_disclosed(const ContextQualifier& context_qualifier, const Claim& claim) {
  switch (context_qualifier.kind) {
    case ContextQualifier::Kind::denied:
      return has_stance_cue(claim.text, true);
    case ContextQualifier::Kind::conditional:
      return has_condition(claim.text);
    case ContextQualifier::Kind::attributed:
      return has_attribution(claim.text);
    case ContextQualifier::Kind::none:
      break;
  }
  return true;
}

}  // namespace

SurroundingSentences find_surrounding_sentences(std::string_view passage, std::size_t begin,
                                                std::size_t end) {
  std::size_t from = begin;
  std::size_t to = end;
  SurroundingSentences around;
  const auto sentences = split_passage_sentences(passage);
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

ContextQualifier find_context_qualifier(const SurroundingSentences& around) {
  const std::string before = remove_parentheticals(around.before);
  const std::string_view governing = after_last_contrast(before);
  ContextQualifier context_qualifier =
      find_qualifying_phrase(padded_words(governing), denials_before, conditions_before, attributions_before);
  const std::string_view clause = governing.substr(std::min(governing.rfind(',') + 1, governing.size()));
  if (context_qualifier.kind == ContextQualifier::Kind::none)
    context_qualifier = find_qualifying_phrase(padded_words(clause), denials_in_clause, {}, {});
  if (context_qualifier.kind == ContextQualifier::Kind::none)
    context_qualifier = find_qualifying_phrase(padded_words(remove_parentheticals(around.after)),
                                               denials_after, conditions_after, attributions_after);
  if (context_qualifier.kind != ContextQualifier::Kind::none) return context_qualifier;
  constexpr std::size_t max_retraction_bytes = 90;
  const auto found =
      find_phrases(padded_words(around.next.substr(0, max_retraction_bytes)), retraction_phrases);
  return found.empty() ? ContextQualifier{} : ContextQualifier{ContextQualifier::Kind::denied, found.front()};
}

void check_quote_context(const Claim& claim, FlagList& flags) {
  for (const CitedQuote& quote : claim.quotes) {
    // A quote that refutes is cited for its contradiction.
    if (quote.refutes) continue;
    const std::string& passage = quote.passage->text;
    const std::size_t passage_begin = quote.passage->begin_byte;
    // A heading has no sentence around it.
    if (quote.end_byte <= passage_begin) continue;
    const std::size_t begin = quote.begin_byte > passage_begin ? quote.begin_byte - passage_begin : 0;
    const std::size_t end = std::min(quote.end_byte - passage_begin, passage.size());
    if (begin >= end) continue;
    const SurroundingSentences around = find_surrounding_sentences(passage, begin, end);
    const ContextQualifier context_qualifier = find_context_qualifier(around);
    if (context_qualifier.kind == ContextQualifier::Kind::none || is_disclosed(context_qualifier, claim))
      continue;
    const std::string sentence = std::string{around.before} + quote.quote + std::string{around.after};
    flags.raise("quote-out-of-context",
                "\"" + context_qualifier.words + "\" in: " + sentence +
                    (around.after.empty() && around.before.empty() ? " " + std::string{around.next} : ""));
  }
}

}  // namespace stubkeeper::llm
