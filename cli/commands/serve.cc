#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <ostream>

#include "cli/commands/commands.h"
#include "cli/serve/markup.h"
#include "cli/serve/page_server.h"
#include "cli/serve/review_site.h"

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

// Opens an address in the person's browser, where there is a desktop. The address has a secret, and
// every user of a machine can read the arguments of programs; so the browser gets a file that only
// this user can read and that leads there. The file goes with the object.
class BrowserLauncher {
 public:
  BrowserLauncher(const Session& session, const std::string& folder, const std::string& address) {
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
  ~BrowserLauncher() {
    if (!file_.empty()) ::unlink(file_.c_str());
  }
  BrowserLauncher(const BrowserLauncher&) = delete;
  BrowserLauncher& operator=(const BrowserLauncher&) = delete;

 private:
  std::string file_;  // "" where none was opened
};

struct Options {
  int port = 0;
  bool no_open = false;
};

Result<int> serve(const Session& session, const Options& options) {
  Environment& environment = session.environment;
  // Opened once before, so that what is wrong with it is said here.
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto server, PageServer::bind(options.port));
  STUBKEEPER_ASSIGN(auto access, Access::create(server->port()));
  ReviewSite site{session, std::move(access)};
  const std::string address = fmt::format("http://127.0.0.1:{}/enter", server->port());
  if (session.options.json) {
    print_json(session, {{"address", address}, {"token", site.token()}});
  } else {
    environment.out << fmt::format("review     {}#{}\n", address, site.token());
    session.say(
        fmt::format("           this machine alone, with this token; Ctrl-C ends it\n"
                    "           without scripts: {} and the token {}",
                    address, site.token()));
  }
  environment.out.flush();
  const std::string secret_address = address + "#" + site.token();
  std::optional<BrowserLauncher> opened;
  if (!options.no_open) opened.emplace(session, kb.paths.folder, secret_address);
  server->serve([&](const Request& request) { return site.answer(request); }, environment.keep_going);
  return done;
}

}  // namespace

void add_serve_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(program, "serve", "Review in the browser, on this machine alone",
                                          R"(  stubkeeper serve
  stubkeeper serve --port 8420 --no-open

Prints an address with a token, and opens it if there is a desktop. It listens on 127.0.0.1 only, and shows nothing
without the token.)");
  command->add_option("--port", options->port, "Port of 127.0.0.1 to listen on; 0 for any free one")
      ->type_name("N")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  command->add_flag("--no-open", options->no_open, "Do not open a browser");
  session.on_command(command, options, serve);
}

}  // namespace stubkeeper::cli
