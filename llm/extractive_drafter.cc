#include "llm/extractive_drafter.h"

#include <algorithm>

#include "entries/safe_text.h"
#include "llm/extractive/candidates.h"
#include "llm/verification/claim_words.h"

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

  // The sentence that says what the subject is; else the best one that names it; else none, and the stub
  // begins with facts.
  void write_summary() {
    auto best = std::find_if(candidates_.begin(), candidates_.end(),
                             [](const Candidate& candidate) { return candidate.defines_subject; });
    if (best == candidates_.end()) {
      best = std::find_if(candidates_.begin(), candidates_.end(),
                          [](const Candidate& candidate) { return candidate.names_subject; });
    }
    if (best == candidates_.end()) return;
    entries::Edit edit;
    edit.kind = entries::EditKind::add_to_part;
    edit.part = "Summary";
    edit.text = quoted(*best);
    add("write summary", *best, std::move(edit));
  }

  static bool is_development(const Candidate& candidate) {
    return candidate.has_event && candidate.date.size() >= 7;
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
