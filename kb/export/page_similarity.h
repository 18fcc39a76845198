#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

namespace stubkeeper::kb {

// From this share of common text on, one page is taken for the other, edited.
inline constexpr double min_page_similarity = 0.5;

// A page as its blocks, for comparing it with others.
class PageBlocks {
 public:
  explicit PageBlocks(const std::string& page);

  // The share of the larger page that both have, in bytes of equal blocks: 0 to 1.
  double similarity(const PageBlocks& other) const;

 private:
  std::unordered_map<std::string, std::size_t> blocks_;  // the count of each
  std::size_t size_ = 0;                                 // of all of them
};

}  // namespace stubkeeper::kb
