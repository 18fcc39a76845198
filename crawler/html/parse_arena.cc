#include "crawler/html/parse_arena.h"

#include <algorithm>
#include <new>

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t least_chunk_bytes = 1 << 16;
constexpr std::size_t most_chunk_bytes = 1 << 24;
constexpr std::size_t calls_between_looks_at_the_clock = 4096;

}  // namespace

ParseArena::ParseArena(std::size_t max_bytes, std::chrono::seconds most_time)
    : max_bytes_(max_bytes), deadline_(std::chrono::steady_clock::now() + most_time) {}

void* ParseArena::allocate(void* arena, std::size_t bytes) {
  auto* self = static_cast<ParseArena*>(arena);
  void* memory = self->take(bytes);
  if (memory == nullptr) std::longjmp(self->exhausted, 1);
  return memory;
}

void ParseArena::release(void* arena, void* memory) {
  if (memory == nullptr) return;
  auto* self = static_cast<ParseArena*>(arena);
  const std::size_t units = (static_cast<Head*>(memory) - 1)->units;
  if (units > most_units_given_again) return;
  self->returned_[units] = new (memory) Returned{self->returned_[units]};
}

void* ParseArena::take(std::size_t bytes) {
  if (++calls_ % calls_between_looks_at_the_clock == 0 && std::chrono::steady_clock::now() > deadline_)
    return nullptr;
  static_assert(sizeof(Head) == unit && sizeof(Returned) <= unit);
  if (bytes > max_bytes_) return nullptr;
  const std::size_t units = std::max<std::size_t>((bytes + unit - 1) / unit, 1);
  if (units <= most_units_given_again && returned_[units] != nullptr) {
    Returned* memory = returned_[units];
    returned_[units] = memory->next;
    return memory;
  }
  std::byte* piece = take_from_chunk((units + 1) * unit);
  return piece == nullptr ? nullptr : new (piece) Head{units} + 1;
}

std::byte* ParseArena::take_from_chunk(std::size_t bytes) {
  if (bytes > free_bytes_) {
    // As much again as there is, so that small fragments stay small and large pages take few chunks.
    const std::size_t size = std::max(bytes, std::clamp(used_bytes_, least_chunk_bytes, most_chunk_bytes));
    if (size > max_bytes_ - used_bytes_) return nullptr;
    std::unique_ptr<std::byte[]> chunk{new (std::nothrow) std::byte[size]};
    if (chunk == nullptr) return nullptr;
    used_bytes_ += size;
    free_ = chunk.get();
    free_bytes_ = size;
    chunks_.push_back(std::move(chunk));
  }
  std::byte* piece = free_;
  free_ += bytes;
  free_bytes_ -= bytes;
  return piece;
}

}  // namespace stubkeeper::crawler
