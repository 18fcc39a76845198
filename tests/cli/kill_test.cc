// docs/architecture.md, invariant 7: whatever instruction it dies at, nothing is lost.

#include <chrono>
#include <filesystem>
#include <map>
#include <random>

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/loopback_server.h"
#include "tests/support/number_from_environment.h"
#include "tests/support/program.h"
#include "tests/support/quoting_model.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper::testing;
namespace fs = std::filesystem;

namespace {

const int kills = static_cast<int>(number_from_environment("STUBKEEPER_KILLS", 12));

// All that a person would miss, without numbers and times, which differ from run to run.
std::string read_contents(const std::string& kb) {
  return query_rows(kb, "SELECT address, state, etag, failures FROM source ORDER BY address") +
         query_rows(kb,
                 "SELECT source.address, document.identity, snapshot.text_sha256, snapshot.body_sha256 FROM "
                 "snapshot "
                 "JOIN document ON document.id = snapshot.document_id JOIN source ON source.id = "
                 "document.source_id "
                 "ORDER BY 1, 2, 3, 4") +
         query_rows(
             kb,
             "SELECT entry.path, change.kind, change.place, change.new_text, change.state, citation.quote, "
             "citation.begin_byte, citation.end_byte FROM change JOIN proposal ON proposal.id = "
             "change.proposal_id "
             "JOIN entry ON entry.id = proposal.entry_id LEFT JOIN citation ON citation.change_id = "
             "change.id "
             "ORDER BY 1, 2, 3, 4, 6") +
         query_rows(kb,
                 "SELECT entry.path, entry.state, revision.number, revision.body_sha256 FROM entry JOIN "
                 "revision ON "
                 "revision.id = entry.current_revision_id ORDER BY 1") +
         // A model's answers name passages by their numbers.
         query_rows(
             kb,
             "SELECT sha256 FROM body WHERE sha256 NOT IN (SELECT body_sha256 FROM model_answer) ORDER BY 1");
}

long measure_microseconds(const std::vector<std::string>& arguments) {
  const auto start = std::chrono::steady_clock::now();
  const auto result = run_stubkeeper(arguments);
  INFO(result.out << result.err);
  REQUIRE(result.exit_code == 0);
  return static_cast<long>(
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start)
          .count());
}

// Kills runs of a program at random moments of it.
class RandomKiller {
 public:
  // `whole`: how long one took that was let be, in microseconds.
  RandomKiller(std::uint32_t seed, long whole) : random_(seed), full_duration_(whole) {}

  void kill_one(const std::vector<std::string>& arguments) {
    at_ = std::uniform_int_distribution<long>{0, full_duration_}(random_);
    // One that ended before tells that they end earlier than the first did, as where that had to wait for the
    // processor.
    if (kill_stubkeeper_after(arguments, at_))
      ++killed_;
    else
      full_duration_ = at_;
  }
  std::string progress() const {
    return "killed after " + std::to_string(at_) + " of " + std::to_string(full_duration_) + " microseconds";
  }
  int killed() const { return killed_; }

 private:
  std::mt19937 random_;
  long full_duration_;
  long at_ = 0;
  int killed_ = 0;
};

// A knowledge base with a dozen stubs and a feed that names some of them.
std::string make_knowledge_base(const TemporaryFolder& folder, LoopbackServer& server) {
  const std::string kb = folder / "kb";
  REQUIRE(run_stubkeeper({"init", kb, "--site", folder / "site"}).exit_code == 0);
  write_file(kb + "/stubkeeper.toml", "[site]\ncontent = \"" + (folder / "site") +
                                          "\"\n[fetch]\ndelay_ms = 0\nparallel = 1\n" +
                                          "allow_addresses = [\"" + server.host_and_port() + "\"]\n");
  std::string items;
  for (int i = 0; i < 12; ++i) {
    const std::string name = "Pumpwerk" + std::string(1, static_cast<char>('A' + i)) + "n";
    server.serve_page("/" + name, page_about(name));
    REQUIRE(run_stubkeeper({"source", "add", "--kb", kb, server.address("/" + name), "--entry",
                            "pumps/" + std::to_string(i), "--title", name})
                .exit_code == 0);
    if (i % 4 == 0)
      items += "<item><guid>" + name + "</guid><title>" + name + " ships</title><description>" + name +
               " shipped 40 pumps on 2 June 2026.</description></item>";
  }
  server.serve_page("/feed.xml",
                    "<rss version=\"2.0\"><channel><title>News</title>" + items + "</channel></rss>",
                    "application/rss+xml");
  REQUIRE(run_stubkeeper({"source", "add", "--kb", kb, server.address("/feed.xml"), "--type", "feed"})
              .exit_code == 0);
  return kb;
}

}  // namespace

TEST_CASE(
    "a refresh killed at any point loses nothing, and the next one ends where an undisturbed one does") {
  LoopbackServer server;
  const TemporaryFolder folder;
  const std::string kb = make_knowledge_base(folder, server);
  const std::string pristine = folder / "pristine";
  replace_folder(kb, pristine);
  const std::vector<std::string> refresh{"refresh", "--kb", kb, "--force", "--quiet"};
  const long whole = measure_microseconds(refresh);
  const std::string undisturbed = read_contents(kb);
  REQUIRE(undisturbed.find("delivered") != std::string::npos);

  RandomKiller killer{20261123, whole};
  for (int i = 0; i < kills; ++i) {
    replace_folder(pristine, kb);
    killer.kill_one(refresh);
    INFO(killer.progress());
    check_integrity(kb);
    const auto next = run_stubkeeper(refresh);
    INFO(next.out << next.err);
    REQUIRE(next.exit_code == 0);
    check_integrity(kb);
    REQUIRE(read_contents(kb) == undisturbed);
  }
  CHECK(killer.killed() > kills / 2);
}

TEST_CASE("a refresh of unchanged sources killed at any point counts each look that it stored, once") {
  LoopbackServer server;
  const TemporaryFolder folder;
  const std::string kb = make_knowledge_base(folder, server);
  const std::vector<std::string> refresh{"refresh", "--kb", kb, "--force", "--quiet"};
  REQUIRE(run_stubkeeper(refresh).exit_code == 0);
  const std::string undisturbed = read_contents(kb);
  const std::string pristine = folder / "pristine";
  replace_folder(kb, pristine);
  const long whole = measure_microseconds(refresh);
  const std::string looks =
      "SELECT (SELECT sum(looks) FROM fetch) + (SELECT sum(quiet_looks) FROM source), sum(fetches) FROM "
      "fetch_count";
  REQUIRE(query_rows(kb, looks) == "26|26|\n");

  RandomKiller killer{20261125, whole};
  for (int i = 0; i < kills; ++i) {
    replace_folder(pristine, kb);
    killer.kill_one(refresh);
    INFO(killer.progress());
    const std::string stored = query_rows(kb, looks);
    const bool all_or_none_of_the_group = stored == "13|13|\n" || stored == "26|26|\n";
    CHECK(all_or_none_of_the_group);
    REQUIRE(run_stubkeeper(refresh).exit_code == 0);
    check_integrity(kb);
    CHECK(query_rows(kb, looks) == (stored == "13|13|\n" ? "26|26|\n" : "39|39|\n"));
    REQUIRE(read_contents(kb) == undisturbed);
  }
}

TEST_CASE(
    "an export killed at any point leaves whole files, and the next one ends where an undisturbed one does") {
  LoopbackServer server;
  const TemporaryFolder folder;
  const std::string kb = make_knowledge_base(folder, server);
  const std::string site = folder / "site";
  REQUIRE(run_stubkeeper({"refresh", "--kb", kb, "--force"}).exit_code == 0);
  REQUIRE(run_stubkeeper({"review", "approve", "--kb", kb, "1", "2"}).exit_code == 0);
  REQUIRE(run_stubkeeper({"export", "--kb", kb}).exit_code == 0);
  const auto files_of = [&] {
    std::map<std::string, std::string> files;
    for (const auto& item : fs::recursive_directory_iterator{site}) {
      if (item.is_regular_file()) files[item.path().string()] = read_file(item.path().string());
    }
    return files;
  };
  const auto old_files = files_of();
  REQUIRE(old_files.size() == 2);  // an entry and the section page made for it
  REQUIRE(run_stubkeeper({"review", "approve", "--kb", kb, "--all-unflagged"}).exit_code == 0);
  replace_folder(kb, folder / "pristine-kb");
  replace_folder(site, folder / "pristine-site");

  const std::vector<std::string> do_export{"export", "--kb", kb, "--quiet"};
  const long whole = measure_microseconds(do_export);
  const auto undisturbed = files_of();
  REQUIRE(undisturbed.size() == 13);
  const std::string contents = read_contents(kb);

  RandomKiller killer{20261124, whole};
  for (int i = 0; i < kills; ++i) {
    replace_folder(folder / "pristine-kb", kb);
    replace_folder(folder / "pristine-site", site);
    killer.kill_one(do_export);
    INFO(killer.progress());
    check_integrity(kb);
    for (const auto& [path, bytes] : files_of()) {
      if (fs::path{path}.filename().string().starts_with(".")) continue;  // no page to Hugo
      const auto old_file = old_files.find(path);
      const bool whole_file =
          bytes == undisturbed.at(path) || (old_file != old_files.end() && bytes == old_file->second);
      CHECK(whole_file);
    }
    const auto next = run_stubkeeper(do_export);
    INFO(next.out << next.err);
    REQUIRE(next.exit_code == 0);
    REQUIRE(files_of() == undisturbed);
    REQUIRE(read_contents(kb) == contents);
  }
  CHECK(killer.killed() > kills / 2);
}

TEST_CASE(
    "a refresh by a model killed at any point has booked what was answered and pays for no answer twice") {
  LoopbackServer server;
  const TemporaryFolder folder;
  const std::string kb = make_knowledge_base(folder, server);
  const std::string pristine = folder / "pristine";
  const auto configure = [&](const std::string& at, const ModelServer& model) {
    write_file(at + "/stubkeeper.toml",
               "[site]\ncontent = \"" + (folder / "site") + "\"\n[fetch]\ndelay_ms = 0\nparallel = 1\n" +
                   "allow_addresses = [\"" + server.host_and_port() +
                   "\"]\n[model]\nprovider = \"openai\"\n" +
                   "name = \"quoting\"\nfallback = \"none\"\nbase_url = \"" + model.address("/v1") +
                   "\"\n[[price]]\nhost = \"127.0.0.1\"\nmodel = \"*\"\ninput = 1000000\n" +
                   "cached_input = 1000000\ncache_write = 1000000\noutput = 4000000\n");
  };
  const std::vector<std::string> refresh{"refresh", "--kb", kb, "--quiet"};
  {
    // All is fetched and waits, so that a run is its calls and little else.
    EndpointResponse refusing;
    refusing.status = 401;
    ModelServer model{{refusing}};
    configure(kb, model);
    REQUIRE(run_stubkeeper(refresh).exit_code == 3);
    replace_folder(kb, pristine);
  }
  long whole = 0;
  std::string undisturbed;
  {
    QuotingEndpoint endpoint;
    ModelServer model{std::ref(endpoint)};
    configure(kb, model);
    whole = measure_microseconds(refresh);
    undisturbed = read_contents(kb);
    REQUIRE(endpoint.answers() == 12);
  }
  const std::string recorded = "SELECT sum(coalesce(tokens, bound_tokens)) FROM model_call";
  RandomKiller killer{20261125, whole};
  int killed_during_calls = 0;
  for (int i = 0; i < kills; ++i) {
    QuotingEndpoint endpoint;
    ModelServer model{std::ref(endpoint)};
    replace_folder(pristine, kb);
    configure(kb, model);
    killer.kill_one(refresh);
    INFO(killer.progress());
    check_integrity(kb);
    REQUIRE(std::stol(query_rows(kb, recorded)) >= endpoint.tokens());
    const long open = std::stol(query_rows(kb, "SELECT count(*) FROM model_call WHERE settled_at IS NULL"));
    if (open > 0) ++killed_during_calls;

    const auto next = run_stubkeeper(refresh);
    INFO(next.out << next.err);
    REQUIRE(next.exit_code == 0);
    check_integrity(kb);
    REQUIRE(read_contents(kb) == undisturbed);
    REQUIRE(std::stol(query_rows(kb, recorded)) >= endpoint.tokens());
    REQUIRE(query_rows(kb, "SELECT count(*) FROM model_call WHERE settled_at IS NULL") == "0|\n");
    REQUIRE(std::stol(query_rows(kb, "SELECT count(*) FROM model_call WHERE outcome = 'lost'")) == open);
    // No answer that was stored is asked for again: what was asked twice was lost with its run.
    REQUIRE(query_rows(kb,
                    "SELECT request_sha256 FROM model_call WHERE outcome = 'answered' GROUP BY 1 HAVING "
                    "count(*) > 1") == "");
    long asked_again = 0;
    for (const auto& [body, count] : endpoint.bodies()) {
      REQUIRE(count <= 2);
      if (count == 2) ++asked_again;
    }
    REQUIRE(asked_again <= open);
    if (i % 10 != 0) continue;
    const int answers = endpoint.answers();
    REQUIRE(run_stubkeeper(refresh).exit_code == 0);
    REQUIRE(endpoint.answers() == answers);
  }
  CHECK(killer.killed() > kills / 2);
  CHECK(killed_during_calls > kills / 4);
}
