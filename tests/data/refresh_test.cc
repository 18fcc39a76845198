// Real pages, served on loopback with ETags, as the sources of real entries and of new stubs.

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/data/real_data.h"
#include "tests/data/real_pages.h"
#include "tests/data/section.h"
#include "tests/support/catch.h"
#include "tests/support/loopback_server.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper::testing;
namespace fs = std::filesystem;

namespace {

nlohmann::json json_of(const ProgramResult& result) {
  INFO(result.out << result.err);
  auto json = nlohmann::json::parse(result.out, nullptr, false);
  REQUIRE_FALSE(json.is_discarded());
  return json;
}

// Where an editor would add a sentence: behind the paragraph that is surely part of what the page is about.
std::size_t end_of_longest_paragraph(const std::string& html) {
  std::size_t best = 0;
  std::size_t longest = 0;
  for (std::size_t at = html.find("<p>"); at != std::string::npos; at = html.find("<p>", at + 1)) {
    const std::size_t end = html.find("</p>", at);
    if (end == std::string::npos) break;
    // A paragraph that holds a box is the box of something else.
    if (html.substr(at, end - at).find("<div") != std::string::npos) continue;
    if (end - at > longest) {
      longest = end - at;
      best = end + 4;
    }
  }
  REQUIRE(best > 0);
  return best;
}

// The entries with a proposal in a refresh's report, sorted.
std::vector<std::string> proposed_for(const nlohmann::json& report) {
  std::vector<std::string> entries;
  for (const auto& proposal : report["proposals"]) entries.push_back(proposal["entry"]);
  std::sort(entries.begin(), entries.end());
  return entries;
}

}  // namespace

TEST_CASE("what real pages and a real feed say goes out, and what did not change costs nothing") {
  const std::string data = real_data();
  if (data.empty()) return;
  const TemporaryFolder folder;
  const std::string kb = folder / "kb";
  const std::string section = folder / "section";
  REQUIRE(run_stubkeeper({"init", kb, "--site", section}).exit_code == 0);
  REQUIRE(run_stubkeeper({"import", "--kb", kb, data + "/research-section"}).exit_code == 0);

  LoopbackServer server;
  write_file(kb + "/stubkeeper.toml", "[site]\ncontent = \"" + section +
                                          "\"\n[fetch]\ndelay_ms = 0\nparallel_per_host = 8\n" +
                                          "allow_addresses = [\"" + server.host_and_port() + "\"]\n");
  constexpr std::size_t min_pages = 50;
  const auto pages = real_articles(data, 60);
  REQUIRE(pages.size() >= min_pages);
  // Every third is a source of a real entry, the others begin stubs.
  const std::vector<std::string> real_entries{
      "datacenters/cooling/corintis", "energy/batteries/factorial-energy", "datacenters/cooling/submer"};
  std::vector<std::string> entry_of_page;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    server.serve_page(pages[i].path, pages[i].html);
    const bool real = i % 3 == 0;
    entry_of_page.push_back(real ? real_entries[i / 3 % real_entries.size()]
                                 : "from-the-web/page-" + pages[i].path.substr(1, 4));
    std::vector<std::string> add{
        "source", "add", "--kb", kb, server.address(pages[i].path), "--entry", entry_of_page.back()};
    if (!real) add.insert(add.end(), {"--title", pages[i].title});
    const auto added = run_stubkeeper(add);
    INFO(added.err);
    REQUIRE(added.exit_code == 0);
  }
  server.serve_page("/feed.xml", read_file(data + "/feeds/infinite-unknown.xml"), "application/rss+xml");
  REQUIRE(run_stubkeeper({"source", "add", "--kb", kb, server.address("/feed.xml"), "--type", "feed",
                          "--entry", "from-the-web/infinite-unknown", "--title", "Infinite Unknown"})
              .exit_code == 0);

  const std::vector<std::string> refresh{
      "refresh", "--kb", kb, "--json", "--force", "--source", server.address("/") + "*"};
  const auto first = run_stubkeeper(refresh);
  const auto report = json_of(first);
  CHECK(first.exit_code == 0);
  CHECK(report["snapshots"].get<std::size_t>() >= min_pages);
  CHECK(proposed_for(report).size() > min_pages / 2);
  CHECK(run_stubkeeper({"review", "approve", "--kb", kb, "--all-unflagged"}).exit_code == 0);
  CHECK(run_stubkeeper({"export", "--kb", kb}).exit_code == 0);
  const auto exported = read_files_below(section);
  CHECK(exported.size() > 379);
  build_with_hugo(section, folder.path());

  // Every quote stands in the store where its citation says.
  const auto doctor = run_stubkeeper({"doctor", "--kb", kb});
  INFO(doctor.out << doctor.err);
  CHECK(doctor.exit_code == 0);

  // A second refresh asks for each source, is answered 304, and brings nothing.
  server.forget_requests();
  const auto again = json_of(run_stubkeeper(refresh));
  CHECK(again["snapshots"] == 0);
  CHECK(proposed_for(again).empty());
  CHECK(server.status_count(304) == static_cast<int>(pages.size()) + 1);
  CHECK(server.status_count(200) == 0);
  CHECK(run_stubkeeper({"export", "--kb", kb}).out.find("0 written") != std::string::npos);
  CHECK(describe_differences(exported, read_files_below(section)) == "");

  // Five changed pages bring proposals for their entries alone.
  std::vector<std::string> expected;
  for (const std::size_t i : {1U, 4U, 10U, 31U, 49U}) {
    std::string html = pages[i].html;
    const std::string news =
        "<p>" + pages[i].title + " opened a new laboratory in Basel on 4 November 2026 with 37 people.</p>";
    html.insert(end_of_longest_paragraph(html), news);
    server.serve_page(pages[i].path, html);
    expected.push_back(entry_of_page[i]);
  }
  std::sort(expected.begin(), expected.end());
  const auto changed = json_of(run_stubkeeper(refresh));
  CHECK(changed["snapshots"] == 5);
  CHECK(proposed_for(changed) == expected);
}
