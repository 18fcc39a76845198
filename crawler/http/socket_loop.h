#pragma once

#include <curl/curl.h>
#include <poll.h>

#include <chrono>
#include <optional>
#include <vector>

namespace stubkeeper::crawler {

// The sockets and timers of a curl multi handle (curl_multi_socket_action), so that curl does not
// look at all transfers each time. The multi handle must outlive it, and have no transfers when it
// is made.
class SocketLoop {
 public:
  explicit SocketLoop(CURLM* multi);
  ~SocketLoop();
  SocketLoop(const SocketLoop&) = delete;
  SocketLoop& operator=(const SocketLoop&) = delete;

  // Continues new transfers, and those whose timer has run out, as far as they can without waiting.
  void advance();
  // Waits until a socket is ready, a timer has run out or `timeout` has passed; then continues
  // transfers.
  void wait(std::chrono::milliseconds timeout);

 private:
  static int on_socket(CURL* easy, curl_socket_t socket, int wanted, void* self, void* assigned);
  static int on_timer(CURLM* multi, long milliseconds, void* self);

  CURLM* multi_;
  std::vector<pollfd> sockets_;
  std::vector<pollfd> ready_;
  // Of transfers, and so in the machine's time.
  std::optional<std::chrono::steady_clock::time_point> timer_;
};

}  // namespace stubkeeper::crawler
