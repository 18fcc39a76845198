// A program without sanitizers that limits and seals itself, and then goes too far. The first argument says how:
//   memory: takes memory and touches it     address-space: asks for more than it may have
//   time: computes for ever                 files, network, process: tries to open, connect, fork; 0 where refused
//   reading: 0 where what was opened before can be read to its end

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>
#include <string_view>

#include "base/process_limits.h"
#include "base/process_seal.h"

namespace {

constexpr int out_of_memory = 70;
constexpr std::size_t megabyte = 1'000'000;

void take_memory(std::size_t step) {
  constexpr std::size_t page = 4'096;
  for (;;) {
    volatile char* bytes = new char[step];
    for (std::size_t i = 0; i < step; i += page) bytes[i] = 1;
  }
}

int compute() {
  for (volatile unsigned count = 0;; count = count + 1) {
  }
}

int is_refused(int result) {
  return result < 0 ? 0 : 1;
}

int read_all(int file) {
  char buffer[64];
  ssize_t count = 0;
  while ((count = ::read(file, buffer, sizeof buffer)) > 0) continue;
  return count == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view way = argc > 1 ? argv[1] : "";
  const int open_before = ::open("/etc/hostname", O_RDONLY);
  stubkeeper::limit_this_process({std::chrono::seconds{1}, 200 * megabyte, out_of_memory});
  stubkeeper::seal_this_process({"/nowhere", "/usr/share"});
  if (way == "memory") take_memory(megabyte);
  if (way == "address-space") take_memory(2'000 * megabyte);
  if (way == "time") return compute();
  if (way == "files") return is_refused(::open("/etc/hostname", O_RDONLY));
  if (way == "readable-folder") return 1 - is_refused(::open("/usr/share", O_RDONLY | O_DIRECTORY));
  if (way == "writing") return is_refused(::open("/usr/share/stubkeeper-test", O_WRONLY | O_CREAT, 0600));
  if (way == "network") return is_refused(::socket(AF_INET, SOCK_STREAM, 0));
  if (way == "process") return is_refused(::fork());
  if (way == "reading") return read_all(open_before);
  return 2;
}
