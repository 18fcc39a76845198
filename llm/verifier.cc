#include "llm/verifier.h"

#include <algorithm>
#include <map>
#include <memory>

#include "entries/safe_text.h"
#include "llm/normalized_text.h"
#include "llm/verification/raise_flags.h"
#include "llm/verification/readable_text.h"

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

// Addresses as they are compared: without a fragment.
std::string_view folded(std::string_view address) {
  return address.substr(0, address.find('#'));
}

class Verifier {
 public:
  explicit Verifier(const Task& task) : task_(task) {
    for (const TaskSnapshot& snapshot : task.snapshots) snapshots_[snapshot.id] = &snapshot;
    for (const TaskPassage& passage : task.passages) passages_[passage.id] = &passage;
  }

  Verification verify(const Draft& draft) {
    Verification result;
    for (const DraftedChange& change : draft.changes) {
      VerifiedChange verified{change, {}, {}};
      if (!find_quotes(verified)) {
        ++result.dropped_without_quote;
      } else if (!is_safe(change)) {
        ++result.dropped_unsafe;
      } else {
        verified.flags = raise_flags(readable_text(change.edit.text), change.edit.date, evidence_of(verified),
                                     task_.today);
        result.changes.push_back(std::move(verified));
      }
    }
    return result;
  }

 private:
  const NormalizedText& normalized(const TaskSnapshot& snapshot) {
    auto& slot = normalized_[snapshot.id];
    if (!slot) slot = std::make_unique<NormalizedText>(snapshot.text);
    return *slot;
  }

  // Every quote, in the passage that it names. False where one is missing, or there is none.
  bool find_quotes(VerifiedChange& verified) {
    for (const Quote& quote : verified.change.quotes) {
      const auto passage = passages_.find(quote.passage_id);
      if (passage == passages_.end()) return false;
      const auto snapshot = snapshots_.find(passage->second->snapshot_id);
      if (snapshot == snapshots_.end()) return false;
      const std::string wanted = normalized_quote(quote.text);
      const std::size_t passage_begin = passage->second->begin_byte;
      const auto place = place_in(normalized(*snapshot->second), wanted, passage_begin);
      if (!place) return false;
      // The words may stand elsewhere in the document too, but it is this passage that was shown.
      const std::size_t passage_end = passage_begin + passage->second->text.size();
      if (place->begin >= passage_end || place->end <= passage_begin) return false;
      const std::string_view text{snapshot->second->text};
      verified.quotes.push_back({snapshot->second->id, *place,
                                 std::string{text.substr(place->begin, place->end - place->begin)},
                                 quote.refutes});
    }
    return !verified.quotes.empty();
  }

  bool is_safe(const DraftedChange& change) {
    if (holds_active_markup(change.edit.text) || holds_active_markup(change.edit.title)) return false;
    if (change.edit.kind == entries::EditKind::set_field && entries::is_forbidden_field(change.edit.target))
      return false;
    for (const std::string& address : link_addresses(change.edit.text)) {
      const bool known =
          std::any_of(task_.passages.begin(), task_.passages.end(), [&](const TaskPassage& passage) {
            return folded(passage.source_address) == folded(address) ||
                   entries::markdown_link("x", passage.source_address) == "[x](" + address + ")";
          });
      if (!known || !entries::is_safe_link(address)) return false;
    }
    return entries::preview_edit(task_.entry, change.edit).ok();
  }

  Evidence evidence_of(const VerifiedChange& verified) {
    Evidence evidence;
    evidence.context = task_.entry_title + "\n" + verified.change.edit.expected + "\n";
    for (const VerifiedQuote& quote : verified.quotes) evidence.quotes += quote.text + "\n";
    for (const Quote& quote : verified.change.quotes) {
      const TaskPassage& passage = *passages_.at(quote.passage_id);
      evidence.context += passage.source_title + "\n" + passage.published + "\n";
      evidence.published.push_back(passage.published);
      evidence.passages.push_back(passage.text);
    }
    return evidence;
  }

  const Task& task_;
  std::map<std::int64_t, const TaskSnapshot*> snapshots_;
  std::map<std::string, const TaskPassage*> passages_;
  std::map<std::int64_t, std::unique_ptr<NormalizedText>> normalized_;
};

}  // namespace

std::optional<QuotePlace> find_quote(std::string_view text, std::string_view quote, std::size_t from_byte) {
  return place_in(NormalizedText{text}, normalized_quote(quote), from_byte);
}

Verification verify(const Task& task, const Draft& draft) {
  return Verifier{task}.verify(draft);
}

}  // namespace stubkeeper::llm
