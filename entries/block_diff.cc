#include "entries/block_diff.h"

#include <algorithm>
#include <functional>
#include <map>

#include "entries/identity.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

std::function<std::string()> numbered(std::string prefix) {
  return [prefix = std::move(prefix), next = 0]() mutable { return prefix + std::to_string(++next); };
}

BlockDifference whole(BlockDifference::Kind kind, const Document& document, const Block& block) {
  const auto run = kind == BlockDifference::Kind::kept      ? WordRun::Kind::kept
                   : kind == BlockDifference::Kind::removed ? WordRun::Kind::removed
                                                            : WordRun::Kind::added;
  return {kind, block.kind, {{run, std::string{without_line_ends(document.text(block))}}}};
}

}  // namespace

const char* block_difference_name(BlockDifference::Kind kind) {
  switch (kind) {
    case BlockDifference::Kind::kept:
      return "kept";
    case BlockDifference::Kind::changed:
      return "changed";
    case BlockDifference::Kind::added:
      return "added";
    case BlockDifference::Kind::removed:
      return "removed";
  }
  return "kept";
}

std::vector<BlockDifference> block_diff(std::string_view before, std::string_view after) {
  const IdentifiedDocument old = fresh_ids(Document::parse(std::string{before}), numbered("o"));
  const IdentifiedDocument now = carry_ids(old, Document::parse(std::string{after}), numbered("n"));
  const auto& old_blocks = old.document.blocks();
  const auto& new_blocks = now.document.blocks();

  std::map<std::string, std::size_t> new_by_id;
  for (std::size_t i = 0; i < new_blocks.size(); ++i) new_by_id[now.ids[i]] = i;
  std::map<std::string, std::size_t> old_by_id;
  for (std::size_t i = 0; i < old_blocks.size(); ++i) old_by_id[old.ids[i]] = i;

  std::vector<BlockDifference> differences;
  std::size_t told = 0;  // old blocks before it are told, if they are gone
  const auto tell_removed = [&](std::size_t end) {
    for (; told < end; ++told) {
      if (old_blocks[told].kind == BlockKind::blank || new_by_id.contains(old.ids[told])) continue;
      differences.push_back(whole(BlockDifference::Kind::removed, old.document, old_blocks[told]));
    }
  };
  for (std::size_t i = 0; i < new_blocks.size(); ++i) {
    if (new_blocks[i].kind == BlockKind::blank) continue;
    const auto match = old_by_id.find(now.ids[i]);
    if (match == old_by_id.end()) {
      differences.push_back(whole(BlockDifference::Kind::added, now.document, new_blocks[i]));
      continue;
    }
    tell_removed(match->second);
    const std::string_view was = without_line_ends(old.document.text(old_blocks[match->second]));
    const std::string_view is = without_line_ends(now.document.text(new_blocks[i]));
    if (was == is) {
      differences.push_back(whole(BlockDifference::Kind::kept, now.document, new_blocks[i]));
    } else {
      differences.push_back(
          {BlockDifference::Kind::changed, new_blocks[i].kind, readable_runs(word_diff(was, is))});
    }
  }
  tell_removed(old_blocks.size());
  return differences;
}

std::vector<WordRun> readable_runs(std::vector<WordRun> runs) {
  std::vector<WordRun> readable;
  std::string removed;
  std::string added;
  const auto end_change = [&] {
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
      if (in_change && i + 1 < runs.size() && !holds_word(run.text)) {
        removed += run.text;
        added += run.text;
        continue;
      }
      end_change();
      readable.push_back(run);
    }
  }
  end_change();
  return readable;
}

}  // namespace stubkeeper::entries
