#include "base/prefetcher.h"

#include <atomic>
#include <string>

#include "tests/support/catch.h"

using namespace stubkeeper;

TEST_CASE("things are made once each and come in their order") {
  std::vector<std::atomic<int>> made(1'000);
  const auto make = [&](std::size_t i) {
    ++made[i];
    return std::to_string(i);
  };
  for (const std::size_t max_ahead : {1U, 2U, 200U, 5'000U}) {
    for (std::atomic<int>& times : made) times = 0;
    Prefetcher<std::string> things{made.size(), max_ahead, make, make};
    for (std::size_t i = 0; i < made.size(); ++i) REQUIRE(things.take(i) == std::to_string(i));
    for (const std::atomic<int>& times : made) REQUIRE(times == 1);
  }
}

TEST_CASE("things are made before they are asked for, up to so many ahead") {
  std::atomic<std::size_t> made{0};
  Prefetcher<int> things{100, 10,
                        [&](std::size_t i) {
                          ++made;
                          return static_cast<int>(i);
                        },
                        [](std::size_t) { return -1; }};
  // Without another thread at work this would wait for ever.
  while (made < 10) std::this_thread::yield();
  for (std::size_t i = 0; i < 10; ++i) {
    CHECK(made <= 10 + i);
    CHECK(things.take(i) == static_cast<int>(i));
  }
}

TEST_CASE("who would have to wait makes the next thing meanwhile") {
  std::atomic<bool> first_started{false};
  std::atomic<bool> second_produced{false};
  Prefetcher<std::string> things{2, 10,
                                [&](std::size_t i) {
                                  first_started = true;
                                  while (!second_produced) std::this_thread::yield();
                                  return "elsewhere " + std::to_string(i);
                                },
                                [&](std::size_t i) {
                                  second_produced = true;
                                  return "here " + std::to_string(i);
                                }};
  while (!first_started) std::this_thread::yield();
  CHECK(things.take(0) == "elsewhere 0");
  CHECK(things.take(1) == "here 1");
}

TEST_CASE("what nobody asks for any more is left") {
  std::atomic<std::size_t> made{0};
  {
    const auto make = [&](std::size_t) { return static_cast<int>(++made); };
    Prefetcher<int> things{1'000'000, 5, make, make};
    static_cast<void>(things.take(0));
  }
  CHECK(made <= 6);
  const auto never = [](std::size_t) {
    FAIL("there is nothing to make");
    return 0;
  };
  const Prefetcher<int> none{0, 5, never, never};
}
