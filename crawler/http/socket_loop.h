#pragma once

#include <curl/curl.h>
#include <poll.h>

#include <chrono>
#include <optional>
#include <vector>

namespace stubkeeper::crawler {

// The sockets and timers of a curl multi handle: curl is told which socket is ready, instead of looking at
// all transfers each time (curl_multi_socket_action). The multi handle must outlive it, and have no transfers
// when it is made.
class SocketLoop {
 public:
  explicit SocketLoop(CURLM* multi);
  ~SocketLoop();
  SocketLoop(const SocketLoop&) = delete;
  SocketLoop& operator=(const SocketLoop&) = delete;

  // Lets transfers that were added, and those whose time has come, go on as far as they can without waiting.
  void advance();
  // Waits until a socket is ready, a timer has run out or `most` has gone by, and lets what can go on go on.
  void wait(std::chrono::milliseconds timeout);

 private:
  static int on_socket(CURL* easy, curl_socket_t socket, int wanted, void* self, void* assigned);
  static int on_timer(CURLM* multi, long milliseconds, void* self);

  CURLM* multi_;
  std::vector<pollfd> sockets_;
  std::vector<pollfd> ready_;
  // Transfers' timers, and so in the machine's time, whatever the pace between requests is.
  std::optional<std::chrono::steady_clock::time_point> timer_;
};

}  // namespace stubkeeper::crawler
