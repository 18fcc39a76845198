#include "llm/extractive_drafter.h"

#include <algorithm>
#include <map>

#include "base/text/strings.h"
#include "entries/markdown_escape.h"
#include "llm/extractive/candidate_sentences.h"
#include "llm/extractive/sentences.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

// A reviewer reads so much news of an entry at a time; the passages with more are kept.
constexpr int max_changes = 4;
constexpr int max_stub_facts = 5;
constexpr int max_stub_developments = 5;
// Two sentences that share this part of their words say the same.
constexpr double duplicate_similarity_threshold = 0.5;

class DraftBuilder {
 public:
  explicit DraftBuilder(const Task& task) : task_(task), candidates_(find_candidate_sentences(task)) {}

  Draft draft() {
    for (const TaskPassage& passage : task_.passages)
      if (!is_readable_passage(passage.text)) draft_.unread_passages.push_back(passage.id);
    if (task_.is_stub) {
      draft_stub();
    } else {
      draft_updates();
    }
    return std::move(draft_);
  }

 private:
  void draft_stub() {
    write_summary();
    int facts = 0;
    int developments = 0;
    for (const CandidateSentence& candidate : candidates_) {
      if (is_repeated(candidate)) continue;
      if (is_development(candidate)) {
        if (developments++ < max_stub_developments) add_development(candidate);
      } else if (facts++ < max_stub_facts) {
        add_fact(candidate);
      }
    }
  }

  void draft_updates() {
    for (const CandidateSentence& candidate : candidates_) {
      const TaskPassage& passage = task_.passages[candidate.passage];
      if (is_repeated(candidate)) continue;
      if (!is_proposed_now(passage)) {
        draft_.kept_passages.push_back(passage.id);
        continue;
      }
      if (is_development(candidate)) {
        add_development(candidate);
      } else {
        add_fact(candidate);
      }
    }
  }

  // Counts the change where it is.
  bool is_proposed_now(const TaskPassage& passage) {
    if (!passage.is_first_look) return news_++ < max_changes;
    const auto room = task_.max_first_look_changes.find(passage.source_id);
    return room == task_.max_first_look_changes.end() ||
           first_look_changes_[passage.source_id]++ < room->second;
  }

  // How well a sentence says what the subject is; 0 for one that does not name it.
  static int summary_score(const CandidateSentence& candidate) {
    if (!candidate.names_subject) return 0;
    return 1 + (candidate.is_from_cited_source ? 4 : 0) + (candidate.begins_with_subject ? 3 : 0) +
           (candidate.defines_subject ? 3 : 0) - (candidate.has_own_date ? 2 : 0) -
           (candidate.has_event ? 1 : 0);
  }

  // The sentence that says best what the subject is, of equal ones the first in its document; where
  // none names it, the stub begins with facts.
  void write_summary() {
    const auto before = [&](const CandidateSentence& a, const CandidateSentence& b) {
      const int score_a = summary_score(a);
      const int score_b = summary_score(b);
      return score_a != score_b ? score_a < score_b : a.passage > b.passage;
    };
    const auto best = std::max_element(candidates_.begin(), candidates_.end(), before);
    if (best == candidates_.end() || summary_score(*best) <= 0) return;
    entries::Edit edit;
    edit.kind = entries::EditKind::add_to_part;
    edit.part = "Summary";
    edit.text = format_quote(*best);
    add("write summary", *best, std::move(edit));
  }

  // Something that happened at a known time: on a day or in a month that the sentence names, or,
  // where it reports an event and names no other year, about when the document was published.
  static bool is_development(const CandidateSentence& candidate) {
    if (candidate.has_own_date || candidate.has_relative_time) return true;
    return candidate.has_event && candidate.date.size() >= 7 && !candidate.mentions_other_year &&
           !candidate.mentions_future_date;
  }

  void add_development(const CandidateSentence& candidate) {
    entries::Edit edit;
    edit.kind = entries::EditKind::prepend_development;
    edit.part = "Notable Developments";
    // A month is enough, unless the day stood before the sentence or is what "today" means.
    const bool needs_day = !candidate.lead.empty() || candidate.has_relative_time;
    edit.date = needs_day ? candidate.date : candidate.date.substr(0, 7);
    edit.text = format_quote(candidate);
    add("add development", candidate, std::move(edit));
  }

  void add_fact(const CandidateSentence& candidate) {
    entries::Edit edit;
    edit.kind = entries::EditKind::add_list_item;
    edit.part = "Key Facts";
    edit.text = format_quote(candidate);
    add("add fact", candidate, std::move(edit));
  }

  static std::string in_quotation_marks(std::string_view words) {
    return "\xE2\x80\x9C" + entries::escape_markdown(words) + "\xE2\x80\x9D";
  }

  // The sentence in quotation marks, after the one that says what it is about, and who says it.
  std::string format_quote(const CandidateSentence& candidate) const {
    const TaskPassage& passage = task_.passages[candidate.passage];
    std::string text;
    if (!candidate.antecedent.empty())
      text = in_quotation_marks(candidate.antecedent) + (candidate.is_antecedent_heading ? ": " : " ");
    return text + in_quotation_marks(candidate.sentence) + " \xE2\x80\x94 " +
           entries::make_markdown_link(passage.source_title, passage.source_address);
  }

  bool is_repeated(const CandidateSentence& candidate) const {
    return std::any_of(drafted_words_.begin(), drafted_words_.end(), [&](const auto& words) {
      return jaccard_similarity(words, candidate.words) >= duplicate_similarity_threshold;
    });
  }

  void add(const char* kind, const CandidateSentence& candidate, entries::Edit edit) {
    DraftedChange change;
    change.kind = kind;
    change.edit = std::move(edit);
    for (const std::string_view words : {candidate.sentence, candidate.antecedent, candidate.lead}) {
      if (!words.empty())
        change.quotes.push_back({task_.passages[candidate.passage].id, std::string{words}, false});
    }
    change.reason = join(candidate.reasons, "; ");
    drafted_words_.push_back(candidate.words);
    draft_.changes.push_back(std::move(change));
  }

  const Task& task_;
  std::vector<CandidateSentence> candidates_;
  std::vector<std::set<std::string>> drafted_words_;
  int news_ = 0;
  std::map<std::int64_t, std::size_t> first_look_changes_;  // by source
  Draft draft_;
};

}  // namespace

Result<Draft> ExtractiveDrafter::draft(const Task& task) {
  return DraftBuilder{task}.draft();
}

}  // namespace stubkeeper::llm
