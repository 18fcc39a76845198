#include "crawler/http/socket_loop.h"

#include <algorithm>

namespace stubkeeper::crawler {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

short to_poll_events(int wanted) {
  switch (wanted) {
    case CURL_POLL_IN:
      return POLLIN;
    case CURL_POLL_OUT:
      return POLLOUT;
    case CURL_POLL_INOUT:
      return POLLIN | POLLOUT;
    default:
      return 0;
  }
}

int to_curl_actions(short events) {
  int actions = 0;
  if ((events & (POLLIN | POLLHUP)) != 0) actions |= CURL_CSELECT_IN;
  if ((events & POLLOUT) != 0) actions |= CURL_CSELECT_OUT;
  if ((events & (POLLERR | POLLNVAL)) != 0) actions |= CURL_CSELECT_ERR;
  return actions;
}

}  // namespace

SocketLoop::SocketLoop(CURLM* multi) : multi_(multi) {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &SocketLoop::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &SocketLoop::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
}

SocketLoop::~SocketLoop() {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, nullptr);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, nullptr);
}

void SocketLoop::advance() {
  if (!timer_ || *timer_ > SteadyClock::now()) return;
  timer_.reset();
  int running = 0;
  curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
}

void SocketLoop::wait(milliseconds timeout) {
  milliseconds time = timeout;
  if (timer_) time = std::min(time, std::chrono::ceil<milliseconds>(*timer_ - SteadyClock::now()));
  time = std::max(time, milliseconds{0});
  ready_ = sockets_;
  if (::poll(ready_.data(), static_cast<nfds_t>(ready_.size()), static_cast<int>(time.count())) > 0) {
    int running = 0;
    for (const pollfd& socket : ready_) {
      if (socket.revents != 0)
        curl_multi_socket_action(multi_, socket.fd, to_curl_actions(socket.revents), &running);
    }
  }
  advance();
}

int SocketLoop::on_socket(CURL*, curl_socket_t socket, int wanted, void* self, void*) {
  std::vector<pollfd>& sockets = static_cast<SocketLoop*>(self)->sockets_;
  const auto known =
      std::find_if(sockets.begin(), sockets.end(), [&](const pollfd& each) { return each.fd == socket; });
  if (wanted == CURL_POLL_REMOVE) {
    if (known != sockets.end()) sockets.erase(known);
  } else if (known != sockets.end()) {
    known->events = to_poll_events(wanted);
  } else {
    sockets.push_back({socket, to_poll_events(wanted), 0});
  }
  return 0;
}

int SocketLoop::on_timer(CURLM*, long time, void* self) {
  auto& timer = static_cast<SocketLoop*>(self)->timer_;
  if (time < 0) {
    timer.reset();
  } else {
    timer = SteadyClock::now() + milliseconds{time};
  }
  return 0;
}

}  // namespace stubkeeper::crawler
