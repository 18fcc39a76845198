#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/world/world.h"

namespace stubkeeper::world {

// A request that the web of a world got.
struct WebRequest {
  int day = 0;
  std::string host;
  std::string path;
  int status = 0;
  std::string address() const { return "http://" + host + path; }
};

// The web of a world as an HTTP proxy on a loopback port, for as long as the object lives: requests for
// http://HOST/PATH are answered by answer_request() of the day that is set. Conditional requests get a 304.
class WebServer {
 public:
  // Keeps a reference to the world. Error: throws std::runtime_error where no port can be had.
  explicit WebServer(const World& world);
  ~WebServer();
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

  // What http_proxy names.
  std::string address() const;
  void set_day(int day);
  // Gives the requests since the last call, robots.txt left out, in their order.
  std::vector<WebRequest> take_requests();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stubkeeper::world
