#include "llm/keys/secret.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <type_traits>

#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::llm;
using namespace stubkeeper::testing;
using std::chrono::milliseconds;

namespace {

const std::string canary = "sk-canary-0123456789abcdef";

Environment with(std::map<std::string, std::string> variables) {
  return [variables](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional{found->second};
  };
}

std::string key_of(const Result<std::optional<Secret>>& read) {
  if (!read.ok()) return "error: " + read.error().text();
  return *read ? (*read)->expose() : "none";
}

KeySource command(const std::string& text, milliseconds limit = milliseconds{30'000}) {
  return {"", text, limit};
}

template <typename T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};

}  // namespace

// What must not compile is checked here once and for all.
static_assert(!Printable<Secret>);
static_assert(!fmt::is_formattable<Secret>::value);
static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<std::string, Secret>);
static_assert(!std::is_constructible_v<nlohmann::json, Secret>);

TEST_CASE("a key comes from the variable that is named") {
  CHECK(key_of(read_api_key({"MY_KEY", ""}, with({{"MY_KEY", canary}}))) == canary);
  CHECK(key_of(read_api_key({"MY_KEY", ""}, with({{"MY_KEY", " " + canary + "\n"}}))) == canary);
  CHECK(key_of(read_api_key({}, with({{"MY_KEY", canary}}))) == "none");
}

TEST_CASE("a variable that is not set or holds no key is an error that names it") {
  const std::string missing = key_of(read_api_key({"MY_KEY", ""}, with({})));
  CHECK_THAT(missing, ContainsSubstring("MY_KEY is not set"));
  for (const std::string& bad :
       {std::string{}, std::string{"  "}, canary + " " + canary, canary + "\r\nX-Evil: 1",
        canary + "\xC3\xA9", canary + std::string(5000, 'x')}) {
    const std::string said = key_of(read_api_key({"MY_KEY", ""}, with({{"MY_KEY", bad}})));
    CHECK_THAT(said, ContainsSubstring("error: the environment variable MY_KEY"));
    CHECK(said.find("canary") == std::string::npos);
  }
}

TEST_CASE("a key comes from the first line that a command prints") {
  CHECK(key_of(read_api_key(command("printf '%s\\nsecond line\\n' " + canary), with({}))) == canary);
  CHECK(key_of(read_api_key(command("echo noise >&2; echo " + canary), with({}))) == canary);
  // It goes before a variable, and reads nothing from the terminal.
  CHECK(key_of(read_api_key({"MY_KEY", "cat; echo " + canary, milliseconds{30'000}},
                            with({{"MY_KEY", "other"}}))) == canary);
}

TEST_CASE("a command that fails is an error without anything that it printed") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"echo " + canary + "; echo " + canary + " >&2; exit 3", "exit status 3"},
      {"echo " + canary + "; kill -9 $$", "signal"},
      {"no-such-program-anywhere", "exit status 127"},
      {"true", "no key"},
      {"printf 'two words'", "visible ASCII"},
      {"head -c 100000 /dev/zero", "more than"}};
  for (const auto& [text, words] : cases) {
    INFO(text);
    const auto read = read_api_key(command(text), with({}));
    REQUIRE_FALSE(read.ok());
    CHECK_THAT(read.error().text(), ContainsSubstring(words));
    CHECK(read.error().text().find("canary") == std::string::npos);
  }
}

TEST_CASE("a command that is not done in time is killed with all that it started") {
  const TemporaryFolder folder;
  const std::string mark = folder / "started";
  for (const std::string& text :
       {"echo " + canary + "; sleep 1000", "sleep 1000 & echo $! > " + mark + "; wait",
        std::string{"exec >/dev/null; sleep 1000"}}) {
    INFO(text);
    const auto read = read_api_key(command(text, milliseconds{200}), with({}));
    REQUIRE_FALSE(read.ok());
    CHECK_THAT(read.error().text(), ContainsSubstring("not done after 200 ms"));
  }
}

TEST_CASE("a secret is taken out of a text wherever it stands") {
  const Secret secret{"abc"};
  CHECK(secret.redact("abc, xabcx, ab") == "[key], x[key]x, ab");
  CHECK(secret.redact("") == "");
  CHECK(Secret{""}.redact("abc") == "abc");
}

TEST_CASE("a secret that moved away leaves nothing behind") {
  Secret secret{canary};
  const Secret taken = std::move(secret);
  CHECK(taken.expose() == canary);
  CHECK(secret.expose().empty());  // NOLINT: that a moved-from secret is empty is its contract
  Secret other{"other"};
  other = taken;
  CHECK(other.expose() == canary);
}

TEST_CASE("a failed check shows no secret") {
  const Secret secret{canary};
  CHECK(Catch::Detail::stringify(secret).find("canary") == std::string::npos);
}
