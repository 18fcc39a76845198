#include "llm/extractive/candidate_sentences.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "llm/extractive/display_figures.h"
#include "llm/extractive/known_content.h"
#include "llm/extractive/sentence_lead.h"
#include "llm/extractive/sentences.h"
#include "llm/verification/instructions.h"
#include "llm/verification/sentence_subject.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

constexpr double rejection_similarity_threshold = 0.7;
constexpr int min_score = 3;

std::string join_padded(const std::vector<std::string>& words) {
  return " " + join(words, " ") + " ";
}

bool is_legal_form(const std::string& word) {
  static constexpr std::array forms = std::to_array<std::string_view>(
      {"inc", "corp", "corporation", "ltd", "limited", "llc", "gmbh", "ag", "sa", "plc", "co", "company",
       "holdings", "group", "bv", "ab", "oy", "kk"});
  return contains(forms, word);
}

bool has_event_verb(const std::set<std::string>& words) {
  static constexpr std::array verbs = std::to_array<std::string_view>(
      {"raised",    "raises",   "launched", "launches",     "announced",    "announces",    "acquired",
       "acquires",  "opened",   "opens",    "signed",       "signs",        "delivered",    "delivers",
       "appointed", "appoints", "unveiled", "unveils",      "released",     "releases",     "completed",
       "completes", "began",    "begins",   "started",      "won",          "wins",         "awarded",
       "awards",    "closed",   "closes",   "demonstrated", "demonstrates", "received",     "receives",
       "approved",  "filed",    "joined",   "joins",        "partnered",    "partners",     "invested",
       "invests",   "secured",  "secures",  "shipped",      "ships",        "commissioned", "cancelled",
       "canceled",  "merged",   "founded",  "broke",        "expanded",     "expands",      "published",
       "selected",  "selects",  "withdrew", "resigned",     "paused"});
  return std::any_of(verbs.begin(), verbs.end(),
                     [&](std::string_view verb) { return words.contains(std::string{verb}); });
}

bool begins_with_reference(const std::vector<std::string>& words) {
  static constexpr std::array references = std::to_array<std::string_view>(
      {"this",    "that",      "these",     "those",   "it",   "its",          "they",        "their",
       "he",      "she",       "his",       "her",     "such", "however",      "but",         "and",
       "also",    "there",     "meanwhile", "then",    "thus", "additionally", "furthermore", "moreover",
       "instead", "similarly", "both",      "another", "as",   "so",           "yet"});
  return !words.empty() && contains(references, words.front());
}

class CandidateFinder {
 public:
  explicit CandidateFinder(const Task& task)
      : task_(task), known_(task), names_(subject_names(task.entry_title)) {
    for (const Rejection& rejection : task.rejections)
      rejected_.push_back(lowercase_word_set(rejection.text));
    for (const TaskSnapshot& snapshot : task.snapshots) {
      snapshots_[snapshot.id] = &snapshot;
      about_subject_[snapshot.id] = names_subject(snapshot.text) || names_subject(snapshot.title);
    }
  }

  std::vector<CandidateSentence> find() {
    std::vector<CandidateSentence> candidates;
    for (std::size_t i = 0; i < task_.passages.size(); ++i) {
      const TaskPassage& passage = task_.passages[i];
      if (looks_like_instruction(passage.text)) continue;
      std::string_view previous;
      for (const std::string_view sentence : split_passage_sentences(passage.text)) {
        CandidateSentence candidate;
        candidate.passage = i;
        const SentenceLead lead = resolve_lead_date(split_sentence_lead(sentence, rules().sentence_labels),
                                                    sentence, latest_writing_date(passage));
        candidate.sentence = lead.rest;
        if (evaluate(passage, lead, candidate)) {
          find_antecedent(passage, previous, candidate);
          candidates.push_back(std::move(candidate));
        }
        previous = lead.rest;
      }
    }
    std::stable_sort(
        candidates.begin(), candidates.end(),
        [](const CandidateSentence& a, const CandidateSentence& b) { return a.score > b.score; });
    return candidates;
  }

 private:
  bool names_subject(std::string_view text) const {
    const std::string words = join_padded(lowercase_words(text));
    return std::any_of(names_.begin(), names_.end(), [&](const std::string& name) {
      return words.find(" " + name + " ") != std::string::npos;
    });
  }

  // "X is a ...", "X, a ..., is".
  bool defines_subject(std::string_view sentence) const {
    const std::string words = join_padded(lowercase_words(sentence));
    for (const std::string& name : names_) {
      for (const char* verb : {" is a ", " is an ", " is the ", " is one ", " are a ", " designs ",
                               " develops ", " makes ", " builds ", " provides "}) {
        const std::size_t at = words.find(" " + name + verb);
        if (at != std::string::npos && at < 30) return true;
      }
    }
    return false;
  }

  // "X ...", "The X ...": what the sentence is about, unless it goes on "X and Y".
  bool begins_with_subject(std::string_view sentence) const {
    const std::string words = join_padded(lowercase_words(sentence));
    return std::any_of(names_.begin(), names_.end(), [&](const std::string& name) {
      for (const char* article : {" ", " the "}) {
        const std::string start = article + name + " ";
        if (words.starts_with(start)) {
          const std::string next = words.substr(start.size(), 4);
          return !next.starts_with("and ") && !next.starts_with("or ");
        }
      }
      return false;
    });
  }

  SentenceForm form_of(std::string_view sentence) const {
    const auto figures = find_display_figures(sentence);
    const bool has_figure =
        std::ranges::any_of(figures, [](const DisplayFigure& figure) { return !figure.is_date; });
    return has_figure && begins_with_subject(sentence) ? SentenceForm::figure_of_subject : SentenceForm::any;
  }

  const entries::DraftingRules& rules() const { return task_.entry.conventions->style.drafting; }

  // For a sentence that does not say what it is about.
  void find_antecedent(const TaskPassage& passage, std::string_view previous,
                       CandidateSentence& candidate) const {
    constexpr std::size_t max_bytes = 300;
    const auto subject = find_unnamed_subject(candidate.sentence, task_);
    if (subject.empty() || shares_subject_word(passage.source_title, subject)) return;
    const auto is_clear = [&](std::string_view text) {
      return !text.empty() && text.size() <= max_bytes && find_unnamed_subject(text, task_).empty() &&
             names_one_of(text, subject, task_);
    };
    if (is_clear(previous)) {
      candidate.antecedent = previous;
      return;
    }
    const auto snapshot = snapshots_.find(passage.snapshot_id);
    if (snapshot == snapshots_.end()) return;
    const std::string_view heading = find_heading_above(snapshot->second->text, passage.begin_byte);
    if (!is_clear(heading)) return;
    candidate.antecedent = heading;
    candidate.is_antecedent_heading = true;
  }

  bool evaluate(const TaskPassage& passage, const SentenceLead& lead, CandidateSentence& candidate) {
    const std::string_view sentence = candidate.sentence;
    if (!is_quotable(sentence, form_of(sentence))) return false;
    candidate.names_subject = names_subject(sentence);
    const auto about = about_subject_.find(passage.snapshot_id);
    const bool is_document_about_subject = about != about_subject_.end() && about->second;
    // A passage that came here because it names the entry has to do so in the very sentence; one of
    // the entry's own sources need not, where the document is about it.
    if (!candidate.names_subject && (passage.names_subject || (!is_document_about_subject && !task_.is_stub)))
      return false;
    if (known_.contains_sentence(sentence)) return false;

    const auto words = lowercase_words(sentence);
    candidate.words = {words.begin(), words.end()};
    if (std::any_of(rejected_.begin(), rejected_.end(),
                    [&](const auto& rejected) { return is_mostly_contained(rejected, candidate.words); })) {
      return false;
    }
    const auto dates = find_calendar_dates(sentence);
    if (!lead.date.empty()) candidate.lead = lead.words;
    const std::string published =
        !lead.date.empty() ? lead.date
                           : passage.published.substr(0, std::min(passage.published.size(), iso_day_bytes));
    assign_date(passage, candidate, dates, published);
    if (!lead.date.empty() && !candidate.mentions_other_year) candidate.has_own_date = true;
    candidate.has_relative_time =
        dates.empty() && !find_phrases(padded_words(sentence), rules().relative_time_phrases).empty();
    if (candidate.has_relative_time && published.size() < iso_day_bytes) return false;
    const auto fresh = known_.find_new(sentence);
    if (fresh.empty() && !task_.is_stub) return false;
    score(passage, candidate, words, dates, fresh);
    return candidate.score >= min_score;
  }

  // When the sentence was written at the latest: what is new on a page that was read before was
  // written by now.
  std::string latest_writing_date(const TaskPassage& passage) const {
    if (!passage.is_first_look || (passage.published.empty() && passage.modified.empty())) return task_.today;
    const std::string& written = std::max(passage.published, passage.modified);
    return written.substr(0, std::min<std::size_t>(written.size(), 10));
  }

  // A date that was still to come when the sentence was written ("deliveries begin in July") is a
  // plan, not the time of an event.
  void assign_date(const TaskPassage& passage, CandidateSentence& candidate,
                   const std::vector<std::string>& dates, const std::string& published) const {
    const std::string written = latest_writing_date(passage);
    candidate.date = dates.empty() ? published : dates.front();
    for (const std::string& year : find_years(candidate.sentence)) {
      if (year != published.substr(0, 4)) candidate.mentions_other_year = true;
    }
    for (const std::string& date : dates) {
      const std::size_t common = std::min(date.size(), written.size());
      const bool past = date.substr(0, common) <= written.substr(0, common);
      if (date.size() >= 7 && !past) candidate.mentions_future_date = true;
      if (date.size() >= 7 && past && !candidate.has_own_date) {
        candidate.has_own_date = true;
        candidate.date = date;
      }
    }
    if (!candidate.has_own_date && candidate.date > task_.today) candidate.date = published;
  }

  // Whether most of the sentence is in a rejected text, which has an attribution as well.
  static bool is_mostly_contained(const std::set<std::string>& rejected, const std::set<std::string>& words) {
    std::size_t common = 0;
    for (const std::string& word : words) common += rejected.contains(word) ? 1 : 0;
    return static_cast<double>(common) >= rejection_similarity_threshold * static_cast<double>(words.size());
  }

  void score(const TaskPassage& passage, CandidateSentence& candidate, const std::vector<std::string>& words,
             const std::vector<std::string>& dates, const std::vector<std::string>& fresh) {
    const auto count = [&](int points, const std::string& reason) {
      candidate.score += points;
      if (!reason.empty()) candidate.reasons.push_back(reason);
    };
    if (!task_.is_stub && !passage.is_first_look) count(1, "new in this source since the last visit");
    if (candidate.names_subject) count(3, "names " + task_.entry_title);
    candidate.is_from_cited_source = !passage.names_subject;
    candidate.begins_with_subject = begins_with_subject(candidate.sentence);
    if (!candidate.is_from_cited_source && !candidate.begins_with_subject) count(-2, "");
    candidate.defines_subject = defines_subject(candidate.sentence);
    if (candidate.defines_subject) count(1, "says what it is");
    const auto figures = find_display_figures(candidate.sentence);
    const bool any_has_unit = std::any_of(figures.begin(), figures.end(), has_unit);
    if (!figures.empty()) count(any_has_unit ? 2 : 1, describe_figures(figures));
    if (!dates.empty()) count(1, "says when (" + dates.front() + ")");
    candidate.has_event = has_event_verb(candidate.words);
    if (candidate.has_event) count(2, "tells an event");
    if (!fresh.empty()) count(1, "new here: " + fresh.front());
    if (begins_with_reference(words)) count(-3, "");
    if (candidate.words.contains("we") || candidate.words.contains("our")) count(-2, "");
    if (!find_phrases(padded_words(candidate.sentence), task_.entry.conventions->style.hype).empty())
      count(-2, "");
    if (!find_phrases(padded_words(candidate.sentence), rules().promotional_phrases).empty()) count(-4, "");
    if (candidate.sentence.size() > 300) count(-1, "");
  }

  const Task& task_;
  KnownContent known_;
  std::vector<std::string> names_;
  std::vector<std::set<std::string>> rejected_;
  std::map<std::int64_t, const TaskSnapshot*> snapshots_;
  std::map<std::int64_t, bool> about_subject_;
};

}  // namespace

std::vector<std::string> subject_names(const std::string& title) {
  std::vector<std::string> names;
  const auto add = [&](const std::vector<std::string>& words) {
    const std::string name = join(words, " ");
    if (name.size() >= 2) add_once(names, name);
  };
  const std::size_t open = title.find(" (");
  std::vector<std::string> words = lowercase_words(title.substr(0, open));
  add(words);
  while (words.size() > 1 && is_legal_form(words.back())) words.pop_back();
  add(words);
  if (open != std::string::npos && title.ends_with(')')) {
    const std::string inside = title.substr(open + 2, title.size() - open - 3);
    const bool abbreviation = inside.size() >= 2 && inside.size() <= 10 && ascii_lower(inside) != inside &&
                              inside.find(' ') == std::string::npos;
    if (abbreviation) add({ascii_lower(inside)});
  }
  return names;
}

std::vector<CandidateSentence> find_candidate_sentences(const Task& task) {
  return CandidateFinder{task}.find();
}

}  // namespace stubkeeper::llm
