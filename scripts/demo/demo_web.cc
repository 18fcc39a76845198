// The web of the demonstration: serves folders on 127.0.0.1 as a well-behaved server does, with an ETag for each file (RFC 9110 §8.8.3)
// and 304 where the client has it already. What lies in an earlier folder hides the same path in a later one, so that
// `demo-web web/second web/first` is the same web some months on.

#include <httplib.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "base/sha256.h"

namespace {

httplib::Server* running = nullptr;

void stop(int) {
  if (running != nullptr) running->stop();
}

std::string content_type_of(const std::filesystem::path& file) {
  if (file.extension() == ".html") return "text/html; charset=utf-8";
  if (file.extension() == ".xml") return "application/rss+xml";
  if (file.extension() == ".atom") return "application/atom+xml";
  return "text/plain; charset=utf-8";
}

void answer(const std::vector<std::string>& folders, const httplib::Request& request, httplib::Response& response) {
  const auto path = std::filesystem::path{request.path}.lexically_normal().relative_path();
  for (const std::string& folder : folders) {
    const auto file = std::filesystem::path{folder} / path;
    std::ifstream stream{file, std::ios::binary};
    if (!std::filesystem::is_regular_file(file) || !stream) continue;
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    const std::string etag = '"' + stubkeeper::sha256_hex(bytes.str()).substr(0, 32) + '"';
    response.set_header("ETag", etag);
    if (request.get_header_value("If-None-Match") == etag) {
      response.status = 304;
    } else {
      response.set_content(bytes.str(), content_type_of(file).c_str());
    }
    return;
  }
  response.status = 404;
  response.set_content("not here\n", "text/plain");
}

}  // namespace

int main(int count, char** words) {
  int port = 0;
  std::vector<std::string> folders;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word == "--port" && i + 1 < count) {
      port = std::atoi(words[++i]);
    } else {
      folders.push_back(word);
    }
  }
  if (folders.empty()) {
    std::cerr << "usage: demo-web [--port N] FOLDER...\n";
    return 2;
  }
  httplib::Server server;
  running = &server;
  std::signal(SIGTERM, stop);
  std::signal(SIGINT, stop);
  server.Get(".*", [&](const httplib::Request& request, httplib::Response& response) {
    answer(folders, request, response);
  });
  if (port == 0) {
    port = server.bind_to_any_port("127.0.0.1");
  } else if (!server.bind_to_port("127.0.0.1", port)) {
    std::cerr << "demo-web: port " << port << " is taken\n";
    return 1;
  }
  std::cout << "http://127.0.0.1:" << port << std::endl;
  server.listen_after_bind();
  return 0;
}
