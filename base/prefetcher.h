#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace stubkeeper {

// Things that a caller uses one after another, made by a thread of its own while the caller uses those before
// them; for work of which one half belongs to one thread and the other half to any. Where the caller would
// have to wait, it makes the next one that nobody has begun. The caller's side is for one thread.
template <typename Value>
class Prefetcher {
 public:
  using Producer = std::function<Value(std::size_t)>;

  // Begins at once. Each index in [0, count) is made once, by `produce_in_background` on the other thread or by
  // `produce_inline` within take(), none of them `max_ahead` or more before the one that was taken last. Neither
  // throws. Where the system gives no thread, all are made here.
  Prefetcher(std::size_t count, std::size_t max_ahead, Producer produce_in_background, Producer produce_inline)
      : produce_in_background_(std::move(produce_in_background)),
        produce_inline_(std::move(produce_inline)),
        max_ahead_(max_ahead),
        values_(count) {
    try {
      worker_ = std::thread{[this] { produce_all(); }};
    } catch (const std::system_error&) {
      // take() makes them.
    }
  }

  // Waits for what is being made, and leaves the rest.
  ~Prefetcher() {
    {
      const std::lock_guard lock{mutex_};
      stopped_ = true;
    }
    progress_.notify_all();
    if (worker_.joinable()) worker_.join();
  }

  Prefetcher(const Prefetcher&) = delete;
  Prefetcher& operator=(const Prefetcher&) = delete;

  // To be called with 0, 1, 2, ...
  Value take(std::size_t index) {
    std::unique_lock lock{mutex_};
    consumer_index_ = index;
    progress_.notify_all();
    while (!values_[index]) {
      if (can_start_next()) {
        produce_next(lock, produce_inline_);
      } else {
        progress_.wait(lock);
      }
    }
    return *std::exchange(values_[index], std::nullopt);
  }

 private:
  bool can_start_next() const { return next_ < values_.size() && next_ < consumer_index_ + max_ahead_; }

  void produce_next(std::unique_lock<std::mutex>& lock, const Producer& make) {
    const std::size_t index = next_++;
    lock.unlock();
    Value thing = make(index);
    lock.lock();
    values_[index] = std::move(thing);
    progress_.notify_all();
  }

  void produce_all() {
    std::unique_lock lock{mutex_};
    while (!stopped_ && next_ < values_.size()) {
      if (can_start_next()) {
        produce_next(lock, produce_in_background_);
      } else {
        progress_.wait(lock);
      }
    }
  }

  const Producer produce_in_background_;
  const Producer produce_inline_;
  const std::size_t max_ahead_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable progress_;
  std::vector<std::optional<Value>> values_;
  std::size_t consumer_index_ = 0;  // of the caller
  std::size_t next_ = 0;  // that nobody has begun
  bool stopped_ = false;
  std::thread worker_;  // last: it uses all of the above
};

}  // namespace stubkeeper
