#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "base/result.h"
#include "cli/serve/http_message.h"

namespace stubkeeper::cli {

// The age at which a connection is ended.
struct ConnectionTimeLimits {
  std::chrono::milliseconds normal{20'000};
  std::chrono::milliseconds under_load{1'000};
};

// HTTP on 127.0.0.1, by cpp-httplib: one request a connection, at most 16 at once and 64 more that
// wait, of at most 2 MB, ended at the time limits, so that open connections do not block others.
// Every answer has the headers that keep a browser from running, framing, caching or passing on
// anything (docs/serve.md). Logs nothing.
class PageServer {
 public:
  // Binds a port, 0 for any that is free. refused where it is taken.
  static Result<std::unique_ptr<PageServer>> bind(int port, ConnectionTimeLimits time_limit = {});
  ~PageServer();

  int port() const;

  // Answers requests, one at a time, until `keep_going` is false (called several times a second, in
  // this thread); open connections are ended then.
  void serve(const std::function<Response(const Request&)>& answer, const std::function<bool()>& keep_going);

 private:
  struct Listener;
  explicit PageServer(std::unique_ptr<Listener> listener);
  std::unique_ptr<Listener> listener_;
};

}  // namespace stubkeeper::cli
