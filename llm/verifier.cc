#include "llm/verifier.h"

#include <algorithm>
#include <map>
#include <memory>

#include "entries/edits/source_addresses.h"
#include "entries/safe_text.h"
#include "llm/normalized_text.h"
#include "llm/verification/claim.h"
#include "llm/verification/contradictions.h"
#include "llm/verification/large_change.h"
#include "llm/verification/near_quote.h"
#include "llm/verification/passage_instructions.h"
#include "llm/verification/readable_text.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

std::string normalized_quote(std::string_view quote) {
  std::string text = NormalizedText{quote}.text();
  while (text.starts_with(' ')) text.erase(0, 1);
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

std::optional<QuotePlace> place_in(const NormalizedText& text, const std::string& quote,
                                   std::size_t from_byte) {
  auto found = text.find(quote, from_byte);
  if (!found && from_byte > 0) found = text.find(quote, 0);
  if (!found) return std::nullopt;
  return QuotePlace{found->begin, found->end};
}

class Verifier {
 public:
  explicit Verifier(const Task& task) : task_(task), contradictions_(task), instructions_(task) {
    for (const TaskSnapshot& snapshot : task.snapshots) snapshots_[snapshot.id] = &snapshot;
    for (const TaskPassage& passage : task.passages) passages_[passage.id] = &passage;
  }

  Verification verify(const Draft& draft) {
    read_together_ = draft.read_together;
    for (std::size_t i = 0; i < draft.changes.size(); ++i) {
      VerifiedChange verified{draft.changes[i], {}, {}};
      auto quotes = find_quotes(verified.change, i);
      std::vector<std::string> removed;
      if (!quotes) {
        ++result_.dropped_without_quote;
      } else if (!take_out_links(verified.change.edit, removed) || !is_safe(verified.change)) {
        ++result_.dropped_unsafe;
      } else {
        for (const CitedQuote& quote : *quotes)
          verified.quotes.push_back({quote.snapshot->id, quote.place, quote.text, quote.refutes});
        verified.flags = flags_of(verified.change, *std::move(quotes), removed);
        result_.changes.push_back(std::move(verified));
      }
    }
    flag_large_changes(task_, result_.changes);
    return std::move(result_);
  }

  std::vector<UnfoundQuote> unfound_in(const Draft& draft) {
    for (std::size_t i = 0; i < draft.changes.size(); ++i) find_quotes(draft.changes[i], i);
    for (std::size_t i = 0; i < draft.entries.size(); ++i)
      find_quotes(draft.entries[i].change, draft.changes.size() + i);
    return std::move(result_.unfound);
  }

 private:
  const NormalizedText& normalized(const TaskSnapshot& snapshot) {
    auto& slot = normalized_[snapshot.id];
    if (!slot) slot = std::make_unique<NormalizedText>(snapshot.text);
    return *slot;
  }

  // A quote, in the passage that it names.
  std::optional<CitedQuote> find(const Quote& quote) {
    const auto passage = passages_.find(quote.passage_id);
    if (passage == passages_.end()) return std::nullopt;
    const auto snapshot = snapshots_.find(passage->second->snapshot_id);
    if (snapshot == snapshots_.end()) return std::nullopt;
    const std::size_t passage_begin = passage->second->begin_byte;
    const auto place = place_in(normalized(*snapshot->second), normalized_quote(quote.text), passage_begin);
    if (!place) return std::nullopt;
    // The words may stand elsewhere in the document too, but it is this passage that was shown.
    const std::size_t passage_end = passage_begin + passage->second->text.size();
    if (place->begin >= passage_end || place->end <= passage_begin) return std::nullopt;
    const std::string_view text{snapshot->second->text};
    return CitedQuote{passage->second, snapshot->second, *place,
                      std::string{text.substr(place->begin, place->end - place->begin)}, quote.refutes};
  }

  // All of them, or nothing.
  std::optional<std::vector<CitedQuote>> find_quotes(const DraftedChange& change, std::size_t index) {
    std::vector<CitedQuote> found;
    for (const Quote& quote : change.quotes) {
      if (auto cited = find(quote)) {
        found.push_back(*std::move(cited));
      } else {
        result_.unfound.push_back(with_suggestion(index, quote));
      }
    }
    if (found.empty() || found.size() != change.quotes.size()) return std::nullopt;
    return found;
  }

  // The same words in another passage, else the nearest ones: of the passage that was named, then of all.
  UnfoundQuote with_suggestion(std::size_t index, const Quote& quote) {
    UnfoundQuote unfound{index, quote, "", "", 0};
    const auto suggest = [&](const TaskPassage& passage, std::string_view text, double share) {
      if (share <= unfound.suggested_share) return;
      unfound.suggested_passage_id = passage.id;
      unfound.suggested_text = std::string{text};
      unfound.suggested_share = share;
    };
    for (const TaskPassage& passage : task_.passages) {
      if (passage.id == quote.passage_id) continue;
      if (const auto cited = find({passage.id, quote.text, quote.refutes})) suggest(passage, cited->text, 1);
    }
    if (unfound.suggested_share == 1) return unfound;
    const auto look_in = [&](const TaskPassage& passage) {
      const auto near = find_near_quote(passage.text, quote.text);
      if (!near) return;
      suggest(passage,
              std::string_view{passage.text}.substr(near->place.begin, near->place.end - near->place.begin),
              near->share);
    };
    if (const auto named = passages_.find(quote.passage_id); named != passages_.end())
      look_in(*named->second);
    if (unfound.suggested_share > 0) return unfound;
    for (const TaskPassage& passage : task_.passages) look_in(passage);
    return unfound;
  }

  // Where a link may lead: to a document of the task, or where the entry leads already. An address that a
  // page merely mentions is that page's word.
  bool is_known(const std::string& address) const {
    const bool of_document =
        std::any_of(task_.passages.begin(), task_.passages.end(), [&](const TaskPassage& passage) {
          return entries::folded_address(passage.source_address) == entries::folded_address(address) ||
                 entries::markdown_link("x", passage.source_address) == "[x](" + address + ")";
        });
    return of_document || entries::mentions_address(task_.entry.document.print(), address);
  }

  // False where the change is nothing without its address, or the address would do something.
  bool take_out_links(entries::Edit& edit, std::vector<std::string>& removed) const {
    edit.text = without_links(
        edit.text, [&](const std::string& address) { return is_known(address); }, removed);
    const bool all_addresses = std::all_of(removed.begin(), removed.end(), [](const std::string& address) {
      return address.starts_with("www.") || entries::is_safe_link(address);
    });
    if (removed.empty()) return true;
    const bool is_address =
        edit.kind == entries::EditKind::append_source || edit.kind == entries::EditKind::set_field;
    return all_addresses && !is_address && !split_words(edit.text).empty();
  }

  bool is_safe(const DraftedChange& change) const {
    if (holds_active_markup(change.edit.text) || holds_active_markup(change.edit.title)) return false;
    if (change.edit.kind == entries::EditKind::set_field && entries::is_forbidden_field(change.edit.target))
      return false;
    const std::string& reference = change.edit.reference;
    const bool leads_to_related = reference.empty() || std::any_of(task_.related.begin(), task_.related.end(),
                                                                   [&](const RelatedEntry& entry) {
                                                                     return entry.reference == reference;
                                                                   });
    if (!leads_to_related) return false;
    const auto addresses = link_addresses(change.edit.text);
    const bool all_safe = std::all_of(addresses.begin(), addresses.end(), [](const std::string& address) {
      return address.starts_with("www.") || entries::is_safe_link(address);
    });
    return all_safe && entries::preview_edit(task_.entry, change.edit).ok();
  }

  std::vector<RaisedFlag> flags_of(const DraftedChange& change, std::vector<CitedQuote> quotes,
                                   const std::vector<std::string>& removed) {
    std::string instruction = instructions_.beside(quotes, read_together_);
    Claim claim = claim_of(task_, change, std::move(quotes));
    claim.instruction = std::move(instruction);
    FlagList flags;
    compare_words(claim, flags);
    look_around_quotes(claim, flags);
    look_at_sources(claim, flags);
    apply_source_rules(claim, flags);
    contradictions_.look_for(claim, flags);
    compare_with_replaced(claim, flags);
    flags.raise_for("unknown-address", removed);
    return flags.take();
  }

  const Task& task_;
  std::map<std::int64_t, const TaskSnapshot*> snapshots_;
  std::map<std::string, const TaskPassage*> passages_;
  std::map<std::int64_t, std::unique_ptr<NormalizedText>> normalized_;
  Contradictions contradictions_;
  PassageInstructions instructions_;
  bool read_together_ = false;
  Verification result_;
};

bool names_itself(const DraftedEntry& entry, const VerifiedChange& change) {
  return std::any_of(change.quotes.begin(), change.quotes.end(), [&](const VerifiedQuote& quote) {
    return NormalizedText{quote.text}.find(normalized_quote(entry.title), 0).has_value();
  });
}

void verify_entry(const Task& task, const DraftedEntry& entry, std::size_t number, bool read_together,
                  Verification& result) {
  const bool is_second =
      std::any_of(result.entries.begin(), result.entries.end(),
                  [&](const VerifiedEntry& other) { return other.entry.path == entry.path; });
  Task of_stub;
  of_stub.entry_path = entry.path;
  of_stub.entry_title = entry.title;
  of_stub.entry = entry.stub;
  of_stub.is_stub = true;
  of_stub.today = task.today;
  of_stub.passages = task.passages;
  of_stub.snapshots = task.snapshots;
  Draft draft;
  draft.changes.push_back(entry.change);
  draft.read_together = read_together;
  Verification verified = Verifier{of_stub}.verify(draft);
  result.dropped_unsafe += verified.dropped_unsafe;
  result.dropped_without_quote += verified.dropped_without_quote;
  for (UnfoundQuote& quote : verified.unfound) {
    quote.change = number;
    result.unfound.push_back(std::move(quote));
  }
  if (verified.changes.empty()) return;
  // A name that no source gives is no subject.
  if (is_second || !names_itself(entry, verified.changes.front())) {
    ++result.dropped_without_quote;
    return;
  }
  result.entries.push_back({entry, std::move(verified.changes.front())});
}

}  // namespace

std::optional<QuotePlace> find_quote(std::string_view text, std::string_view quote, std::size_t from_byte) {
  return place_in(NormalizedText{text}, normalized_quote(quote), from_byte);
}

Verification verify(const Task& task, const Draft& draft) {
  Verification result = Verifier{task}.verify(draft);
  for (std::size_t i = 0; i < draft.entries.size(); ++i)
    verify_entry(task, draft.entries[i], draft.changes.size() + i, draft.read_together, result);
  return result;
}

std::vector<UnfoundQuote> unfound_quotes(const Task& task, const Draft& draft) {
  return Verifier{task}.unfound_in(draft);
}

}  // namespace stubkeeper::llm
