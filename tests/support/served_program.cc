#include "tests/support/served_program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace stubkeeper::testing {
namespace {

// The whole of the one JSON document that the program prints when it listens; the pipe stays open.
nlohmann::json read_document(int descriptor) {
  std::string text;
  char byte = 0;
  while (read(descriptor, &byte, 1) == 1) {
    text += byte;
    auto json = byte == '\n' ? nlohmann::json::parse(text, nullptr, false)
                             : nlohmann::json(nlohmann::json::value_t::discarded);
    if (!json.is_discarded()) return json;
  }
  return nlohmann::json(nlohmann::json::value_t::discarded);
}

}  // namespace

ServedProgram::ServedProgram(const std::string& kb) {
  const std::string err_file = scratch_ / "err";
  const int err = open(err_file.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  REQUIRE(err >= 0);
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  process_ = fork();
  REQUIRE(process_ >= 0);
  if (process_ == 0) {
    dup2(ends[1], 1);
    dup2(err, 2);
    close(ends[1]);
    execl(STUBKEEPER_PROGRAM, STUBKEEPER_PROGRAM, "serve", "--no-open", "--json", "--kb", kb.c_str(),
          static_cast<char*>(nullptr));
    _exit(127);
  }
  close(ends[1]);
  close(err);
  out_ = ends[0];
  const auto told = read_document(out_);
  INFO(read_file(err_file));
  REQUIRE_FALSE(told.is_discarded());
  const std::string address = told["address"];
  port_ = std::stoi(address.substr(std::string{"http://127.0.0.1:"}.size()));
  token_ = told["token"];
}

ServedProgram::~ServedProgram() {
  stop();
}

std::string ServedProgram::origin() const {
  return "http://127.0.0.1:" + std::to_string(port_);
}

int ServedProgram::stop() {
  if (process_ < 0) return -1;
  kill(process_, SIGTERM);
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  close(out_);
  err_ = read_file(scratch_ / "err");
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

TestBrowser::TestBrowser(const ServedProgram& served) : served_(served) {}

void TestBrowser::enter() {
  const auto entered = post("/enter", {{"token", served_.token()}});
  REQUIRE(entered);
  REQUIRE(entered->status == 303);
  const std::string header = entered->get_header_value("Set-Cookie");
  cookie_ = header.substr(0, header.find(';'));
}

httplib::Result TestBrowser::get(const std::string& path) {
  httplib::Client client{"127.0.0.1", served_.port()};
  auto got = client.Get(path, {{"Cookie", cookie_}, {"Sec-Fetch-Site", "none"}});
  if (got) page_ = got->body;
  return got;
}

httplib::Result TestBrowser::post(const std::string& path, const httplib::Params& fields) {
  httplib::Client client{"127.0.0.1", served_.port()};
  return client.Post(path, {{"Cookie", cookie_}, {"Sec-Fetch-Site", "same-origin"}, {"Origin", "null"}},
                     fields);
}

std::string TestBrowser::field(const std::string& name) const {
  const std::string before = "name=\"" + name + "\" value=\"";
  const std::size_t begin = page_.find(before);
  if (begin == std::string::npos) return "";
  const std::size_t value = begin + before.size();
  return page_.substr(value, page_.find('"', value) - value);
}

}  // namespace stubkeeper::testing
