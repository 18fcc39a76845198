#pragma once

#include <array>
#include <chrono>
#include <csetjmp>
#include <cstddef>
#include <memory>
#include <vector>

namespace stubkeeper::crawler {

// The memory of one parse by a C library: given out piece by piece, freed all at once; small pieces that the
// library gives back are given out again. Where `max_bytes` or the time are used up, the parse is left by
// longjmp to `exhausted`, which is safe because nothing but this memory was held on the way; the caller sets
// it. Freeing so needs no walk over a tree whose depth the input chose.
class ParseArena {
 public:
  ParseArena(std::size_t max_bytes, std::chrono::seconds most_time);
  ParseArena(const ParseArena&) = delete;
  ParseArena& operator=(const ParseArena&) = delete;

  // An allocator and a deallocator as C libraries take them; `arena` is a ParseArena. Memory is aligned for
  // pointers and whole numbers.
  static void* allocate(void* arena, std::size_t bytes);
  static void release(void* arena, void* memory);

  std::jmp_buf exhausted;

 private:
  static constexpr std::size_t unit = alignof(void*);
  static constexpr std::size_t most_units_given_again = 64;

  // Stands before each piece.
  struct Head {
    std::size_t units;  // of the piece behind it
  };
  // Stands in a piece that was given back.
  struct Returned {
    Returned* next;
  };

  void* take(std::size_t bytes);
  std::byte* take_from_chunk(std::size_t bytes);

  std::vector<std::unique_ptr<std::byte[]>> chunks_;
  std::byte* free_ = nullptr;
  std::size_t free_bytes_ = 0;
  std::size_t used_bytes_ = 0;
  std::size_t max_bytes_;
  std::array<Returned*, most_units_given_again + 1> returned_{};  // by units
  std::size_t calls_ = 0;
  std::chrono::steady_clock::time_point deadline_;
};

}  // namespace stubkeeper::crawler
