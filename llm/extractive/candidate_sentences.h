#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "llm/drafter.h"

namespace stubkeeper::llm {

// A sentence that may be quoted, and the reasons for it.
struct CandidateSentence {
  std::size_t passage = 0;    // index in the task
  std::string_view sentence;  // without the dateline or label that it begins with
  std::string_view lead;      // a dateline or label with the day; "" where there is none
  std::string_view
      antecedent;  // the sentence before, or the heading above, that says what it is about; or ""
  bool is_antecedent_heading = false;
  bool has_relative_time = false;  // "today": it is only true beside its day
  int score = 0;
  bool names_subject = false;
  bool begins_with_subject = false;
  bool defines_subject = false;
  bool is_from_cited_source = false;  // the entry cites the source, rather than being named in it
  bool has_event = false;
  bool mentions_other_year = false;   // than the document's: it is no news of the document's day
  bool mentions_future_date = false;  // names a time after it was written
  bool has_own_date = false;          // the date is the sentence's own, to the month or day
  // Of the event: from the sentence, else the document's, at most to the day; "" unknown.
  std::string date;
  std::vector<std::string> reasons;  // in words, for the reviewer
  std::set<std::string> words;
};

// Names of an entry in texts: its title without a parenthesis or a legal form, and an abbreviation
// in the parenthesis. Lower case.
std::vector<std::string> subject_names(const std::string& title);

// The sentences of a task that say something new about its subject, the best first; equal ones in
// the order of the task. The views point into the task.
std::vector<CandidateSentence> find_candidate_sentences(const Task& task);

}  // namespace stubkeeper::llm
