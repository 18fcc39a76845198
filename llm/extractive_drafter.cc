#include "llm/extractive_drafter.h"

#include <algorithm>

#include "entries/safe_text.h"
#include "llm/extractive/candidates.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

// So much is read at one sitting. A source that says more is quoted again when it changes, and stands in
// Sources.
constexpr int most_changes = 4;
constexpr int most_facts_of_stub = 5;
constexpr int most_developments_of_stub = 5;
// Two sentences that share this part of their words say the same.
constexpr double same_saying = 0.5;

std::string joined(const std::vector<std::string>& reasons) {
  std::string text;
  for (const std::string& reason : reasons) text += (text.empty() ? "" : "; ") + reason;
  return text;
}

class Drafting {
 public:
  explicit Drafting(const Task& task) : task_(task), candidates_(find_candidates(task)) {}

  Draft draft() {
    if (task_.is_stub) {
      draft_stub();
    } else {
      draft_news();
    }
    return std::move(draft_);
  }

 private:
  void draft_stub() {
    write_summary();
    int facts = 0;
    int developments = 0;
    for (const Candidate& candidate : candidates_) {
      if (said_before(candidate)) continue;
      if (is_development(candidate)) {
        if (developments++ < most_developments_of_stub) add_development(candidate);
      } else if (facts++ < most_facts_of_stub) {
        add_fact(candidate);
      }
    }
  }

  void draft_news() {
    for (const Candidate& candidate : candidates_) {
      if (static_cast<int>(draft_.changes.size()) == most_changes) return;
      if (said_before(candidate)) continue;
      if (is_development(candidate)) {
        add_development(candidate);
      } else {
        add_fact(candidate);
      }
    }
  }

  // How well a sentence says what the subject is; 0 for one that does not name it.
  static int fitness_for_summary(const Candidate& candidate) {
    if (!candidate.names_subject) return 0;
    return 1 + (candidate.of_own_source ? 4 : 0) + (candidate.begins_with_subject ? 3 : 0) +
           (candidate.defines_subject ? 3 : 0) - (candidate.says_when ? 2 : 0) -
           (candidate.has_event ? 1 : 0);
  }

  // The sentence that says best what the subject is, of equal ones the first in its document; where none
  // names it, the stub begins with facts.
  void write_summary() {
    const auto before = [&](const Candidate& a, const Candidate& b) {
      const int fit_a = fitness_for_summary(a);
      const int fit_b = fitness_for_summary(b);
      return fit_a != fit_b ? fit_a < fit_b : a.passage > b.passage;
    };
    const auto best = std::max_element(candidates_.begin(), candidates_.end(), before);
    if (best == candidates_.end() || fitness_for_summary(*best) <= 0) return;
    entries::Edit edit;
    edit.kind = entries::EditKind::add_to_part;
    edit.part = "Summary";
    edit.text = quoted(*best);
    add("write summary", *best, std::move(edit));
  }

  // Something that happened at a known time: on a day or in a month that the sentence names, or, where it
  // tells an event and names no other year, about when the document was published.
  static bool is_development(const Candidate& candidate) {
    if (candidate.says_when) return true;
    return candidate.has_event && candidate.date.size() >= 7 && !candidate.says_another_year &&
           !candidate.says_what_is_to_come;
  }

  void add_development(const Candidate& candidate) {
    entries::Edit edit;
    edit.kind = entries::EditKind::prepend_development;
    edit.part = "Notable Developments";
    edit.date = candidate.date.substr(0, 7);
    edit.text = quoted(candidate);
    add("add development", candidate, std::move(edit));
  }

  void add_fact(const Candidate& candidate) {
    entries::Edit edit;
    edit.kind = entries::EditKind::add_list_item;
    edit.part = "Key Facts";
    edit.text = quoted(candidate);
    add("add fact", candidate, std::move(edit));
  }

  // The sentence in quotation marks, and who says it.
  std::string quoted(const Candidate& candidate) const {
    const TaskPassage& passage = task_.passages[candidate.passage];
    return "\xE2\x80\x9C" + entries::plain_text_as_markdown(candidate.sentence) +
           "\xE2\x80\x9D \xE2\x80\x94 " +
           entries::markdown_link(passage.source_title, passage.source_address);
  }

  bool said_before(const Candidate& candidate) const {
    return std::any_of(said_.begin(), said_.end(),
                       [&](const auto& words) { return likeness_of(words, candidate.words) >= same_saying; });
  }

  void add(const char* kind, const Candidate& candidate, entries::Edit edit) {
    DraftedChange change;
    change.kind = kind;
    change.edit = std::move(edit);
    change.quotes.push_back({task_.passages[candidate.passage].id, std::string{candidate.sentence}, false});
    change.reason = joined(candidate.reasons);
    said_.push_back(candidate.words);
    draft_.changes.push_back(std::move(change));
  }

  const Task& task_;
  std::vector<Candidate> candidates_;
  std::vector<std::set<std::string>> said_;
  Draft draft_;
};

}  // namespace

Result<Draft> ExtractiveDrafter::draft(const Task& task) {
  return Drafting{task}.draft();
}

}  // namespace stubkeeper::llm
