#include "review/conflict_item.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text/ascii.h"
#include "entries/block_diff.h"
#include "entries/front_matter_error.h"
#include "entries/markdown/lines.h"
#include "kb/entries/entry_store.h"
#include "kb/export/conflict_origin.h"
#include "kb/review/proposals.h"
#include "llm/normalized_text.h"
#include "llm/verification/quotations.h"
#include "llm/verification/words.h"
#include "review/labels.h"
#include "review/quotes.h"

namespace stubkeeper::review {
namespace {

Result<std::vector<kb::Citation>> list_entry_citations(kb::Store& store, kb::Id entry_id) {
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(entry_id));
  kb::ChangeFilter filter;
  filter.state.reset();
  filter.path = entry.path;
  STUBKEEPER_ASSIGN(const auto changes, kb::Proposals{store}.list(filter));
  std::vector<kb::Citation> citations;
  for (const kb::Change& change : changes) {
    // A section's path is the beginning of its entries'.
    if (change.entry_id != entry_id) continue;
    citations.insert(citations.end(), change.citations.begin(), change.citations.end());
  }
  return citations;
}

const kb::Citation* find_citation(const std::vector<kb::Citation>& citations, const std::string& words) {
  const std::string needle = llm::NormalizedText{ascii_lower(words)}.text();
  const auto found = std::find_if(citations.begin(), citations.end(), [&](const kb::Citation& citation) {
    return llm::NormalizedText{ascii_lower(citation.quote)}.find(needle, 0).has_value();
  });
  return found == citations.end() ? nullptr : &*found;
}

// Whether two quotations share most words of the shorter one.
bool share_most_words(const std::string& one, const std::string& other) {
  const auto a = llm::lowercase_word_set(one);
  const auto b = llm::lowercase_word_set(other);
  const auto common = std::count_if(a.begin(), a.end(), [&](const auto& word) { return b.contains(word); });
  return static_cast<std::size_t>(common) * 2 > std::min(a.size(), b.size());
}

Result<std::vector<ChangedQuotation>> changed_quotations(kb::Store& store, kb::Id entry_id,
                                                         std::string_view before, std::string_view after) {
  std::vector<ChangedQuotation> changed;
  const auto removed = llm::find_missing_quotations(before, after);
  const auto added = llm::find_missing_quotations(after, before);
  if (removed.empty() || added.empty()) return changed;
  STUBKEEPER_ASSIGN(const auto citations, list_entry_citations(store, entry_id));
  for (const std::string& words : removed) {
    const kb::Citation* citation = find_citation(citations, words);
    const bool is_reworded = std::any_of(added.begin(), added.end(), [&](const std::string& other) {
      return share_most_words(words, other) && find_citation(citations, other) == nullptr;
    });
    if (citation == nullptr || !is_reworded) continue;
    changed.push_back({words, QuoteReader{store}.read(*citation).source.name, *citation});
  }
  return changed;
}

std::string description(const kb::Conflict& conflict) {
  if (conflict.is_deletion()) return "deleted on disk since the last export";
  std::string what = conflict.base_sha256.empty() ? "on disk already, and no export made it"
                                                  : "edited on disk where the store has something newer too";
  if (conflict.only_in_store)
    what += "; a decision about it was undone, and the file stays as it is now until you decide again";
  return what;
}

const char* conflict_kind(const kb::Conflict& conflict) {
  if (conflict.is_deletion()) return "deleted file";
  return conflict.base_sha256.empty() ? "unknown file" : "hand edit";
}

void set_keep_effects(ConflictItem& item) {
  if (item.conflict.is_deletion()) {
    item.keep_disk_effect = "the entry is removed, and its history stays";
    item.keep_disk_question = "The entry leaves the store's section. Remove it?";
    item.keep_store_effect = "the file is written again";
  } else if (item.conflict.base_sha256.empty()) {
    item.keep_disk_effect = "the file's text becomes the entry's next revision";
    item.keep_store_effect = "the file is replaced";
    item.keep_disk_question = "The store's text is replaced by the file's. Take the file's?";
    item.keep_store_question = "The next export writes over the file. Replace it?";
  } else {
    item.keep_disk_effect = "your text at these places; the rest of both is merged";
    item.keep_store_effect = "the store's text at these places; the rest of both is merged";
  }
}

void add_front_matter_error(std::string& effect, const std::string& page) {
  const auto error = entries::find_front_matter_error(entries::FrontMatter::parse(page));
  if (error)
    effect += fmt::format("; its front matter does not parse (line {}: {}), and Hugo stops at it",
                          error->line, error->message);
}

// A deleted file, or one that no export made: the whole page, as it is on both sides. A file of its
// own is shown against the store's text.
ConflictItem::Hunk whole_page(const kb::ConflictTexts& texts, bool is_deletion) {
  using entries::WordRun;
  const std::vector<WordRun> store = is_deletion ? entries::word_diff(texts.base, texts.store)
                                                 : std::vector<WordRun>{{WordRun::Kind::kept, texts.store}};
  const std::vector<WordRun> disk = entries::word_diff(is_deletion ? texts.base : texts.store, texts.theirs);
  return {"the whole page",
          texts.base,
          texts.store,
          texts.theirs,
          entries::merge_small_gaps(store),
          entries::merge_small_gaps(disk),
          {},
          {}};
}

}  // namespace

Result<ConflictSummary> conflict_summary(kb::Store& store, kb::Id conflict_id) {
  ConflictSummary summary;
  STUBKEEPER_ASSIGN(summary.conflict, kb::Conflicts{store}.get(conflict_id));
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(summary.conflict.entry_id));
  summary.entry_path = entry.path;
  summary.entry_title = entry.title;
  summary.kind = conflict_kind(summary.conflict);
  summary.description = description(summary.conflict);
  return summary;
}

Result<ConflictItem> conflict_item(kb::Store& store, kb::Id conflict_id) {
  STUBKEEPER_ASSIGN(auto summary, conflict_summary(store, conflict_id));
  ConflictItem item{std::move(summary), "", "", "", "", {}, {}};
  STUBKEEPER_ASSIGN(item.texts, kb::Conflicts{store}.texts(item.conflict));
  set_keep_effects(item);
  add_front_matter_error(item.keep_disk_effect, item.texts.theirs);
  add_front_matter_error(item.keep_store_effect, item.texts.store);
  STUBKEEPER_ASSIGN(const auto origins, kb::find_conflicting_revisions(store, item.conflict, item.texts));
  for (std::size_t i = 0; i < item.texts.places.size(); ++i) {
    const entries::MergeConflict& place = item.texts.places[i];
    STUBKEEPER_ASSIGN(auto quotations,
                      changed_quotations(store, item.conflict.entry_id, place.base, place.theirs));
    item.places.push_back({place.place, place.base, place.ours, place.theirs,
                           entries::merge_small_gaps(entries::word_diff(place.base, place.ours)),
                           entries::merge_small_gaps(entries::word_diff(place.base, place.theirs)),
                           origins[i], std::move(quotations)});
  }
  if (item.conflict.is_deletion() || item.conflict.base_sha256.empty())
    item.places.push_back(whole_page(item.texts, item.conflict.is_deletion()));
  return item;
}

std::string describe_store_change(const ConflictItem::Hunk& place) {
  if (!place.store_revision) return "";
  const kb::Revision& revision = *place.store_revision;
  const char* what = trim_ascii(place.store).empty()  ? "taken out"
                     : trim_ascii(place.base).empty() ? "written"
                                                      : "changed";
  return fmt::format("{} by {} on {}{}", what, revision.author, format_timestamp(revision.created_at),
                     revision.note.empty() ? "" : ": " + revision.note);
}

std::string describe_changed_quotation(const ChangedQuotation& quotation) {
  return fmt::format("the file changes words that are quoted from a source: “{}” ({})", quotation.words,
                     quotation.source_name);
}

Result<std::string> text_with_conflict_markers(kb::Store& store, const kb::Conflict& conflict) {
  STUBKEEPER_ASSIGN(const auto texts, kb::Conflicts{store}.texts(conflict));
  if (conflict.is_deletion()) return texts.store;
  return entries::merge_pages(texts.base, texts.store, texts.theirs,
                              entries::MergePreference::both_with_markers)
      .bytes;
}

std::string ensure_final_newline(std::string page) {
  if (!page.ends_with('\n')) page += '\n';
  return page;
}

std::size_t first_conflict_marker_line(std::string_view text) {
  const auto lines = entries::split_lines(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view bare =
        entries::strip_line_ending(text.substr(lines[i].begin, lines[i].end - lines[i].begin));
    if (bare == entries::ours_conflict_marker || bare == entries::theirs_conflict_marker) return i + 1;
  }
  return 0;
}

bool has_conflict_markers(std::string_view text) {
  return first_conflict_marker_line(text) != 0;
}

}  // namespace stubkeeper::review
