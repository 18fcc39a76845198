#include "cron/story_signatures.h"

#include "crawler/content.h"
#include "crawler/extract/near_duplicates.h"
#include "kb/sources/host_passages.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/stories.h"

namespace stubkeeper::cron {
namespace {

Status sign(kb::Store& store, kb::Id id) {
  kb::Snapshots snapshots{store};
  kb::HostPassages host{store};
  STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(id));
  STUBKEEPER_ASSIGN(const auto document, snapshots.get_document(snapshot.document_id));
  STUBKEEPER_ASSIGN(const std::string text, snapshots.text(snapshot));
  STUBKEEPER_ASSIGN(const auto passages, snapshots.passages(id));
  std::vector<std::string> own;
  for (const kb::Passage& passage : passages) {
    STUBKEEPER_ASSIGN(const bool repeats, host.repeats(document, passage.likeness_sha256));
    if (repeats) continue;
    own.push_back(crawler::likeness(
        std::string_view{text}.substr(passage.begin_byte, passage.end_byte - passage.begin_byte)));
  }
  return kb::Stories{store}.sign(id, crawler::story_signature(own));
}

}  // namespace

Status sign_old_stories(kb::Store& store) {
  STUBKEEPER_ASSIGN(const auto old, kb::Stories{store}.without_signature());
  constexpr std::size_t snapshots_of_a_step = 100;
  for (std::size_t begin = 0; begin < old.size(); begin += snapshots_of_a_step) {
    STUBKEEPER_TRY(store.atomically([&]() -> Status {
      for (std::size_t i = begin; i < std::min(begin + snapshots_of_a_step, old.size()); ++i)
        STUBKEEPER_TRY(sign(store, old[i]));
      return {};
    }));
  }
  return {};
}

}  // namespace stubkeeper::cron
