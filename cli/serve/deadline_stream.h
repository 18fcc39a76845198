#pragma once

#include <httplib.h>

#include <array>
#include <chrono>
#include <functional>
#include <string>

namespace stubkeeper::cli {

// A connection for httplib with a time limit and a byte limit, however often its client sends a
// byte. The time limit is asked for several times a second, in the thread of the connection, so
// that it can get shorter while others wait. Borrows the socket. Its members are those of
// httplib::Stream in versions 0.11 (Debian 12) and later, which have more; so none is marked
// `override`.
class DeadlineStream final : public httplib::Stream {
 public:
  using TimeLimit = std::function<std::chrono::milliseconds()>;
  DeadlineStream(socket_t socket, TimeLimit time_limit, std::size_t max_bytes);

  bool is_readable() const;
  bool is_writable() const;
  bool wait_readable() const { return is_readable(); }
  bool wait_writable() const { return is_writable(); }
  ssize_t read(char* bytes, std::size_t size);
  ssize_t write(const char* bytes, std::size_t size);
  void get_remote_ip_and_port(std::string& ip, int& port) const;
  void get_local_ip_and_port(std::string& ip, int& port) const;
  socket_t socket() const { return socket_; }
  time_t duration() const;

  // Reads and drops what the client still sends, so that closing does not cut off the answer: until
  // the client is done, or for at most `time_limit`.
  void drain(std::chrono::milliseconds time_limit);

 private:
  bool wait_for(short events) const;

  socket_t socket_;
  std::chrono::steady_clock::time_point begin_;
  TimeLimit time_limit_;
  std::size_t remaining_bytes_;
  std::array<char, 8192> buffer_{};
  std::size_t read_offset_ = 0;
  std::size_t buffered_ = 0;
};

}  // namespace stubkeeper::cli
