#include "cli/serve/browser_launcher.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "cli/serve/markup.h"

namespace stubkeeper::cli {
namespace {

#ifdef __APPLE__
constexpr bool always_has_desktop = true;
constexpr const char* open_command = "open";
#else
constexpr bool always_has_desktop = false;
constexpr const char* open_command = "xdg-open";
#endif

bool has_desktop(const Environment& environment) {
  return always_has_desktop || !environment.variable("DISPLAY").empty() ||
         !environment.variable("WAYLAND_DISPLAY").empty();
}

bool write_private_file(const std::string& file, const std::string& bytes) {
  const int descriptor = ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (descriptor < 0) return false;
  const bool written = ::write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  return ::close(descriptor) == 0 && written;
}

}  // namespace

BrowserLauncher::BrowserLauncher(const Session& session, const std::string& folder, const std::string& address) {
  if (!session.environment.out_is_terminal || !has_desktop(session.environment)) return;
  const std::string file = fmt::format("{}/serve-{}.html", folder, ::getpid());
  const Markup page = html(R"(<!doctype html><meta charset="utf-8"><title>stubkeeper</title>
<meta http-equiv="refresh" content="0; url={}"><p><a href="{}">Review</a></p>
)",
                           address, address);
  if (!write_private_file(file, page.text())) return;
  file_ = file;
  // In the background: some browsers end only when their window is closed.
  const std::string open =
      fmt::format("in_background() {{ {} \"$@\" >/dev/null 2>&1 & }}; in_background", open_command);
  session.environment.run_at_terminal(open, file);
}

BrowserLauncher::~BrowserLauncher() {
  if (!file_.empty()) ::unlink(file_.c_str());
}

}  // namespace stubkeeper::cli
