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
template <typename Thing>
class MadeAhead {
 public:
  using Make = std::function<Thing(std::size_t)>;

  // Begins at once. Each index in [0, count) is made once, by `make_elsewhere` on the other thread or by
  // `make_here` within take(), none of them `most_ahead` or more before the one that was taken last. Neither
  // throws. Where the system gives no thread, all are made here.
  MadeAhead(std::size_t count, std::size_t most_ahead, Make make_elsewhere, Make make_here)
      : make_elsewhere_(std::move(make_elsewhere)),
        make_here_(std::move(make_here)),
        most_ahead_(most_ahead),
        things_(count) {
    try {
      other_ = std::thread{[this] { make_all(); }};
    } catch (const std::system_error&) {
      // take() makes them.
    }
  }

  // Waits for what is being made, and leaves the rest.
  ~MadeAhead() {
    {
      const std::lock_guard lock{mutex_};
      stopped_ = true;
    }
    moved_.notify_all();
    if (other_.joinable()) other_.join();
  }

  MadeAhead(const MadeAhead&) = delete;
  MadeAhead& operator=(const MadeAhead&) = delete;

  // To be called with 0, 1, 2, ...
  Thing take(std::size_t index) {
    std::unique_lock lock{mutex_};
    turn_ = index;
    moved_.notify_all();
    while (!things_[index]) {
      if (may_begin()) {
        make_next(lock, make_here_);
      } else {
        moved_.wait(lock);
      }
    }
    return *std::exchange(things_[index], std::nullopt);
  }

 private:
  bool may_begin() const { return next_ < things_.size() && next_ < turn_ + most_ahead_; }

  void make_next(std::unique_lock<std::mutex>& lock, const Make& make) {
    const std::size_t index = next_++;
    lock.unlock();
    Thing thing = make(index);
    lock.lock();
    things_[index] = std::move(thing);
    moved_.notify_all();
  }

  void make_all() {
    std::unique_lock lock{mutex_};
    while (!stopped_ && next_ < things_.size()) {
      if (may_begin()) {
        make_next(lock, make_elsewhere_);
      } else {
        moved_.wait(lock);
      }
    }
  }

  const Make make_elsewhere_;
  const Make make_here_;
  const std::size_t most_ahead_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable moved_;
  std::vector<std::optional<Thing>> things_;
  std::size_t turn_ = 0;  // of the caller
  std::size_t next_ = 0;  // that nobody has begun
  bool stopped_ = false;
  std::thread other_;  // last: it uses all of the above
};

}  // namespace stubkeeper
