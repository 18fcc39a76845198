#include "cron/document_processor.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "base/sha256.h"
#include "base/text/strings.h"
#include "base/text/url.h"
#include "crawler/passages.h"
#include "crawler/url.h"
#include "cron/routing_filter.h"
#include "kb/review/proposals.h"
#include "kb/sources/near_duplicates.h"
#include "kb/sources/prune.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/sources.h"
#include "kb/store/bodies.h"

namespace stubkeeper::cron {
namespace {

Error stop_error() {
  return Error{ErrorCode::busy, "the program was asked to stop", "", ""};
}

Status sign(kb::Store& store, kb::Id id) {
  kb::Snapshots snapshots{store};
  kb::HostBoilerplate host{store};
  STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(id));
  STUBKEEPER_ASSIGN(const auto document, snapshots.get_document(snapshot.document_id));
  STUBKEEPER_ASSIGN(const std::string text, snapshots.text(snapshot));
  STUBKEEPER_ASSIGN(const auto passages, snapshots.passages(id));
  std::vector<std::string> own;
  for (const kb::Passage& passage : passages) {
    STUBKEEPER_ASSIGN(const bool is_boilerplate, host.is_boilerplate(document, passage.normalized_sha256));
    if (is_boilerplate) continue;
    own.push_back(crawler::normalized_passage(
        std::string_view{text}.substr(passage.begin_byte, passage.end_byte - passage.begin_byte)));
  }
  return kb::NearDuplicates{store}.sign(id, crawler::story_signature(own));
}

}  // namespace

// Once for all documents of the response: a body is hashed whole.
Status DocumentProcessor::store_body() {
  if (!body_sha256_.empty()) return {};
  STUBKEEPER_ASSIGN(body_sha256_, kb::Bodies{store_}.put(response_.body));
  return {};
}

Status DocumentProcessor::process(const ParsedDocument& found) {
  kb::Snapshots snapshots{store_};
  STUBKEEPER_ASSIGN(const auto document,
                    snapshots.document(source_id_, found.identity, found.address, url_host(found.address)));
  STUBKEEPER_ASSIGN(const auto before, snapshots.latest(document.id));
  const crawler::Content& content = found.content;
  const std::string text_sha256 = sha256_hex(content.text);
  if (before && before->text_sha256 == text_sha256) return {};
  STUBKEEPER_ASSIGN(const auto unremarkable, snapshots.unremarkable_look(document.id));
  if (unremarkable && unremarkable->text_sha256 == text_sha256)
    return snapshots.note_unremarkable_look(document.id, text_sha256, now_);
  if (!before) counts_.is_first_visit = true;

  // Against all snapshots of the document: a passage that was away for a while and is back is no news.
  STUBKEEPER_ASSIGN(const auto known_hashes, snapshots.passage_hashes(document.id, true));
  std::unordered_set<std::string> known{known_hashes.begin(), known_hashes.end()};
  const auto ranges = crawler::split_passages(content.text);
  const std::vector<bool> in_related_list = crawler::mark_related_pages(content.text, ranges);
  std::vector<std::string> distinctive_texts;
  std::unordered_set<std::string> distinctive_hashes;
  kb::NewSnapshot snapshot;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    if (!keep_going_()) return stop_error();
    kb::Passage passage;
    passage.ordinal = static_cast<int>(i);
    passage.begin_byte = ranges[i].begin;
    passage.end_byte = ranges[i].end;
    std::string normalized_passage = crawler::normalized_passage(
        std::string_view{content.text}.substr(ranges[i].begin, ranges[i].end - ranges[i].begin));
    passage.normalized_sha256 = sha256_hex(normalized_passage);
    // Nothing is left of a passage that is only a date or a counter.
    bool is_distinctive = !normalized_passage.empty() && !in_related_list[i];
    if (is_distinctive) {
      STUBKEEPER_ASSIGN(const bool is_boilerplate, host_.is_boilerplate(document, passage.normalized_sha256));
      is_distinctive = !is_boilerplate;
    }
    passage.is_new = is_distinctive && known.insert(passage.normalized_sha256).second;
    if (is_distinctive) {
      distinctive_texts.push_back(std::move(normalized_passage));
      distinctive_hashes.insert(passage.normalized_sha256);
    }
    snapshot.passages.push_back(std::move(passage));
  }
  if (before) {
    STUBKEEPER_ASSIGN(const bool is_remarkable,
                      differs_remarkably(document, *before, snapshot.passages, distinctive_hashes));
    if (!is_remarkable) return snapshots.note_unremarkable_look(document.id, text_sha256, now_);
  }
  STUBKEEPER_TRY(host_.count(document, snapshot.passages));
  snapshot.metadata.fetched_at = now_;
  snapshot.metadata.content_type = response_.content_type;
  snapshot.metadata.final_address = found.final_address;
  snapshot.metadata.title = content.title;
  snapshot.metadata.author = content.author;
  snapshot.metadata.site_name = content.site_name;
  snapshot.metadata.language = content.language;
  snapshot.metadata.published = content.published;
  snapshot.metadata.modified = content.modified;
  STUBKEEPER_TRY(store_body());
  snapshot.metadata.body_sha256 = body_sha256_;
  snapshot.text = content.text;
  STUBKEEPER_ASSIGN(const auto id, snapshots.add(document.id, snapshot));
  STUBKEEPER_TRY(kb::NearDuplicates{store_}.sign(id, crawler::story_signature(distinctive_texts)));
  ++counts_.snapshots;
  return route(id, content, snapshot.passages);
}

Result<bool> DocumentProcessor::differs_remarkably(
    const kb::DocumentRecord& document, const kb::Snapshot& before, const std::vector<kb::Passage>& passages,
    const std::unordered_set<std::string>& distinctive_hashes) {
  kb::Snapshots snapshots{store_};
  STUBKEEPER_ASSIGN(const auto old_passages, snapshots.passages(before.id));
  std::unordered_set<std::string> old_hashes;
  for (const kb::Passage& old : old_passages) old_hashes.insert(old.normalized_sha256);
  for (const std::string& hash : distinctive_hashes)
    if (!old_hashes.contains(hash)) return true;
  std::unordered_set<std::string> hashes{sha256_hex("")};
  for (const kb::Passage& passage : passages) hashes.insert(passage.normalized_sha256);
  const auto is_lost = [&](const kb::Passage& old) { return !hashes.contains(old.normalized_sha256); };
  if (std::ranges::none_of(old_passages, is_lost)) return false;
  STUBKEEPER_ASSIGN(const std::string text, snapshots.text(before));
  std::vector<crawler::TextRange> ranges;
  for (const kb::Passage& old : old_passages) ranges.push_back({old.begin_byte, old.end_byte});
  const std::vector<bool> was_in_related_list = crawler::mark_related_pages(text, ranges);
  for (std::size_t i = 0; i < old_passages.size(); ++i) {
    if (was_in_related_list[i] || !is_lost(old_passages[i])) continue;
    STUBKEEPER_ASSIGN(const bool is_boilerplate,
                      host_.is_boilerplate(document, old_passages[i].normalized_sha256));
    if (!is_boilerplate) return true;
  }
  return false;
}

Status DocumentProcessor::route(kb::Id snapshot_id, const crawler::Content& content,
                                const std::vector<kb::Passage>& passages) {
  kb::Proposals proposals{store_};
  STUBKEEPER_ASSIGN(const auto cited_by, kb::Sources{store_}.entries_of(source_id_));
  STUBKEEPER_ASSIGN(const auto snapshot, kb::Snapshots{store_}.get(snapshot_id));
  STUBKEEPER_ASSIGN(const bool is_first_look, kb::Snapshots{store_}.is_first_read(snapshot));
  STUBKEEPER_ASSIGN(const auto filter, RoutingFilter::read(store_, source_id_, snapshot_id));
  const auto route_to = [&](const kb::Passage& passage, kb::Id entry, bool names_subject) -> Status {
    if (!filter.lets_pass(passage, entry)) return {};
    STUBKEEPER_ASSIGN(const bool was_routed,
                      kb::was_routed_before_prune(store_, entry, passage.normalized_sha256));
    if (was_routed) return {};
    ++counts_.routed;
    return proposals.route(run_id_, {passage.id, entry, names_subject, false, is_first_look});
  };
  const std::string_view text{content.text};
  for (const kb::Passage& passage : passages) {
    if (!passage.is_new) continue;
    if (!keep_going_()) return stop_error();
    ++counts_.new_passages;
    const auto named =
        subjects_.find_mentions(text.substr(passage.begin_byte, passage.end_byte - passage.begin_byte), text);
    if (cited_by.empty() && named.empty()) ++counts_.homeless;
    for (const kb::Id entry : cited_by) STUBKEEPER_TRY(route_to(passage, entry, false));
    for (const kb::Id entry : named) {
      if (contains(cited_by, entry)) continue;
      STUBKEEPER_TRY(route_to(passage, entry, true));
    }
  }
  return {};
}

Status backfill_story_signatures(kb::Store& store) {
  STUBKEEPER_ASSIGN(const auto old, kb::NearDuplicates{store}.snapshots_without_signature());
  constexpr std::size_t batch_size = 100;
  for (std::size_t begin = 0; begin < old.size(); begin += batch_size) {
    STUBKEEPER_TRY(store.run_in_transaction([&]() -> Status {
      for (std::size_t i = begin; i < std::min(begin + batch_size, old.size()); ++i)
        STUBKEEPER_TRY(sign(store, old[i]));
      return {};
    }));
  }
  return {};
}

}  // namespace stubkeeper::cron
