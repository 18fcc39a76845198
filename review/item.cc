#include "review/item.h"

#include <map>

#include "entries/edits/move_to_part.h"
#include "entries/publisher.h"
#include "kb/entries/edit_json.h"
#include "kb/entries/entry_store.h"
#include "kb/entries/subject.h"
#include "kb/review/apply_change.h"
#include "kb/review/proposals.h"
#include "kb/review/review.h"
#include "kb/review/reviewer_edit.h"
#include "kb/review/split.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/sources.h"
#include "llm/flags.h"
#include "review/anachronism.h"
#include "review/quote_link.h"

namespace stubkeeper::review {
namespace {

std::string first_nonempty(std::initializer_list<const std::string*> names) {
  for (const std::string* name : names) {
    if (!name->empty()) return *name;
  }
  return "";
}

// What a document is to a reader.
const char* document_kind_name(std::string_view kind, const kb::Snapshot& snapshot) {
  if (kind == "pdf" || snapshot.content_type.starts_with("application/pdf")) return "PDF";
  if (kind == "feed") return "feed entry";
  return kind == "file" ? "file" : "page";
}

// Quotes of one entry, with the snapshots that they stand in read once.
class QuoteReader {
 public:
  QuoteReader(kb::Store& store, entries::Subject subject)
      : store_(store),
        snapshots_(store),
        rules_(store.conventions().publishers),
        subject_(std::move(subject)) {}

  ItemQuote read(const kb::Citation& citation) {
    ItemQuote quote;
    quote.citation = citation;
    quote.context.quote = citation.quote;
    if (const Status found = find(citation, quote); !found.ok()) quote.problem = found.error().text();
    return quote;
  }

 private:
  struct CachedSnapshot {
    kb::Snapshot snapshot;
    kb::DocumentRecord document;
    std::string source_kind;
    std::string text;
  };

  Result<const CachedSnapshot*> load_snapshot(kb::Id snapshot_id) {
    const auto there = cache_.find(snapshot_id);
    if (there != cache_.end()) return &there->second;
    CachedSnapshot fresh;
    STUBKEEPER_ASSIGN(fresh.snapshot, snapshots_.get(snapshot_id));
    STUBKEEPER_ASSIGN(fresh.document, snapshots_.get_document(fresh.snapshot.document_id));
    STUBKEEPER_ASSIGN(const auto source, kb::Sources{store_}.get(fresh.document.source_id));
    fresh.source_kind = source.kind;
    STUBKEEPER_ASSIGN(fresh.text, snapshots_.text(fresh.snapshot));
    return &cache_.emplace(snapshot_id, std::move(fresh)).first->second;
  }

  Status find(const kb::Citation& citation, ItemQuote& quote) {
    STUBKEEPER_ASSIGN(const CachedSnapshot* from, load_snapshot(citation.snapshot_id));
    quote.snapshot_sha256 = from->snapshot.text_sha256;
    ItemSource& source = quote.source;
    source.source_id = from->document.source_id;
    source.name = first_nonempty({&from->snapshot.title, &from->snapshot.site_name, &from->document.address});
    source.kind = document_kind_name(from->source_kind, from->snapshot);
    source.site_name = from->snapshot.site_name;
    const auto publisher =
        entries::classify_publisher(rules_, from->document.address, from->snapshot.site_name, subject_);
    source.publisher = entries::publisher_kind_name(publisher.kind);
    source.is_address_verified = publisher.is_address_verified;
    source.published = from->snapshot.published;
    source.fetched_at = from->snapshot.fetched_at;
    source.address = from->document.address;
    if (citation.begin_byte > citation.end_byte || citation.end_byte > from->text.size())
      return Error{ErrorCode::corrupt, "the quote's place is not in its snapshot", source.address, ""};
    STUBKEEPER_ASSIGN(source.page, snapshots_.page_of(from->snapshot, citation.begin_byte));
    source.quote_link =
        quote_link(source.address, from->text, citation.begin_byte, citation.end_byte, source.page);
    quote.context = extract_quote_context(from->text, citation.begin_byte, citation.end_byte);
    source.anachronism_note = anachronism_note(from->snapshot, quote);
    return {};
  }

  std::string anachronism_note(const kb::Snapshot& page, const ItemQuote& quote) {
    const QuoteContext& context = quote.context;
    const std::string sentence = context.prefix + context.quote + context.suffix;
    if (!is_anachronistic(page, sentence)) return "";
    const auto first = kb::find_first_seen(store_, page, quote.citation.quote);
    // An older snapshot that is damaged tells nothing; `doctor` says so.
    return explain_anachronism(page, sentence, first.ok() ? std::optional{*first} : std::nullopt);
  }

  kb::Store& store_;
  kb::Snapshots snapshots_;
  const entries::PublisherRules& rules_;
  entries::Subject subject_;
  std::map<kb::Id, CachedSnapshot> cache_;
};

}  // namespace

bool ReviewItem::is_flagged() const {
  return kb::is_flagged(change);
}

std::string flag_meaning(const std::string& name) {
  for (const llm::FlagKind& kind : llm::flag_kinds()) {
    if (kind.name == name) return std::string{kind.meaning};
  }
  return "";
}

Result<ReviewItem> review_item(kb::Store& store, kb::Id change_id, Timestamp now) {
  kb::Proposals proposals{store};
  kb::EntryStore entries{store};
  ReviewItem item;
  STUBKEEPER_ASSIGN(item.change, proposals.get(change_id));
  STUBKEEPER_ASSIGN(const auto entry, entries.get(item.change.entry_id));
  STUBKEEPER_ASSIGN(const auto proposal, proposals.proposal(item.change.proposal_id));
  STUBKEEPER_ASSIGN(item.decisions, proposals.decisions(change_id));
  STUBKEEPER_ASSIGN(item.dependents, kb::find_dependents(store, item.change));
  item.seen = kb::seen_hash(item.change);
  STUBKEEPER_ASSIGN(item.superseded_changes, proposals.superseded_by(change_id));
  STUBKEEPER_ASSIGN(item.fate, proposals.fate(change_id));
  STUBKEEPER_ASSIGN(item.parts, kb::count_split_parts(item.change));
  item.entry_path = entry.path;
  item.entry_title = entry.title;
  item.entry_state = entry.state;
  item.drafter = proposal.drafter;
  item.run_id = proposal.run_id;
  item.proposed_at = proposal.created_at;
  item.age = now - proposal.created_at;
  STUBKEEPER_ASSIGN(item.reviewer_edit, kb::approved_reviewer_edit(store, item.change));
  item.difference = item.reviewer_edit ? entries::block_diff(item.reviewer_edit->old_text, item.reviewer_edit->new_text)
                             : entries::block_diff(item.change.old_text, item.change.new_text);
  for (const kb::Flag& flag : item.change.flags) {
    item.flags.push_back({flag.name, flag.detail, flag_meaning(flag.name), flag.resolved_at.has_value()});
    if (flag.name != llm::contradicts_flag) continue;
    if (auto sides = llm::parse_contradiction(flag.detail)) item.contradictions.push_back(*std::move(sides));
  }
  STUBKEEPER_ASSIGN(const auto document, entries.document(entry.current_revision_id));
  if (item.change.state == kb::ChangeState::waiting) {
    STUBKEEPER_ASSIGN(const auto edit, kb::edit_from_json(item.change.edit_json));
    const auto edited = kb::apply_change(store, item.change, edit, document, entry.current_revision_id);
    // What does not fit any more stands beside nothing.
    if (edited.ok()) item.context_lines = find_context_lines(document.document, entries::Document::parse(*edited));
    auto parts = entries::list_target_parts(document, edit);
    if (parts.ok()) item.list_target_parts = *std::move(parts);
    if (!parts.ok()) item.move_problem = parts.error().text();
  }
  if (!item.change.citations.empty()) {
    STUBKEEPER_ASSIGN(auto subject, kb::subject_of(store, entry, document.document));
    QuoteReader reader{store, std::move(subject)};
    for (const kb::Citation& citation : item.change.citations) item.quotes.push_back(reader.read(citation));
  }
  return item;
}

}  // namespace stubkeeper::review
