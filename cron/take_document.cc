#include "cron/take_document.h"

#include <algorithm>
#include <unordered_set>

#include "kb/proposals.h"
#include "kb/snapshots.h"
#include "kb/sources.h"
#include "schema/base/sha256.h"

namespace stubkeeper::cron {

Status DocumentTaking::take(const FoundDocument& found, const AnswerBytes& answer) {
  kb::Snapshots snapshots{store_};
  STUBKEEPER_ASSIGN(const auto document, snapshots.document(source_id_, found.identity, found.address));
  STUBKEEPER_ASSIGN(const auto before, snapshots.latest(document.id));
  const crawler::Content& content = found.content;
  if (before && before->text_sha256 == sha256_hex(content.text)) return {};
  if (!before) counts_.first_sight = true;

  // Against all snapshots of the document: a passage that was away for a while and is back is no news.
  STUBKEEPER_ASSIGN(const auto known_list, snapshots.likenesses(document.id, true));
  std::unordered_set<std::string> known{known_list.begin(), known_list.end()};
  kb::NewSnapshot snapshot;
  for (const crawler::TextRange& range : crawler::split_passages(content.text)) {
    kb::Passage passage;
    passage.ordinal = static_cast<int>(snapshot.passages.size());
    passage.begin_byte = range.begin;
    passage.end_byte = range.end;
    const std::string likeness =
        crawler::likeness(std::string_view{content.text}.substr(range.begin, range.end - range.begin));
    passage.likeness_sha256 = sha256_hex(likeness);
    // Nothing is left of a passage that is only a date or a counter.
    passage.is_new = !likeness.empty() && known.insert(passage.likeness_sha256).second;
    snapshot.passages.push_back(std::move(passage));
  }
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
  STUBKEEPER_ASSIGN([[maybe_unused]] const auto id, snapshots.add(document.id, snapshot));
  ++counts_.snapshots;
  return route(content, snapshot.passages);
}

Status DocumentTaking::route(const crawler::Content& content, const std::vector<kb::Passage>& passages) {
  kb::Proposals proposals{store_};
  STUBKEEPER_ASSIGN(const auto cited_by, kb::Sources{store_}.entries_of(source_id_));
  const std::string_view text{content.text};
  for (const kb::Passage& passage : passages) {
    if (!passage.is_new) continue;
    ++counts_.new_passages;
    const auto named =
        subjects_.named_in(text.substr(passage.begin_byte, passage.end_byte - passage.begin_byte), text);
    for (const kb::Id entry : cited_by) {
      STUBKEEPER_TRY(proposals.route(run_id_, {passage.id, entry, false}));
      ++counts_.routed;
    }
    for (const kb::Id entry : named) {
      if (std::find(cited_by.begin(), cited_by.end(), entry) != cited_by.end()) continue;
      STUBKEEPER_TRY(proposals.route(run_id_, {passage.id, entry, true}));
      ++counts_.routed;
    }
  }
  return {};
}

}  // namespace stubkeeper::cron
