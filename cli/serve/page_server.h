#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "base/result.h"
#include "cli/serve/http_message.h"

namespace stubkeeper::cli {

// How old a connection may get before it is ended.
struct ConnectionTimeLimits {
  std::chrono::milliseconds normal{20'000};
  std::chrono::milliseconds under_load{1'000};
};

// HTTP on 127.0.0.1 alone, by cpp-httplib: one request a connection, at most 16 at once and 64 more that
// wait, each of at most 2 MB and as old as patience says, so that those who hold connections open keep nobody
// from being answered. Each answer has the headers that keep a browser from running,
// framing, caching or passing on anything (docs/serve.md lists them). Logs nothing.
class PageServer {
 public:
  // Binds a port, 0 for any that is free. refused where it is taken.
  static Result<std::unique_ptr<PageServer>> bind(int port, ConnectionTimeLimits time_limit = {});
  ~PageServer();

  int port() const;

  // Answers requests, one at a time, until `keep_going` says no (asked several times a second, from this
  // thread); connections that are open then are ended.
  void serve(const std::function<Response(const Request&)>& answer, const std::function<bool()>& keep_going);

 private:
  struct Listener;
  explicit PageServer(std::unique_ptr<Listener> listener);
  std::unique_ptr<Listener> listener_;
};

}  // namespace stubkeeper::cli
