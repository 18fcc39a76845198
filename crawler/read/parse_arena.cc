#include "crawler/read/parse_arena.h"

#include <algorithm>
#include <new>

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t least_chunk_bytes = 1 << 16;
constexpr std::size_t most_chunk_bytes = 1 << 24;
constexpr std::size_t calls_between_looks_at_the_clock = 4096;

}  // namespace

ParseArena::ParseArena(std::size_t most_bytes, std::chrono::seconds most_time)
    : most_bytes_(most_bytes), deadline_(std::chrono::steady_clock::now() + most_time) {}

void* ParseArena::allocate(void* arena, std::size_t bytes) {
  auto* self = static_cast<ParseArena*>(arena);
  void* memory = self->take(bytes);
  if (memory == nullptr) std::longjmp(self->exhausted, 1);
  return memory;
}

void ParseArena::release(void*, void*) {}

void* ParseArena::take(std::size_t bytes) {
  if (++calls_ % calls_between_looks_at_the_clock == 0 && std::chrono::steady_clock::now() > deadline_)
    return nullptr;
  constexpr std::size_t unit = alignof(std::max_align_t);
  bytes = (std::max<std::size_t>(bytes, 1) + unit - 1) / unit * unit;
  if (bytes > free_bytes_) {
    // As much again as there is, so that small fragments stay small and large pages take few chunks.
    const std::size_t size = std::max(bytes, std::clamp(used_bytes_, least_chunk_bytes, most_chunk_bytes));
    if (size > most_bytes_ - used_bytes_) return nullptr;
    std::unique_ptr<std::byte[]> chunk{new (std::nothrow) std::byte[size]};
    if (chunk == nullptr) return nullptr;
    used_bytes_ += size;
    free_ = chunk.get();
    free_bytes_ = size;
    chunks_.push_back(std::move(chunk));
  }
  void* memory = free_;
  free_ += bytes;
  free_bytes_ -= bytes;
  return memory;
}

}  // namespace stubkeeper::crawler
