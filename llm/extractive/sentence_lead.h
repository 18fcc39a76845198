#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::llm {

// The dateline, label or date that a sentence begins with, and the sentence without it.
//
// "BERLIN, May 3 -- ", "ZURICH (Reuters) - ", "Update, 5 December 2026: ", "[Update] ", "9 December 2026 | ".
// The views point into the sentence; `words` is without the marks and spaces at its end.
struct SentenceLead {
  std::string_view words;  // "" where there is none
  std::string_view rest;   // the sentence proper
  std::string date;        // "2026-12-05", "--05-03" of a day without a year, or ""
};

// `labels`: the words of labels, in lower case (entries::DraftingRules::sentence_labels). A place, a date and a
// wire's name are known by their form. Where no word follows, there is no lead.
SentenceLead split_sentence_lead(std::string_view sentence, const std::vector<std::string>& labels);

// A lead with its year: a day without one is the last such day up to `written`. A day after that is no lead, the
// sentence needs it.
SentenceLead resolve_lead_date(SentenceLead lead, std::string_view sentence, std::string_view written);

}  // namespace stubkeeper::llm
