#include "review/task.h"

#include <algorithm>
#include <map>

#include "kb/entries/entry_store.h"
#include "kb/entries/steering.h"
#include "kb/entries/subject.h"
#include "kb/review/provenance.h"
#include "kb/review/refusals.h"
#include "kb/sources/host_boilerplate.h"
#include "kb/sources/near_duplicates.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/sources.h"
#include "review/split_long_passage.h"

namespace stubkeeper::review {
namespace {

// A longer passage is shown in pieces, so that one of them has room beside an entry in any context.
constexpr std::size_t max_piece_bytes = 8'000;

// What a reader would call the document: its title, else the site's name, else its address.
std::string document_title(const kb::Snapshot& snapshot, const kb::DocumentRecord& document) {
  if (!snapshot.title.empty()) return snapshot.title;
  if (!snapshot.site_name.empty()) return snapshot.site_name;
  return document.address;
}

}  // namespace

Result<llm::Task> build_draft_task(kb::Store& store, const Clock& clock, const kb::Entry& entry,
                             const std::vector<kb::Routing>& waiting, const RelatedEntries& related) {
  kb::EntryStore entries{store};
  kb::Snapshots snapshots{store};
  kb::HostBoilerplate host{store};
  llm::Task task;
  task.entry_path = entry.path;
  task.entry_title = entry.title;
  task.is_stub = entry.state == kb::EntryState::stub;
  Timestamp read_at{};
  STUBKEEPER_ASSIGN(task.entry, entries.document(entry.current_revision_id));
  task.last_reviewed = task.entry.document.front_matter().scalar("last_reviewed").value_or("");

  STUBKEEPER_ASSIGN(const auto rules, kb::Steering{store}.for_entry(entry.path));
  for (const kb::SteeringRule& rule : rules)
    task.steering.push_back({rule.heading, rule.text, !rule.path.empty()});
  STUBKEEPER_ASSIGN(const auto rejections, kb::Proposals{store}.rejections(entry.id));
  for (const auto& [text, reason] : rejections) task.rejections.push_back({text, reason});

  STUBKEEPER_ASSIGN(const auto provenances, kb::find_provenance(store, entry.id, 0));
  for (const kb::Provenance& provenance : provenances) {
    for (const kb::Change& change : provenance.changes) {
      for (const kb::Citation& citation : change.citations) {
        if (!citation.refutes) task.citations.push_back({provenance.block_id, citation.quote});
      }
    }
  }

  const entries::PublisherRules& publishers = task.entry.conventions->publishers;
  STUBKEEPER_ASSIGN(const auto subject, kb::subject_of(store, entry, task.entry.document));

  struct Seen {
    kb::DocumentRecord document;
    kb::Snapshot snapshot;
    bool is_first_visit = false;
    std::size_t index = 0;  // in task.snapshots
  };
  STUBKEEPER_ASSIGN(const auto refused, kb::Refusals{store}.active_refusals());
  task.unwanted_kinds = refused.refused_kinds(entry.id);
  std::map<kb::Id, Seen> seen;
  for (const kb::Routing& routing : waiting) {
    STUBKEEPER_ASSIGN(const auto passage, snapshots.passage(routing.passage_id));
    auto place = seen.find(passage.snapshot_id);
    if (place == seen.end()) {
      Seen fresh;
      STUBKEEPER_ASSIGN(fresh.snapshot, snapshots.get(passage.snapshot_id));
      STUBKEEPER_ASSIGN(fresh.document, snapshots.get_document(fresh.snapshot.document_id));
      STUBKEEPER_ASSIGN(fresh.is_first_visit, snapshots.is_first_read(fresh.snapshot));
      STUBKEEPER_ASSIGN(auto text, snapshots.text(fresh.snapshot));
      fresh.index = task.snapshots.size();
      read_at = std::max(read_at, fresh.snapshot.fetched_at);
      STUBKEEPER_ASSIGN(const auto copies, kb::NearDuplicates{store}.find_near_duplicates(fresh.snapshot.id));
      // By the oldest one that tells it.
      std::string story =
          copies.empty() ? "" : "s" + std::to_string(std::min(copies.front(), fresh.snapshot.id));
      task.snapshots.push_back({fresh.snapshot.id, std::move(text), fresh.snapshot.title,
                                fresh.snapshot.published, std::move(story)});
      place = seen.emplace(passage.snapshot_id, std::move(fresh)).first;
    }
    const Seen& from = place->second;
    // What was new when it was routed can have turned out since to repeat on the whole site.
    STUBKEEPER_ASSIGN(const bool is_boilerplate, host.is_boilerplate(from.document, passage.normalized_sha256));
    const bool is_refused = refused.refuses_passage(entry.id, from.document.source_id, passage.normalized_sha256);
    if (is_boilerplate || is_refused) continue;
    const std::string_view text{task.snapshots[from.index].text};
    std::size_t begin_byte = passage.begin_byte;
    int number = 0;
    for (const std::string_view piece :
         split_long_passage(text.substr(passage.begin_byte, passage.end_byte - passage.begin_byte), max_piece_bytes)) {
      llm::TaskPassage given;
      given.id = "p" + std::to_string(passage.id) + (++number == 1 ? "" : "-" + std::to_string(number));
      given.snapshot_id = passage.snapshot_id;
      given.begin_byte = begin_byte;
      given.text = piece;
      begin_byte += piece.size();
      given.source_address = from.document.address;
      given.source_title = document_title(from.snapshot, from.document);
      given.published = from.snapshot.published;
      given.modified = from.snapshot.modified;
      given.publisher =
          entries::classify_publisher(publishers, from.document.address, from.snapshot.site_name, subject);
      given.names_subject = routing.names_subject;
      given.is_first_visit = from.is_first_visit;
      task.passages.push_back(std::move(given));
    }
  }
  task.today = iso_date(seen.empty() ? clock.now() : read_at);
  task.related = related.select(entry, task);
  return task;
}

}  // namespace stubkeeper::review
