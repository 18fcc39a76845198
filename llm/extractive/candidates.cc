#include "llm/extractive/candidates.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text/ascii.h"
#include "llm/extractive/sentences.h"
#include "llm/extractive/told_figures.h"
#include "llm/normalized_text.h"
#include "llm/verification/dates.h"
#include "llm/verification/figures.h"
#include "llm/verification/instructions.h"
#include "llm/verification/names.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

constexpr double too_like_a_rejection = 0.7;
constexpr int least_score = 3;

std::string spaced(const std::vector<std::string>& words) {
  std::string text = " ";
  for (const std::string& word : words) text += word + " ";
  return text;
}

bool is_legal_form(const std::string& word) {
  static constexpr std::array forms = std::to_array<std::string_view>(
      {"inc", "corp", "corporation", "ltd", "limited", "llc", "gmbh", "ag", "sa", "plc", "co", "company",
       "holdings", "group", "bv", "ab", "oy", "kk"});
  return std::find(forms.begin(), forms.end(), word) != forms.end();
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
  return !words.empty() && std::find(references.begin(), references.end(), words.front()) != references.end();
}

// What the entry says already, for novelty: the words, figures and normalized text of its blocks.
class Known {
 public:
  explicit Known(const Task& task) : text_(NormalizedText{readable(task)}.text()), words_(word_set(text_)) {
    for (const Figure& figure : figures_in(text_)) figures_.insert(figure.number);
  }

  bool says(std::string_view sentence) const {
    return text_.find(NormalizedText{sentence}.text()) != std::string::npos;
  }

  // Figures, names and dates of the sentence that the entry does not have, in words.
  std::vector<std::string> new_in(std::string_view sentence) const {
    std::vector<std::string> found;
    std::vector<std::string> dates;
    for (const ToldFigure& told : told_figures(sentence)) {
      if (!figures_.contains(told.figure.number)) (told.is_date ? dates : found).push_back(told.words);
    }
    for (const std::string& name : names_in(sentence)) {
      const auto folded = words_of(name);
      if (!folded.empty() && !words_.contains(folded.front())) found.push_back(name);
    }
    found.insert(found.end(), dates.begin(), dates.end());
    return found;
  }

 private:
  static std::string readable(const Task& task) {
    // Quotes stand in entries with Markdown escapes; a backslash must not hide that they are there.
    std::string text = task.entry.document.print();
    std::erase(text, '\\');
    return text;
  }
  std::string text_;
  std::set<std::string> words_;
  std::set<std::string> figures_;
};

class Finder {
 public:
  explicit Finder(const Task& task) : task_(task), known_(task), names_(names_of_subject(task.entry_title)) {
    for (const Rejection& rejection : task.rejections) rejected_.push_back(word_set(rejection.text));
    for (const TaskSnapshot& snapshot : task.snapshots) {
      about_subject_[snapshot.id] = names_subject(snapshot.text) || names_subject(snapshot.title);
    }
  }

  std::vector<Candidate> find() {
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < task_.passages.size(); ++i) {
      const TaskPassage& passage = task_.passages[i];
      if (reads_like_an_instruction(passage.text)) continue;
      for (const std::string_view sentence : sentences_of(passage.text)) {
        Candidate candidate;
        candidate.passage = i;
        candidate.sentence = sentence;
        if (consider(passage, candidate)) candidates.push_back(std::move(candidate));
      }
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    return candidates;
  }

 private:
  bool names_subject(std::string_view text) const {
    const std::string words = spaced(words_of(text));
    return std::any_of(names_.begin(), names_.end(), [&](const std::string& name) {
      return words.find(" " + name + " ") != std::string::npos;
    });
  }

  // "X is a ...", "X, a ..., is".
  bool defines_subject(std::string_view sentence) const {
    const std::string words = spaced(words_of(sentence));
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
    const std::string words = spaced(words_of(sentence));
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

  bool is_news(const TaskPassage& passage, const std::string& date) const {
    if (task_.is_stub || !passage.first_sight) return true;
    return !date.empty() && !task_.last_reviewed.empty() && date > task_.last_reviewed.substr(0, date.size());
  }

  bool consider(const TaskPassage& passage, Candidate& candidate) {
    const std::string_view sentence = candidate.sentence;
    if (!stands_alone(sentence)) return false;
    candidate.names_subject = names_subject(sentence);
    const auto about = about_subject_.find(passage.snapshot_id);
    const bool document_is_about = about != about_subject_.end() && about->second;
    // A passage that came here because it names the entry has to do so in the very sentence; one of the
    // entry's own sources need not, where the document is about it.
    if (!candidate.names_subject && (passage.names_subject || (!document_is_about && !task_.is_stub)))
      return false;
    if (known_.says(sentence)) return false;

    const auto words = words_of(sentence);
    candidate.words = {words.begin(), words.end()};
    if (std::any_of(rejected_.begin(), rejected_.end(),
                    [&](const auto& rejected) { return contains_most(rejected, candidate.words); })) {
      return false;
    }
    const auto dates = dates_in(sentence);
    const std::string published =
        passage.published.substr(0, std::min<std::size_t>(passage.published.size(), 10));
    place_in_time(passage, candidate, dates, published);
    if (!is_news(passage, dates.empty() ? published : candidate.date)) return false;
    const auto fresh = known_.new_in(sentence);
    if (fresh.empty() && !task_.is_stub) return false;
    score(passage, candidate, words, dates, fresh);
    return candidate.score >= least_score;
  }

  // When the sentence was written at the latest: what is new on a page that was read before was written by
  // now.
  std::string written_by(const TaskPassage& passage) const {
    if (!passage.first_sight || (passage.published.empty() && passage.modified.empty())) return task_.today;
    const std::string& written = std::max(passage.published, passage.modified);
    return written.substr(0, std::min<std::size_t>(written.size(), 10));
  }

  // A date that was still to come when the sentence was written ("deliveries begin in July") is a plan, not
  // the time of an event.
  void place_in_time(const TaskPassage& passage, Candidate& candidate, const std::vector<std::string>& dates,
                     const std::string& published) const {
    const std::string written = written_by(passage);
    candidate.date = dates.empty() ? published : dates.front();
    for (const std::string& year : years_in(candidate.sentence)) {
      if (year != published.substr(0, 4)) candidate.says_another_year = true;
    }
    for (const std::string& date : dates) {
      const std::size_t common = std::min(date.size(), written.size());
      const bool past = date.substr(0, common) <= written.substr(0, common);
      if (date.size() >= 7 && !past) candidate.says_what_is_to_come = true;
      if (date.size() >= 7 && past && !candidate.says_when) {
        candidate.says_when = true;
        candidate.date = date;
      }
    }
    if (!candidate.says_when && candidate.date > task_.today) candidate.date = published;
  }

  // Whether the sentence stands in a rejected text, give or take its attribution.
  static bool contains_most(const std::set<std::string>& rejected, const std::set<std::string>& words) {
    std::size_t common = 0;
    for (const std::string& word : words) common += rejected.contains(word) ? 1 : 0;
    return static_cast<double>(common) >= too_like_a_rejection * static_cast<double>(words.size());
  }

  void score(const TaskPassage& passage, Candidate& candidate, const std::vector<std::string>& words,
             const std::vector<std::string>& dates, const std::vector<std::string>& fresh) {
    const auto count = [&](int points, const std::string& reason) {
      candidate.score += points;
      if (!reason.empty()) candidate.reasons.push_back(reason);
    };
    if (!task_.is_stub && !passage.first_sight) count(1, "new in this source since the last visit");
    if (candidate.names_subject) count(3, "names " + task_.entry_title);
    candidate.of_own_source = !passage.names_subject;
    candidate.begins_with_subject = begins_with_subject(candidate.sentence);
    if (!candidate.of_own_source && !candidate.begins_with_subject) count(-2, "");
    candidate.defines_subject = defines_subject(candidate.sentence);
    if (candidate.defines_subject) count(1, "says what it is");
    const auto figures = told_figures(candidate.sentence);
    const bool of_something = std::any_of(figures.begin(), figures.end(), is_of_something);
    if (!figures.empty()) count(of_something ? 2 : 1, reason_of_figures(figures));
    if (!dates.empty()) count(1, "says when (" + dates.front() + ")");
    candidate.has_event = has_event_verb(candidate.words);
    if (candidate.has_event) count(2, "tells an event");
    if (!fresh.empty()) count(1, "new here: " + fresh.front());
    if (begins_with_reference(words)) count(-3, "");
    if (candidate.words.contains("we") || candidate.words.contains("our")) count(-2, "");
    if (!phrases_in(spaced_words(candidate.sentence), task_.entry.conventions->style.hype).empty())
      count(-2, "");
    if (candidate.sentence.size() > 300) count(-1, "");
  }

  const Task& task_;
  Known known_;
  std::vector<std::string> names_;
  std::vector<std::set<std::string>> rejected_;
  std::map<std::int64_t, bool> about_subject_;
};

}  // namespace

std::vector<std::string> names_of_subject(const std::string& title) {
  std::vector<std::string> names;
  const auto add = [&](const std::vector<std::string>& words) {
    std::string name;
    for (const std::string& word : words) name += (name.empty() ? "" : " ") + word;
    if (name.size() >= 2 && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  const std::size_t open = title.find(" (");
  std::vector<std::string> words = words_of(title.substr(0, open));
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

std::vector<Candidate> find_candidates(const Task& task) {
  return Finder{task}.find();
}

}  // namespace stubkeeper::llm
