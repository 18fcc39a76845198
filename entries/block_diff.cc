#include "entries/block_diff.h"

#include <array>
#include <functional>
#include <map>

#include "entries/block_ids.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

using Kind = BlockDifference::Kind;

std::function<std::string()> make_id_generator(std::string prefix) {
  return [prefix = std::move(prefix), next = 0]() mutable { return prefix + std::to_string(++next); };
}

BlockDifference whole_block_difference(Kind kind, const Document& document, const Block& block) {
  const auto run = kind == Kind::kept      ? WordRun::Kind::kept
                   : kind == Kind::removed ? WordRun::Kind::removed
                                           : WordRun::Kind::added;
  return {kind, block.kind, {{run, std::string{strip_line_endings(document.text(block))}}}};
}

}  // namespace

const char* block_difference_name(BlockDifference::Kind kind) {
  static constexpr std::array names{"kept", "changed", "added", "removed"};  // in the order of Kind
  return names[static_cast<std::size_t>(kind)];
}

std::vector<BlockDifference> block_diff(std::string_view before, std::string_view after) {
  const IdentifiedDocument old = assign_new_ids(Document::parse(std::string{before}), make_id_generator("o"));
  const IdentifiedDocument now = carry_ids(old, Document::parse(std::string{after}), make_id_generator("n"));
  const auto& old_blocks = old.document.blocks();
  const auto& new_blocks = now.document.blocks();

  std::map<std::string, std::size_t> new_by_id;
  for (std::size_t i = 0; i < new_blocks.size(); ++i) new_by_id[now.ids[i]] = i;
  std::map<std::string, std::size_t> old_by_id;
  for (std::size_t i = 0; i < old_blocks.size(); ++i) old_by_id[old.ids[i]] = i;

  std::vector<BlockDifference> differences;
  std::size_t next_old_block = 0;  // removed blocks before it are appended
  const auto append_removed = [&](std::size_t end) {
    for (; next_old_block < end; ++next_old_block) {
      if (old_blocks[next_old_block].kind == BlockKind::blank || new_by_id.contains(old.ids[next_old_block]))
        continue;
      differences.push_back(whole_block_difference(Kind::removed, old.document, old_blocks[next_old_block]));
    }
  };
  for (std::size_t i = 0; i < new_blocks.size(); ++i) {
    if (new_blocks[i].kind == BlockKind::blank) continue;
    const auto match = old_by_id.find(now.ids[i]);
    if (match == old_by_id.end()) {
      differences.push_back(whole_block_difference(Kind::added, now.document, new_blocks[i]));
      continue;
    }
    append_removed(match->second);
    const std::string_view was = strip_line_endings(old.document.text(old_blocks[match->second]));
    const std::string_view is = strip_line_endings(now.document.text(new_blocks[i]));
    if (was == is) {
      differences.push_back(whole_block_difference(Kind::kept, now.document, new_blocks[i]));
    } else {
      differences.push_back({Kind::changed, new_blocks[i].kind, merge_small_gaps(word_diff(was, is))});
    }
  }
  append_removed(old_blocks.size());
  return differences;
}

std::vector<WordRun> merge_small_gaps(std::vector<WordRun> runs) {
  std::vector<WordRun> readable;
  std::string removed;
  std::string added;
  const auto flush_change = [&] {
    if (!removed.empty()) readable.push_back({WordRun::Kind::removed, std::move(removed)});
    if (!added.empty()) readable.push_back({WordRun::Kind::added, std::move(added)});
    removed.clear();
    added.clear();
  };
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const WordRun& run = runs[i];
    if (run.kind == WordRun::Kind::removed) {
      removed += run.text;
    } else if (run.kind == WordRun::Kind::added) {
      added += run.text;
    } else {
      const bool in_change = !removed.empty() || !added.empty();
      if (in_change && i + 1 < runs.size() && !has_word(run.text)) {
        removed += run.text;
        added += run.text;
        continue;
      }
      flush_change();
      readable.push_back(run);
    }
  }
  flush_change();
  return readable;
}

}  // namespace stubkeeper::entries
