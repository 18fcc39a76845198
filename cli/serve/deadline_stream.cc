#include "cli/serve/deadline_stream.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

namespace stubkeeper::cli {
namespace {

constexpr std::chrono::milliseconds zero{0};
constexpr std::chrono::milliseconds poll_interval{100};

}  // namespace

DeadlineStream::DeadlineStream(socket_t socket, TimeLimit time_limit, std::size_t max_bytes)
    : socket_(socket),
      begin_(std::chrono::steady_clock::now()),
      time_limit_(std::move(time_limit)),
      remaining_bytes_(max_bytes) {}

bool DeadlineStream::wait_for(short events) const {
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(begin_ + time_limit_() -
                                                                            std::chrono::steady_clock::now());
    pollfd descriptor{socket_, events, 0};
    const int ready = ::poll(&descriptor, 1, static_cast<int>(std::clamp(left, zero, poll_interval).count()));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
    if (left <= zero) return false;
  }
}

bool DeadlineStream::is_readable() const {
  return read_offset_ < buffered_ || wait_for(POLLIN);
}
bool DeadlineStream::is_writable() const {
  return wait_for(POLLOUT);
}

ssize_t DeadlineStream::read(char* bytes, std::size_t size) {
  if (read_offset_ == buffered_) {
    const std::size_t max_count = std::min(buffer_.size(), remaining_bytes_);
    if (max_count == 0 || !wait_for(POLLIN)) return -1;
    const ssize_t count = ::recv(socket_, buffer_.data(), max_count, 0);
    if (count <= 0) return count;
    read_offset_ = 0;
    buffered_ = static_cast<std::size_t>(count);
    remaining_bytes_ -= buffered_;
  }
  const std::size_t given = std::min(size, buffered_ - read_offset_);
  std::memcpy(bytes, buffer_.data() + read_offset_, given);
  read_offset_ += given;
  return static_cast<ssize_t>(given);
}

ssize_t DeadlineStream::write(const char* bytes, std::size_t size) {
  if (!is_writable()) return -1;
  return ::send(socket_, bytes, size, MSG_DONTWAIT);
}

// Not needed: only this machine reaches the server.
void DeadlineStream::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}
void DeadlineStream::get_local_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

time_t DeadlineStream::duration() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin_)
      .count();
}

void DeadlineStream::drain(std::chrono::milliseconds time_limit) {
  ::shutdown(socket_, SHUT_WR);
  const std::chrono::milliseconds end = std::chrono::milliseconds{duration()} + time_limit;
  time_limit_ = [end, before = std::move(time_limit_)] { return std::min(end, before()); };
  while (wait_for(POLLIN) && ::recv(socket_, buffer_.data(), buffer_.size(), 0) > 0) {
  }
}

}  // namespace stubkeeper::cli
