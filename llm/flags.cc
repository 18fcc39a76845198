#include "llm/flags.h"

#include <array>

namespace stubkeeper::llm {

std::span<const FlagKind> flag_kinds() {
  static constexpr std::array kinds = std::to_array<FlagKind>({
      {"contradicts",
       "Another source, or the entry itself, says otherwise; both are shown. Find out which holds, or say "
       "that it is disputed."},
      {"currency-not-in-quote",
       "An amount stands in the quotes with another currency, or with none. Check the currency."},
      {"date-not-in-quote",
       "A date in the new text stands neither in the quotes nor as the date of their source. Check when it "
       "was."},
      {"funding-without-official-source",
       "A funding fact rests on no press release, no filing and no page that is known to be the company's "
       "own. "
       "Find the official one."},
      {"hype", "The new text praises rather than tells. Say it in neutral words, or leave it out."},
      {"instruction-in-passage",
       "The source holds text that reads like an instruction to a machine. Read the page before you trust "
       "any of it."},
      {"interested-source",
       "A rank, a measured figure or a verdict rests on the word of the company that it is about. Look for "
       "somebody else who says so, or say whose word it is."},
      {"large-change",
       "The change touches a large share of the entry. Check that no more is rewritten than the news asks "
       "for."},
      {"leadership-without-current-source",
       "Who leads or owns it rests on no current source that is known to be the company's own. Find one, or "
       "say "
       "as of when it holds."},
      {"location-without-source",
       "A place where it is based or at work stands in none of the quotes. Check where it is."},
      {"modality-differs",
       "The quotes say that something is planned, possible or reported, and the new text does not, or the "
       "other way round."},
      {"name-not-in-quote",
       "A name in the new text stands in none of the quotes. Check who or what is meant."},
      {"negation-differs",
       "Only one of the new text and its quotes says \"not\". Check that the meaning was not turned round."},
      {"number-not-in-quote", "A number in the new text stands in none of the quotes. Check the figure."},
      {"old-source", "The source was published more than two years ago. Check that it still holds."},
      {"promotional",
       "The new text asks its reader to come, apply, subscribe or buy. Reject it, unless there is news in it."},
      {"quotation-not-in-quote",
       "Words in quotation marks stand in none of the quotes. Quote them as the source has them, or take the "
       "marks off."},
      {"quote-out-of-context",
       "The sentence around a quote denies it, makes it conditional or says whose word it is, and the new "
       "text does not. Read the whole sentence."},
      {"removes-sourced-text",
       "Links, figures, dates or quoted statements of the old text are gone from the new one. Check that "
       "nothing sourced is lost."},
      {"same-story", "Several of the sources tell one story almost word for word. They count as one."},
      {"single-source",
       "A rank, a measured figure or a verdict in the entry's own words rests on one source. Look for a "
       "second one, or say whose word it is."},
      {"superlative-differs",
       "The new text says \"first\", \"largest\" or the like, and the quotes do not, or only \"one of "
       "the\"."},
      {"undated-source", "Nothing says when the source was published. Check how old it is."},
      {"unit-not-in-quote", "A number stands in the quotes with another unit. Check the unit."},
      {"unknown-address",
       "A link led to none of the sources that were read, and was taken out. Check whether the text still "
       "says what it should."},
      {"unnamed-source",
       "The source has it from somebody whom it does not name, or calls it a rumour. Look for who says so, "
       "or leave it out."},
      {"unnamed-subject",
       "The new text begins with \"the\" or \"this\", and neither it nor the entry says which one is meant. Name it."},
      {"words-not-in-quote",
       "Most words of a sentence stand in none of the quotes, or one of them is the opposite of theirs. Check that the "
       "source says it at all."},
  });
  return kinds;
}

}  // namespace stubkeeper::llm
