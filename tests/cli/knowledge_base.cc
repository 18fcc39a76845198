#include "tests/cli/knowledge_base.h"

#include <sqlite3.h>

#include "tests/support/catch.h"

namespace stubkeeper::testing {

TestKnowledgeBase::TestKnowledgeBase() {
  const auto made = run_stubkeeper({"init", kb, "--site", site});
  INFO(made.err);
  REQUIRE(made.exit_code == 0);
  configure_model("");
}

void TestKnowledgeBase::configure_model(const std::string& toml) {
  configure("[site]\ncontent = \"" + site +
            "\"\n[fetch]\ndelay_ms = 0\nconnect_timeout_ms = 3000\ntimeout_ms = 5000\nmax_bytes = 2000000\n" +
            "allow_addresses = [\"127.0.0.1\"]\n[review]\nreviewer = \"jane\"\n" + toml);
}

ProgramResult TestKnowledgeBase::run(std::vector<std::string> arguments, const std::string& input) {
  arguments.insert(arguments.end(), {"--kb", kb});
  return run_stubkeeper(arguments, {"", variables, input});
}

ProgramResult TestKnowledgeBase::run_ok(const std::vector<std::string>& arguments) {
  auto result = run(arguments);
  INFO(arguments.front() << ": " << result.out << result.err);
  REQUIRE(result.exit_code == 0);
  return result;
}

nlohmann::json TestKnowledgeBase::json(std::vector<std::string> arguments) {
  arguments.push_back("--json");
  const auto result = run(arguments);
  INFO(result.out << result.err);
  auto parsed = nlohmann::json::parse(result.out, nullptr, false);
  REQUIRE_FALSE(parsed.is_discarded());
  return parsed;
}

void TestKnowledgeBase::add_stub(const std::string& entry, const std::string& title,
                                 const std::string& html) {
  server.serve_page("/" + entry, html);
  run_ok({"source", "add", server.address("/" + entry), "--entry", entry, "--title", title});
}

std::string TestKnowledgeBase::add_exported_stub() {
  add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  run_ok({"refresh"});
  run_ok({"review", "approve", "1"});
  run_ok({"export"});
  return site + "/pumps/basel.md";
}

void TestKnowledgeBase::sql(const std::string& statement) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open((kb + "/kb.sqlite").c_str(), &database) == SQLITE_OK);
  char* message = nullptr;
  const int code = sqlite3_exec(database, statement.c_str(), nullptr, nullptr, &message);
  INFO(statement << ": " << (message == nullptr ? "" : message));
  sqlite3_free(message);
  sqlite3_close(database);
  REQUIRE(code == SQLITE_OK);
}

void TestKnowledgeBase::configure(const std::string& toml) {
  write_file(kb + "/stubkeeper.toml", toml);
}

std::string query_rows(const std::string& kb, const std::string& sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open_v2((kb + "/kb.sqlite").c_str(), &database, SQLITE_OPEN_READWRITE, nullptr) ==
          SQLITE_OK);
  // Others may have it open.
  constexpr int busy_timeout_ms = 10'000;
  sqlite3_busy_timeout(database, busy_timeout_ms);
  std::string text;
  const auto append = [](void* to, int columns, char** values, char**) {
    for (int i = 0; i < columns; ++i)
      *static_cast<std::string*>(to) += std::string{values[i] == nullptr ? "" : values[i]} + '|';
    *static_cast<std::string*>(to) += '\n';
    return 0;
  };
  char* problem = nullptr;
  const int state = sqlite3_exec(database, sql.c_str(), append, &text, &problem);
  INFO((problem == nullptr ? "" : problem));
  REQUIRE(state == SQLITE_OK);
  sqlite3_close(database);
  return text;
}

void check_integrity(const std::string& kb) {
  CHECK(query_rows(kb, "PRAGMA integrity_check") == "ok|\n");
  CHECK(query_rows(kb, "PRAGMA foreign_key_check") == "");
}

std::string page_about(const std::string& name) {
  return "<html><head><title>" + name +
         "</title><meta property=\"article:published_time\" content=\"2026-05-07\"></head><body><main><h1>" +
         name + "</h1><p>" + name + " is a maker of pumps in Basel with 120 employees.</p><p>" + name +
         " delivered 1,800 pumps to Vienna on 5 May 2026.</p><p>" + name +
         " opened a works in Graz in April 2026.</p></main></body></html>";
}

}  // namespace stubkeeper::testing
