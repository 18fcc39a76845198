#include "cli/serve/deadline_stream.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

namespace stubkeeper::cli {
namespace {

constexpr std::chrono::milliseconds zero{0};
constexpr std::chrono::milliseconds until_asked_again{100};

}  // namespace

DeadlineStream::DeadlineStream(socket_t socket, Patience patience, std::size_t most_bytes)
    : socket_(socket),
      begin_(std::chrono::steady_clock::now()),
      patience_(std::move(patience)),
      may_receive_(most_bytes) {}

bool DeadlineStream::wait_for(short events) const {
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(begin_ + patience_() -
                                                                            std::chrono::steady_clock::now());
    pollfd descriptor{socket_, events, 0};
    const int ready =
        ::poll(&descriptor, 1, static_cast<int>(std::clamp(left, zero, until_asked_again).count()));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
    if (left <= zero) return false;
  }
}

bool DeadlineStream::is_readable() const {
  return taken_ < filled_ || wait_for(POLLIN);
}
bool DeadlineStream::is_writable() const {
  return wait_for(POLLOUT);
}

ssize_t DeadlineStream::read(char* bytes, std::size_t size) {
  if (taken_ == filled_) {
    const std::size_t most = std::min(received_.size(), may_receive_);
    if (most == 0 || !wait_for(POLLIN)) return -1;
    const ssize_t count = ::recv(socket_, received_.data(), most, 0);
    if (count <= 0) return count;
    taken_ = 0;
    filled_ = static_cast<std::size_t>(count);
    may_receive_ -= filled_;
  }
  const std::size_t given = std::min(size, filled_ - taken_);
  std::memcpy(bytes, received_.data() + taken_, given);
  taken_ += given;
  return static_cast<ssize_t>(given);
}

ssize_t DeadlineStream::write(const char* bytes, std::size_t size) {
  if (!is_writable()) return -1;
  return ::send(socket_, bytes, size, MSG_DONTWAIT);
}

// Nothing that this program answers depends on where a connection comes from: only this machine reaches it.
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

void DeadlineStream::drain(std::chrono::milliseconds patience) {
  ::shutdown(socket_, SHUT_WR);
  const std::chrono::milliseconds end = std::chrono::milliseconds{duration()} + patience;
  patience_ = [end, before = std::move(patience_)] { return std::min(end, before()); };
  while (wait_for(POLLIN) && ::recv(socket_, received_.data(), received_.size(), 0) > 0) {
  }
}

}  // namespace stubkeeper::cli
