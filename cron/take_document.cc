#include "cron/take_document.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "base/sha256.h"
#include "crawler/extract/near_duplicates.h"
#include "crawler/url.h"
#include "kb/review/proposals.h"
#include "kb/review/refusals.h"
#include "kb/sources/host_passages.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/sources.h"
#include "kb/sources/stories.h"

namespace stubkeeper::cron {

Status DocumentTaking::take(const FoundDocument& found, const AnswerBytes& answer) {
  kb::Snapshots snapshots{store_};
  kb::HostPassages host{store_};
  STUBKEEPER_ASSIGN(const auto document, snapshots.document(source_id_, found.identity, found.address,
                                                            crawler::host_of(found.address)));
  STUBKEEPER_ASSIGN(const auto before, snapshots.latest(document.id));
  const crawler::Content& content = found.content;
  if (before && before->text_sha256 == sha256_hex(content.text)) return {};
  if (!before) counts_.first_sight = true;

  // Against all snapshots of the document: a passage that was away for a while and is back is no news.
  STUBKEEPER_ASSIGN(const auto known_list, snapshots.likenesses(document.id, true));
  std::unordered_set<std::string> known{known_list.begin(), known_list.end()};
  const auto ranges = crawler::split_passages(content.text);
  const std::vector<bool> beside_text = crawler::related_pages(content.text, ranges);
  std::vector<std::string> own_likenesses;
  kb::NewSnapshot snapshot;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    kb::Passage passage;
    passage.ordinal = static_cast<int>(i);
    passage.begin_byte = ranges[i].begin;
    passage.end_byte = ranges[i].end;
    std::string likeness = crawler::likeness(
        std::string_view{content.text}.substr(ranges[i].begin, ranges[i].end - ranges[i].begin));
    passage.likeness_sha256 = sha256_hex(likeness);
    // Nothing is left of a passage that is only a date or a counter.
    bool is_own = !likeness.empty() && !beside_text[i];
    if (is_own) {
      STUBKEEPER_ASSIGN(const bool repeats, host.repeats(document, passage.likeness_sha256));
      is_own = !repeats;
    }
    passage.is_new = is_own && known.insert(passage.likeness_sha256).second;
    if (is_own) own_likenesses.push_back(std::move(likeness));
    snapshot.passages.push_back(std::move(passage));
  }
  STUBKEEPER_TRY(host.count(document, snapshot.passages));
  snapshot.facts.fetched_at = now_;
  snapshot.facts.content_type = answer.content_type;
  snapshot.facts.final_address = answer.final_address;
  snapshot.facts.title = content.title;
  snapshot.facts.author = content.author;
  snapshot.facts.site_name = content.site_name;
  snapshot.facts.language = content.language;
  snapshot.facts.published = content.published;
  snapshot.facts.modified = content.modified;
  snapshot.body = answer.body;
  snapshot.text = content.text;
  STUBKEEPER_ASSIGN(const auto id, snapshots.add(document.id, snapshot));
  STUBKEEPER_TRY(kb::Stories{store_}.sign(id, crawler::story_signature(own_likenesses)));
  ++counts_.snapshots;
  return route(id, content, snapshot.passages);
}

Status DocumentTaking::route(kb::Id snapshot_id, const crawler::Content& content,
                             const std::vector<kb::Passage>& passages) {
  kb::Proposals proposals{store_};
  STUBKEEPER_ASSIGN(const auto cited_by, kb::Sources{store_}.entries_of(source_id_));
  STUBKEEPER_ASSIGN(const auto copies, kb::Stories{store_}.copies_of(snapshot_id));
  std::set<std::pair<std::string, kb::Id>> told;
  for (const kb::Id copy : copies) {
    STUBKEEPER_ASSIGN(auto routed, proposals.routed_from(copy));
    told.merge(routed);
  }
  STUBKEEPER_ASSIGN(const auto refused, kb::Refusals{store_}.standing());
  const auto route_to = [&](const kb::Passage& passage, kb::Id entry, bool names_subject) -> Status {
    if (refused.refuses_passage(entry, source_id_, passage.likeness_sha256)) return {};
    if (told.contains({passage.likeness_sha256, entry})) return {};
    ++counts_.routed;
    return proposals.route(run_id_, {passage.id, entry, names_subject});
  };
  const std::string_view text{content.text};
  for (const kb::Passage& passage : passages) {
    if (!passage.is_new) continue;
    ++counts_.new_passages;
    const auto named =
        subjects_.named_in(text.substr(passage.begin_byte, passage.end_byte - passage.begin_byte), text);
    for (const kb::Id entry : cited_by) STUBKEEPER_TRY(route_to(passage, entry, false));
    for (const kb::Id entry : named) {
      if (std::find(cited_by.begin(), cited_by.end(), entry) != cited_by.end()) continue;
      STUBKEEPER_TRY(route_to(passage, entry, true));
    }
  }
  return {};
}

}  // namespace stubkeeper::cron
