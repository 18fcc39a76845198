#pragma once

#include <string>

#include "tests/world/world.h"

namespace stubkeeper::world {

// What a host of the world says to a request.
struct WebAnswer {
  int status = 200;
  std::string body;
  std::string content_type = "text/html; charset=utf-8";
  std::string location;  // of a redirect
  std::string etag;      // "" of a page that has none
};

// The answer of a host on a day; 404 to what it does not have, robots.txt among it.
WebAnswer answer_request(const World& world, const std::string& host, const std::string& path, int day);

}  // namespace stubkeeper::world
