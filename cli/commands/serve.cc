#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <ostream>

#include "cli/commands/commands.h"
#include "cli/exit_code.h"
#include "cli/json_output.h"
#include "cli/serve/browser_launcher.h"
#include "cli/serve/page_server.h"
#include "cli/serve/review_site.h"

namespace stubkeeper::cli {
namespace {

struct Options {
  int port = 0;
  bool no_open = false;
};

Result<int> serve(const Session& session, const Options& options) {
  Environment& environment = session.environment;
  // What is wrong with the knowledge base is said here, where it can be mended.
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
  CLI::App* command = session.add_command(program, "serve",
                                          "The same review as a page in the browser, for this machine alone",
                                          "  stubkeeper serve\n"
                                          "  stubkeeper serve --port 8420 --no-open\n\n"
                                          "Prints an address with a token, and opens it where there is a "
                                          "desktop. Only 127.0.0.1 is listened on, and "
                                          "nothing is given without the token.");
  command->add_option("--port", options->port, "Port of 127.0.0.1 to listen on; 0 for any that is free")
      ->type_name("N")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  command->add_flag("--no-open", options->no_open, "Do not open a browser");
  command->callback(
      [&session, options] { session.chosen = [&session, options] { return serve(session, *options); }; });
}

}  // namespace stubkeeper::cli
