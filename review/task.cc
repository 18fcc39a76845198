#include "review/task.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text/ascii.h"
#include "base/text/utf8.h"
#include "kb/entries/entry_store.h"
#include "kb/entries/steering.h"
#include "kb/entries/subject.h"
#include "kb/review/first_looks.h"
#include "kb/review/provenance.h"
#include "kb/review/refusals.h"
#include "kb/sources/host_boilerplate.h"
#include "kb/sources/near_duplicates.h"
#include "kb/sources/snapshots.h"
#include "review/quotes.h"

namespace stubkeeper::review {
namespace {

// So that a piece of a passage has room beside an entry in any context.
constexpr std::size_t max_piece_bytes = 8'000;

// Where the first piece of a text that is longer than that ends.
std::size_t find_piece_end(std::string_view text, std::size_t limit) {
  for (std::size_t end = limit; end > limit / 2; --end) {
    const bool sentence = end >= 2 && text[end - 1] == ' ' &&
                          (text[end - 2] == '.' || text[end - 2] == '!' || text[end - 2] == '?');
    if (sentence) return end;
  }
  for (std::size_t end = limit; end > 0; --end)
    if (is_ascii_space(text[end - 1])) return end;
  std::size_t end = limit;
  while (end > 1 && is_utf8_continuation(text[end])) --end;
  return end;
}

class TaskBuilder {
 public:
  TaskBuilder(kb::Store& store, const kb::Entry& entry)
      : store_(store), entry_(entry), snapshots_(store), host_(store) {}

  // All but the passages.
  Status begin() {
    task_.entry_path = entry_.path;
    task_.entry_title = entry_.title;
    task_.is_stub = entry_.state == kb::EntryState::stub;
    STUBKEEPER_ASSIGN(task_.entry, kb::EntryStore{store_}.document(entry_.current_revision_id));
    task_.last_reviewed = task_.entry.document.front_matter().scalar("last_reviewed").value_or("");
    STUBKEEPER_ASSIGN(const auto rules, kb::Steering{store_}.for_entry(entry_.path));
    for (const kb::SteeringRule& rule : rules)
      task_.steering.push_back({rule.heading, rule.text, !rule.path.empty()});
    STUBKEEPER_ASSIGN(const auto rejections, kb::Proposals{store_}.rejections(entry_.id));
    for (const auto& [text, reason] : rejections) task_.rejections.push_back({text, reason});
    STUBKEEPER_ASSIGN(const auto provenances, kb::find_provenance(store_, entry_.id, 0));
    for (const kb::Provenance& provenance : provenances) {
      for (const kb::Change& change : provenance.changes) {
        for (const kb::Citation& citation : change.citations) {
          if (!citation.refutes) task_.citations.push_back({provenance.block_id, citation.quote});
        }
      }
    }
    STUBKEEPER_ASSIGN(subject_, kb::subject_of(store_, entry_, task_.entry.document));
    STUBKEEPER_ASSIGN(refused_, kb::Refusals{store_}.active_refusals());
    task_.unwanted_kinds = refused_.refused_kinds(entry_.id);
    return {};
  }

  // With `if_wanted` a passage that is boilerplate or refused by now is left out.
  Status add_passage(const kb::Routing& routing, bool if_wanted) {
    STUBKEEPER_ASSIGN(const auto passage, snapshots_.passage(routing.passage_id));
    STUBKEEPER_ASSIGN(const Origin* origin, load_origin(passage.snapshot_id));
    if (if_wanted) {
      const kb::DocumentRecord& document = origin->document;
      STUBKEEPER_ASSIGN(const bool is_boilerplate, host_.is_boilerplate(document, passage.normalized_sha256));
      if (is_boilerplate ||
          refused_.refuses_passage(entry_.id, document.source_id, passage.normalized_sha256))
        return {};
    }
    const std::string_view text{task_.snapshots[origin->index].text};
    std::size_t begin_byte = passage.begin_byte;
    int number = 0;
    for (const std::string_view piece : split_long_passage(
             text.substr(passage.begin_byte, passage.end_byte - passage.begin_byte), max_piece_bytes)) {
      llm::TaskPassage given = origin->passage;
      given.id = "p" + std::to_string(passage.id) + (++number == 1 ? "" : "-" + std::to_string(number));
      given.begin_byte = begin_byte;
      given.text = piece;
      begin_byte += piece.size();
      given.names_subject = routing.names_subject;
      given.is_first_look = given.is_first_look || routing.is_first_look;
      task_.passages.push_back(std::move(given));
    }
    return {};
  }

  // A stub takes all that its sources say.
  Status limit_first_looks() {
    if (task_.is_stub) return {};
    for (const llm::TaskPassage& passage : task_.passages) {
      if (!passage.is_first_look || task_.max_first_look_changes.contains(passage.source_id)) continue;
      STUBKEEPER_ASSIGN(const auto counts, (kb::FirstLooks{store_}.counts({entry_.id, passage.source_id})));
      const auto proposed = static_cast<std::size_t>(counts.changes - counts.waiting_stand_ins);
      task_.max_first_look_changes[passage.source_id] =
          kb::FirstLooks::max_changes - std::min(proposed, kb::FirstLooks::max_changes);
    }
    return {};
  }

  llm::Task finish(Timestamp now, const RelatedEntries& related) {
    task_.today = iso_date(origins_.empty() ? now : read_at_);
    task_.related = related.select(entry_, task_);
    return std::move(task_);
  }

 private:
  struct Origin {
    kb::DocumentRecord document;
    llm::TaskPassage passage;  // as each passage of the snapshot begins
    std::size_t index = 0;     // in task.snapshots
  };

  Result<const Origin*> load_origin(kb::Id snapshot_id) {
    if (const auto known = origins_.find(snapshot_id); known != origins_.end()) return &known->second;
    STUBKEEPER_ASSIGN(const auto snapshot, snapshots_.get(snapshot_id));
    Origin origin;
    STUBKEEPER_ASSIGN(origin.document, snapshots_.get_document(snapshot.document_id));
    llm::TaskPassage& passage = origin.passage;
    STUBKEEPER_ASSIGN(passage.is_first_look, snapshots_.is_first_read(snapshot));
    passage.source_id = origin.document.source_id;
    passage.snapshot_id = snapshot_id;
    passage.source_address = origin.document.address;
    passage.source_title = source_name(snapshot, origin.document);
    passage.published = snapshot.published;
    passage.modified = snapshot.modified;
    passage.publisher = entries::classify_publisher(task_.entry.conventions->publishers,
                                                    origin.document.address, snapshot.site_name, subject_);
    STUBKEEPER_ASSIGN(auto text, snapshots_.text(snapshot));
    STUBKEEPER_ASSIGN(const auto copies, kb::NearDuplicates{store_}.find_near_duplicates(snapshot_id));
    // A story is named after its oldest snapshot.
    std::string story = copies.empty() ? "" : "s" + std::to_string(std::min(copies.front(), snapshot_id));
    origin.index = task_.snapshots.size();
    read_at_ = std::max(read_at_, snapshot.fetched_at);
    task_.snapshots.push_back(
        {snapshot_id, std::move(text), snapshot.title, snapshot.published, std::move(story)});
    return &origins_.emplace(snapshot_id, std::move(origin)).first->second;
  }

  kb::Store& store_;
  const kb::Entry& entry_;
  kb::Snapshots snapshots_;
  kb::HostBoilerplate host_;
  llm::Task task_;
  entries::Subject subject_;
  kb::ActiveRefusals refused_{std::vector<kb::Refusal>{}};
  std::map<kb::Id, Origin> origins_;
  Timestamp read_at_{};
};

// The passages of a change's proposal, and those that the change quotes.
Result<std::vector<kb::Routing>> passages_of(kb::Store& store, const kb::Change& change) {
  kb::Proposals proposals{store};
  STUBKEEPER_ASSIGN(const auto proposal, proposals.proposal(change.proposal_id));
  STUBKEEPER_ASSIGN(auto routings, proposals.drafted_in(proposal.run_id, change.entry_id));
  std::set<kb::Id> known;
  for (const kb::Routing& routing : routings) known.insert(routing.passage_id);
  for (const kb::Citation& citation : change.citations) {
    STUBKEEPER_ASSIGN(const auto passages, kb::Snapshots{store}.passages(citation.snapshot_id));
    for (const kb::Passage& passage : passages) {
      const bool is_quoted = passage.begin_byte < citation.end_byte && citation.begin_byte < passage.end_byte;
      if (is_quoted && known.insert(passage.id).second)
        routings.push_back({passage.id, change.entry_id, false, false});
    }
  }
  return routings;
}

}  // namespace

Result<llm::Task> build_draft_task(kb::Store& store, const Clock& clock, const kb::Entry& entry,
                                   const std::vector<kb::Routing>& waiting, const RelatedEntries& related) {
  TaskBuilder builder{store, entry};
  STUBKEEPER_TRY(builder.begin());
  for (const kb::Routing& routing : waiting) STUBKEEPER_TRY(builder.add_passage(routing, true));
  STUBKEEPER_TRY(builder.limit_first_looks());
  return builder.finish(clock.now(), related);
}

Result<llm::Task> build_edit_task(kb::Store& store, const kb::Change& change, Timestamp now) {
  kb::EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto entry, entries.get(change.entry_id));
  STUBKEEPER_ASSIGN(const auto all, entries.list());
  STUBKEEPER_ASSIGN(const auto routings, passages_of(store, change));
  TaskBuilder builder{store, entry};
  STUBKEEPER_TRY(builder.begin());
  for (const kb::Routing& routing : routings) STUBKEEPER_TRY(builder.add_passage(routing, false));
  return builder.finish(now, RelatedEntries{all});
}

const llm::TaskPassage* find_passage(const llm::Task& task, kb::Id snapshot_id, std::size_t byte) {
  const auto found = std::find_if(task.passages.begin(), task.passages.end(), [&](const auto& passage) {
    return passage.snapshot_id == snapshot_id && passage.begin_byte <= byte &&
           byte < passage.begin_byte + passage.text.size();
  });
  return found == task.passages.end() ? nullptr : &*found;
}

Result<std::optional<kb::Flag>> repeated_story_flag(kb::Store& store, kb::Id entry_id,
                                                    const std::vector<kb::Citation>& citations,
                                                    const std::vector<kb::Flag>& flags) {
  constexpr const char* name = "same-story";
  if (std::any_of(flags.begin(), flags.end(), [&](const kb::Flag& flag) { return flag.name == name; }))
    return std::optional<kb::Flag>{};
  std::set<kb::Id> checked_snapshots;
  for (const kb::Citation& citation : citations) {
    if (!checked_snapshots.insert(citation.snapshot_id).second) continue;
    STUBKEEPER_ASSIGN(const auto cited,
                      kb::NearDuplicates{store}.cited_near_duplicates(entry_id, citation.snapshot_id));
    if (cited.empty()) continue;
    kb::Snapshots snapshots{store};
    STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(cited.front()));
    STUBKEEPER_ASSIGN(const auto document, snapshots.get_document(snapshot.document_id));
    kb::Flag flag;
    flag.name = name;
    flag.detail = document.address;
    return std::optional{std::move(flag)};
  }
  return std::optional<kb::Flag>{};
}

std::vector<std::string_view> split_long_passage(std::string_view passage, std::size_t max_bytes) {
  std::vector<std::string_view> pieces;
  while (passage.size() > max_bytes) {
    const std::size_t end = find_piece_end(passage, max_bytes);
    pieces.push_back(passage.substr(0, end));
    passage.remove_prefix(end);
  }
  if (!passage.empty() || pieces.empty()) pieces.push_back(passage);
  return pieces;
}

}  // namespace stubkeeper::review
