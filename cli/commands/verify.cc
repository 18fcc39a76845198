#include <CLI/CLI.hpp>
#include <algorithm>
#include <istream>
#include <iterator>

#include "cli/commands/commands.h"
#include "entries/front_matter.h"
#include "llm/flags.h"
#include "llm/text_check.h"

namespace stubkeeper::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t max_bytes = 200'000'000;

struct Options {
  std::string file;
};

Error line_error(const std::string& what) {
  return Error{ErrorCode::invalid_argument, what, "", R"(a line is {"text": "...", "quotes": ["..."]})"};
}

// A text of a line, "" where it is optional and not there.
Status read_text(const Json& line, const char* name, bool required, std::string& text) {
  if (!line.contains(name) || line[name].is_null())
    return required ? Status{line_error(std::string{name} + " is missing")} : Status{};
  if (!line[name].is_string()) return line_error(std::string{name} + " is no text");
  text = line[name].get<std::string>();
  return {};
}

// `entry` is a page's Markdown, or no more than its title.
void set_entry(std::string entry, llm::TextCheck& check) {
  if (entry.find('\n') == std::string::npos) {
    check.entry_title = std::move(entry);
  } else {
    check.entry_title = entries::FrontMatter::parse(entry).scalar("title").value_or("");
    check.entry = std::move(entry);
  }
}

Result<llm::TextCheck> read_check(std::string_view line) {
  const Json given = Json::parse(line, nullptr, false);
  if (!given.is_object()) return line_error("the line is no JSON object");
  llm::TextCheck check;
  std::string entry;
  std::string language;
  STUBKEEPER_TRY(read_text(given, "text", true, check.text));
  STUBKEEPER_TRY(read_text(given, "replaces", false, check.replaced));
  STUBKEEPER_TRY(read_text(given, "title", false, check.title));
  STUBKEEPER_TRY(read_text(given, "entry", false, entry));
  STUBKEEPER_TRY(read_text(given, "published", false, check.published));
  STUBKEEPER_TRY(read_text(given, "language", false, language));
  if (!given.contains("quotes") || !given["quotes"].is_array()) return line_error("quotes is no list");
  for (const Json& quote : given["quotes"]) {
    if (!quote.is_string()) return line_error("a quote is no text");
    check.quotes.push_back(quote.get<std::string>());
  }
  set_entry(std::move(entry), check);
  return check;
}

std::string meaning_of(const std::string& flag) {
  for (const llm::FlagKind& kind : llm::flag_kinds()) {
    if (kind.name == flag) return std::string{kind.meaning};
  }
  return {};
}

Json verify_line(std::string_view line) {
  Json flags = Json::array();
  const auto failed = [](const Error& error) {
    return Json{{"flags", Json::array()}, {"error", error.text()}};
  };
  const Result<llm::TextCheck> check = read_check(line);
  if (!check.ok()) return failed(check.error());
  const auto raised = llm::check_text(*check);
  if (!raised.ok()) return failed(raised.error());
  for (const entries::Flag& flag : *raised)
    flags.push_back({{"id", flag.name}, {"words", flag.detail}, {"why", meaning_of(flag.name)}});
  return {{"flags", flags}, {"error", nullptr}};
}

Result<std::string> read_input(const Session& session, const Options& options) {
  if (!options.file.empty() && options.file != "-")
    return session.environment.files.read(session.absolute_path(options.file), max_bytes);
  return std::string{std::istreambuf_iterator<char>{session.environment.in}, {}};
}

Result<int> verify(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const std::string input, read_input(session, options));
  bool all_read = true;
  std::string_view rest{input};
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const Json verified = verify_line(rest.substr(0, end));
    all_read = all_read && verified["error"].is_null();
    session.environment.out << verified.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return all_read ? done : failed_or_found;
}

}  // namespace

void add_verify_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      session.add_command(program, "verify", "Compare texts with their quotes word by word, as JSON lines",
                          R"(  stubkeeper verify claims.jsonl
  echo '{"text": "Sales rose.", "quotes": ["Sales fell."]}' | stubkeeper verify

Each line is {"text": TEXT, "quotes": [TEXT...]}, and may have "replaces", "title" (of the page that is quoted), "entry"
(its Markdown, or its title alone), "published" and "language" (the rules are of English, whatever it is). Each gets a
line {"flags": [{"id", "words", "why"}], "error"}. Needs no knowledge base. Exit code 1 if a line cannot be read.)");
  command->add_option("file", options->file, "JSON lines (else standard input)")->type_name("FILE");
  session.on_command(command, options, verify);
}

}  // namespace stubkeeper::cli
