#include "kb/export/page_similarity.h"

#include <algorithm>

#include "entries/document.h"

namespace stubkeeper::kb {

PageBlocks::PageBlocks(const std::string& page) {
  const entries::Document document = entries::Document::parse(page);
  for (const entries::Block& block : document.blocks()) {
    if (block.kind == entries::BlockKind::blank) continue;
    const std::string_view text = document.text(block);
    ++blocks_[std::string{text}];
    size_ += text.size();
  }
}

double PageBlocks::similarity(const PageBlocks& other) const {
  std::size_t shared = 0;
  for (const auto& [text, times] : blocks_) {
    const auto found = other.blocks_.find(text);
    if (found != other.blocks_.end()) shared += text.size() * std::min(times, found->second);
  }
  const std::size_t larger = std::max(size_, other.size_);
  return larger == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(larger);
}

}  // namespace stubkeeper::kb
