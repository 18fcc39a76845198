// Real pages drafted by a model of every endpoint class. What the endpoints say was made by hand, of the
// requests' own passages (tests/support/unreliable_model.h).

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/data/real_data.h"
#include "tests/data/real_pages.h"
#include "tests/support/catch.h"
#include "tests/support/endpoint_classes.h"
#include "tests/support/loopback_server.h"
#include "tests/support/number_from_environment.h"
#include "tests/support/program.h"
#include "tests/support/program_steps.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper::testing;
using nlohmann::json;

namespace fs = std::filesystem;

namespace {

std::string configuration(const LoopbackServer& server, const ModelServer& model, const EndpointClass& kind,
                          double dollars) {
  return "[fetch]\ndelay_ms = 0\nparallel_per_host = 8\nallow_addresses = [\"" + server.host_and_port() +
         "\"]\n" + model_lines(model, kind, dollars);
}

// Some of them are walls, which are no documents.
const std::size_t max_pages = number_from_environment("STUBKEEPER_PAGES", 40);
const std::size_t min_pages = max_pages * 9 / 10;

// Those that are read soonest, but for empty shells.
std::vector<RealPage> short_articles(const std::string& data) {
  constexpr std::size_t min_page_bytes = 20'000;
  auto pages = real_articles(data, 400);
  std::erase_if(pages, [](const RealPage& page) { return page.html.size() < min_page_bytes; });
  std::sort(pages.begin(), pages.end(),
            [](const RealPage& a, const RealPage& b) { return a.html.size() < b.html.size(); });
  pages.resize(std::min(pages.size(), max_pages));
  return pages;
}

}  // namespace

TEST_CASE(
    "real pages through every endpoint class are proposed from and flagged within the budget and asked about "
    "once") {
  const std::string data = real_data();
  if (data.empty()) return;
  const TemporaryFolder folder;
  const std::string fetched = folder / "fetched";
  run_ok({"init", fetched});
  LoopbackServer server;
  const auto pages = short_articles(data);
  REQUIRE(pages.size() == max_pages);
  for (const RealPage& page : pages) {
    server.serve_page(page.path, page.html);
    write_file(folder / "section/web/page-" + page.path.substr(1, 4) + ".md",
               "---\ntitle: " + json(page.title).dump() + "\nsource_urls:\n  - \"" +
                   server.address(page.path) + "\"\n---\n\n## Key Facts\n\n- It has a page of its own.\n");
  }
  run_ok({"import", "--kb", fetched, folder / "section"});
  {
    // All is fetched, once for all classes, and waits for a model.
    EndpointResponse refusing;
    refusing.status = 401;
    const ModelServer model{{refusing}};
    write_file(fetched + "/stubkeeper.toml", configuration(server, model, endpoint_classes().front(), 5));
    const json report = refresh_report(fetched);
    REQUIRE(report["snapshots"] >= min_pages);
    REQUIRE(report["model"]["left_waiting"] >= min_pages);
  }
  for (const EndpointClass& kind : endpoint_classes()) {
    INFO(kind.provider);
    const std::string kb = folder / kind.provider;
    fs::copy(fetched, kb, fs::copy_options::recursive);
    UnreliableEndpoint played;

    // A small cap is kept, and what it does not reach waits.
    const double small_cap = 0.0045 * static_cast<double>(max_pages);
    write_file(kb + "/stubkeeper.toml", configuration(server, played.server, kind, small_cap));
    const json capped = refresh_report(kb);
    check_spending(capped, played.endpoint.tokens(), small_cap);
    const auto first_proposals = capped["proposals"].size();
    const std::int64_t first_tokens = played.endpoint.tokens();
    CHECK(first_proposals > 0);
    CHECK(capped["model"]["left_waiting"] > 0);
    CHECK_THAT(capped["model"]["out_of_budget"].get<std::string>(), ContainsSubstring("usd_per_run"));

    // The next run takes up the rest.
    constexpr double large_cap = 5;
    write_file(kb + "/stubkeeper.toml", configuration(server, played.server, kind, large_cap));
    const json rest = refresh_report(kb);
    check_spending(rest, played.endpoint.tokens() - first_tokens, large_cap);
    CHECK(rest["model"]["left_waiting"] == 0);
    CHECK(first_proposals + rest["proposals"].size() >= min_pages);
    for (const auto& [body, times] : played.endpoint.bodies()) CHECK(times == 1);
    const auto in_both = [&](const char* member) {
      return capped[member].get<int>() + rest[member].get<int>();
    };
    CHECK(static_cast<std::size_t>(played.writer.invented()) >= min_pages);
    // An entry whose name no source gives counts as what no quote bears out.
    CHECK(in_both("dropped_without_quote") == played.writer.invented() + played.writer.attacks());
    CHECK(flagged_in(capped) > 0);
    CHECK(flagged_in(capped) + flagged_in(rest) >= played.writer.overstated());

    const int answers = played.endpoint.answers();
    const json second = refresh_report(kb, true);
    CHECK(second["tokens"] == 0);
    CHECK(second["model"]["calls"] == 0);
    CHECK(second["proposals"].empty());
    CHECK(played.endpoint.answers() == answers);
  }
}
