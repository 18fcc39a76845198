#include "review/related_entries.h"

#include <algorithm>

#include "base/text/strings.h"

namespace stubkeeper::review {
namespace {

constexpr std::size_t max_related = 12;
constexpr std::size_t max_neighbours = 4;

bool is_linkable(const kb::Entry& entry) {
  return entry.kind == kb::EntryKind::entry && entry.state == kb::EntryState::published;
}

std::vector<std::string> published_files(const std::vector<kb::Entry>& all) {
  std::vector<std::string> files;
  for (const kb::Entry& entry : all)
    if (entry.state == kb::EntryState::published) files.push_back(entry.file);
  return files;
}

std::string snapshot_text(const llm::Task& task, std::int64_t snapshot_id) {
  for (const llm::TaskSnapshot& snapshot : task.snapshots)
    if (snapshot.id == snapshot_id) return snapshot.text;
  return "";
}

}  // namespace

RelatedEntries::RelatedEntries(const std::vector<kb::Entry>& all) : pages_(published_files(all)) {
  for (const kb::Entry& entry : all) {
    if (!is_linkable(entry)) continue;
    entries_.emplace(entry.id, entry);
    by_folder_[std::string{parent_folder(entry.path)}].push_back(entry.id);
    subjects_.add(entry.id, entry.title);
  }
}

std::vector<llm::RelatedEntry> RelatedEntries::select(const kb::Entry& entry, const llm::Task& task) const {
  std::vector<kb::Id> chosen;
  const auto choose = [&](kb::Id id, std::size_t max_count) {
    // One of the same title would be taken for the entry itself.
    const bool is_other = id != entry.id && entries_.at(id).title != entry.title;
    if (is_other && chosen.size() < max_count) add_once(chosen, id);
  };
  for (const llm::TaskPassage& passage : task.passages) {
    if (chosen.size() == max_related) break;
    for (const kb::Id id : subjects_.find_mentions(passage.text, snapshot_text(task, passage.snapshot_id)))
      choose(id, max_related);
  }
  const std::size_t max_count = std::min(max_related, chosen.size() + max_neighbours);
  if (const auto neighbours = by_folder_.find(std::string{parent_folder(entry.path)}); neighbours != by_folder_.end())
    for (const kb::Id id : neighbours->second) choose(id, max_count);
  return listed(entry, chosen);
}

std::vector<llm::RelatedEntry> RelatedEntries::listed(const kb::Entry& entry,
                                                      const std::vector<kb::Id>& ids) const {
  std::vector<llm::RelatedEntry> related;
  for (const kb::Id id : ids) {
    const auto other = entries_.find(id);
    related.push_back(other == entries_.end()
                          ? llm::RelatedEntry{}
                          : llm::RelatedEntry{other->second.path, other->second.title,
                                              pages_.reference(entry.file, other->second.file)});
  }
  return related;
}

}  // namespace stubkeeper::review
