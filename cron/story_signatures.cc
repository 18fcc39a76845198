#include "cron/story_signatures.h"

#include "crawler/content.h"
#include "crawler/extract/near_duplicates.h"
#include "kb/sources/host_boilerplate.h"
#include "kb/sources/near_duplicates.h"
#include "kb/sources/snapshots.h"

namespace stubkeeper::cron {
namespace {

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
