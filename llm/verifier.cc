#include "llm/verifier.h"

#include <algorithm>
#include <map>
#include <memory>

#include "entries/edits/source_addresses.h"
#include "entries/markdown_escape.h"
#include "llm/normalized_text.h"
#include "llm/verification/approximate_match.h"
#include "llm/verification/claim.h"
#include "llm/verification/instructions.h"
#include "llm/verification/readable_text.h"
#include "llm/verification/sentence_subject.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

std::string normalized_quote(std::string_view quote) {
  std::string text = NormalizedText{quote}.text();
  while (text.starts_with(' ')) text.erase(0, 1);
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

std::optional<QuoteRange> locate(const NormalizedText& text, const std::string& quote,
                                 std::size_t from_byte) {
  auto found = text.find(quote, from_byte);
  if (!found && from_byte > 0) found = text.find(quote, 0);
  if (!found) return std::nullopt;
  return QuoteRange{found->begin, found->end};
}

class Verifier {
 public:
  explicit Verifier(const Task& task) : task_(task), contradictions_(task), instructions_(task) {
    for (const TaskSnapshot& snapshot : task.snapshots) snapshots_[snapshot.id] = &snapshot;
    for (const TaskPassage& passage : task.passages) passages_[passage.id] = &passage;
  }

  Verification verify(const Draft& draft) {
    shared_context_ = draft.shared_context;
    for (std::size_t i = 0; i < draft.changes.size(); ++i) {
      VerifiedChange verified{draft.changes[i], {}, {}};
      auto quotes = find_quotes(verified.change, i);
      std::vector<std::string> removed;
      if (!quotes) {
        ++result_.dropped_without_quote;
        result_.dropped.push_back(i);
      } else if (!remove_unknown_links(verified.change.edit, removed) || !is_safe(verified.change)) {
        ++result_.dropped_unsafe;
        result_.dropped.push_back(i);
      } else {
        verified.quotes.assign(quotes->begin(), quotes->end());
        verified.flags = flags_of(verified.change, *std::move(quotes), removed);
        result_.changes.push_back(std::move(verified));
      }
    }
    flag_large_changes(task_, result_.changes);
    return std::move(result_);
  }

  std::vector<UnmatchedQuote> find_unmatched(const Draft& draft) {
    for (std::size_t i = 0; i < draft.changes.size(); ++i) find_quotes(draft.changes[i], i);
    for (std::size_t i = 0; i < draft.entries.size(); ++i)
      find_quotes(draft.entries[i].change, draft.changes.size() + i);
    return std::move(result_.unmatched);
  }

 private:
  const NormalizedText& normalized(const TaskSnapshot& snapshot) {
    auto& slot = normalized_[snapshot.id];
    if (!slot) slot = std::make_unique<NormalizedText>(snapshot.text);
    return *slot;
  }

  // A quote, in the passage that it names, or in the heading above it.
  std::optional<CitedQuote> find(const Quote& quote) {
    const auto passage = passages_.find(quote.passage_id);
    if (passage == passages_.end()) return std::nullopt;
    const auto snapshot = snapshots_.find(passage->second->snapshot_id);
    if (snapshot == snapshots_.end()) return std::nullopt;
    const std::size_t passage_begin = passage->second->begin_byte;
    const std::string_view text{snapshot->second->text};
    auto place = locate(normalized(*snapshot->second), normalized_quote(quote.text), passage_begin);
    if (!place) return std::nullopt;
    // The document may have the words elsewhere too, but this passage was shown.
    const std::size_t passage_end = passage_begin + passage->second->text.size();
    if (place->begin >= passage_end || place->end <= passage_begin) {
      const std::string_view heading = find_heading_above(text, passage_begin);
      if (heading.empty()) return std::nullopt;
      const auto heading_begin = static_cast<std::size_t>(heading.data() - text.data());
      place = locate(normalized(*snapshot->second), normalized_quote(quote.text), heading_begin);
      if (!place || place->begin < heading_begin || place->end > heading_begin + heading.size())
        return std::nullopt;
    }
    return CitedQuote{{0, snapshot->first, place->begin, place->end,
                       std::string{text.substr(place->begin, place->end - place->begin)}, quote.refutes},
                      passage->second,
                      snapshot->second};
  }

  // All of them, or nothing.
  std::optional<std::vector<CitedQuote>> find_quotes(const DraftedChange& change, std::size_t index) {
    std::vector<CitedQuote> found;
    for (const Quote& quote : change.quotes) {
      if (auto cited = find(quote)) {
        found.push_back(*std::move(cited));
      } else {
        result_.unmatched.push_back(make_unmatched_quote(index, quote));
      }
    }
    if (found.empty() || found.size() != change.quotes.size()) return std::nullopt;
    return found;
  }

  // The same words in another passage, else the nearest ones: of the passage that was named, then
  // of all.
  UnmatchedQuote make_unmatched_quote(std::size_t index, const Quote& quote) {
    UnmatchedQuote unmatched{index, quote, "", "", 0};
    const auto suggest = [&](const TaskPassage& passage, std::string_view text, double share) {
      if (share <= unmatched.suggested_share) return;
      unmatched.suggested_passage_id = passage.id;
      unmatched.suggested_text = std::string{text};
      unmatched.suggested_share = share;
    };
    for (const TaskPassage& passage : task_.passages) {
      if (passage.id == quote.passage_id) continue;
      if (const auto cited = find({passage.id, quote.text, quote.refutes})) suggest(passage, cited->quote, 1);
    }
    if (unmatched.suggested_share == 1) return unmatched;
    const auto suggest_nearest = [&](const TaskPassage& passage) {
      const auto near = find_approximate_match(passage.text, quote.text);
      if (!near) return;
      suggest(passage,
              std::string_view{passage.text}.substr(near->place.begin, near->place.end - near->place.begin),
              near->share);
    };
    if (const auto named = passages_.find(quote.passage_id); named != passages_.end())
      suggest_nearest(*named->second);
    if (unmatched.suggested_share > 0) return unmatched;
    for (const TaskPassage& passage : task_.passages) suggest_nearest(passage);
    return unmatched;
  }

  // Where a link may lead: to a document of the task, or where the entry leads already. An address
  // that a page merely mentions is that page's word.
  bool is_known(const std::string& address) const {
    const std::string normalized = entries::normalize_source_address(address);
    const bool is_task_source =
        std::any_of(task_.passages.begin(), task_.passages.end(), [&](const TaskPassage& passage) {
          return entries::normalize_source_address(passage.source_address) == normalized ||
                 entries::make_markdown_link("x", passage.source_address) == "[x](" + address + ")";
        });
    return is_task_source || entries::text_contains_address(task_.entry.document.print(), address);
  }

  static bool are_safe_addresses(const std::vector<std::string>& addresses) {
    return std::all_of(addresses.begin(), addresses.end(), [](const std::string& address) {
      return address.starts_with("www.") || entries::is_safe_link(address);
    });
  }

  // False where the change is nothing without its address, or the address would do something.
  bool remove_unknown_links(entries::Edit& edit, std::vector<std::string>& removed) const {
    edit.text = remove_links(
        edit.text, [&](const std::string& address) { return is_known(address); }, removed);
    if (removed.empty()) return true;
    const bool is_address =
        edit.kind == entries::EditKind::append_source || edit.kind == entries::EditKind::set_field;
    return are_safe_addresses(removed) && !is_address && !split_words(edit.text).empty();
  }

  bool is_safe(const DraftedChange& change) const {
    if (has_active_markup(change.edit.text) || has_active_markup(change.edit.title)) return false;
    if (change.edit.kind == entries::EditKind::set_field && entries::is_forbidden_field(change.edit.target))
      return false;
    const std::string& reference = change.edit.reference;
    const bool leads_to_related = reference.empty() || std::any_of(task_.related.begin(), task_.related.end(),
                                                                   [&](const RelatedEntry& entry) {
                                                                     return entry.reference == reference;
                                                                   });
    if (!leads_to_related) return false;
    return are_safe_addresses(link_destinations(change.edit.text)) &&
           entries::preview_edit(task_.entry, change.edit).ok();
  }

  std::vector<entries::Flag> flags_of(const DraftedChange& change, std::vector<CitedQuote> quotes,
                                      const std::vector<std::string>& removed) {
    std::vector<const TaskPassage*> quoted;
    for (const CitedQuote& quote : quotes) quoted.push_back(quote.passage);
    std::string instruction = instructions_.find(quoted, shared_context_);
    Claim claim = make_claim(task_, change, std::move(quotes));
    claim.instruction = std::move(instruction);
    FlagList flags;
    compare_words(claim, flags);
    compare_content(claim, flags);
    check_quote_context(claim, flags);
    check_subject(claim, flags);
    check_sources(claim, flags);
    apply_source_rules(claim, flags);
    contradictions_.check(claim, flags);
    compare_with_replaced(claim, flags);
    flags.raise_if_any("unknown-address", removed);
    return flags.take();
  }

  const Task& task_;
  std::map<std::int64_t, const TaskSnapshot*> snapshots_;
  std::map<std::string, const TaskPassage*> passages_;
  std::map<std::int64_t, std::unique_ptr<NormalizedText>> normalized_;
  ContradictionChecker contradictions_;
  PassageInstructions instructions_;
  bool shared_context_ = false;
  Verification result_;
};

bool is_title_quoted(const DraftedEntry& entry, const VerifiedChange& change) {
  return std::any_of(change.quotes.begin(), change.quotes.end(), [&](const entries::Citation& quote) {
    return NormalizedText{quote.quote}.find(normalized_quote(entry.title), 0).has_value();
  });
}

void verify_entry(const Task& task, const DraftedEntry& entry, std::size_t number, bool shared_context,
                  Verification& result) {
  const bool is_duplicate =
      std::any_of(result.entries.begin(), result.entries.end(),
                  [&](const VerifiedEntry& other) { return other.entry.path == entry.path; });
  Task stub_task;
  stub_task.entry_path = entry.path;
  stub_task.entry_title = entry.title;
  stub_task.entry = entry.stub;
  stub_task.is_stub = true;
  stub_task.today = task.today;
  stub_task.passages = task.passages;
  stub_task.snapshots = task.snapshots;
  Draft draft;
  draft.changes.push_back(entry.change);
  draft.shared_context = shared_context;
  Verification verified = Verifier{stub_task}.verify(draft);
  result.dropped_unsafe += verified.dropped_unsafe;
  result.dropped_without_quote += verified.dropped_without_quote;
  for (UnmatchedQuote& quote : verified.unmatched) {
    quote.change = number;
    result.unmatched.push_back(std::move(quote));
  }
  if (verified.changes.empty()) return;
  // A name that no source gives is no subject.
  if (is_duplicate || !is_title_quoted(entry, verified.changes.front())) {
    ++result.dropped_without_quote;
    return;
  }
  result.entries.push_back({entry, std::move(verified.changes.front())});
}

}  // namespace

std::optional<QuoteRange> find_quote(std::string_view text, std::string_view quote, std::size_t from_byte) {
  return locate(NormalizedText{text}, normalized_quote(quote), from_byte);
}

Verification verify(const Task& task, const Draft& draft) {
  Verification result = Verifier{task}.verify(draft);
  for (std::size_t i = 0; i < draft.entries.size(); ++i)
    verify_entry(task, draft.entries[i], draft.changes.size() + i, draft.shared_context, result);
  return result;
}

std::vector<UnmatchedQuote> find_unmatched_quotes(const Task& task, const Draft& draft) {
  return Verifier{task}.find_unmatched(draft);
}

}  // namespace stubkeeper::llm
