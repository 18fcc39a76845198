#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>

#include "cli/commands/commands.h"
#include "cli/commands/entry_argument.h"
#include "cli/exit_code.h"
#include "cli/json_output.h"
#include "cli/quoted_source.h"
#include "kb/provenance.h"
#include "schema/base/utf8.h"

namespace stubkeeper::cli {
namespace {

struct Place {
  std::string entry;
  std::size_t line = 0;
};

Result<Place> parse_place(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return Place{text, 0};
  Place place{text.substr(0, colon), 0};
  const auto [end, error] = std::from_chars(text.data() + colon + 1, text.data() + text.size(), place.line);
  if (error != std::errc{} || end != text.data() + text.size() || place.line == 0) {
    return Error{ErrorCode::invalid_argument, "\"" + text.substr(colon + 1) + "\" is no line number", text,
                 "write ENTRY or ENTRY:LINE, with lines from 1"};
  }
  return place;
}

// Who stands behind a block, in one line.
std::string origin_in_words(const kb::Provenance& provenance) {
  const std::string when = iso_date(provenance.origin.created_at);
  const std::string revision = fmt::format("revision {}, {}", provenance.origin.number, when);
  if (!provenance.changes.empty())
    return fmt::format("approved by {} ({})", provenance.origin.author, revision);
  if (provenance.origin.author_kind == kb::AuthorKind::import)
    return fmt::format("no recorded source: imported ({})", revision);
  return fmt::format("written by {} ({})", provenance.origin.author, revision);
}

nlohmann::ordered_json to_json(QuotedSources& sources, const kb::Provenance& provenance) {
  nlohmann::ordered_json json{{"first_line", provenance.first_line},
                              {"last_line", provenance.last_line},
                              {"block", provenance.block_id},
                              {"kind", provenance.block_kind},
                              {"text", provenance.text},
                              {"revision", provenance.origin.number},
                              {"author", provenance.origin.author},
                              {"author_kind", kb::author_kind_name(provenance.origin.author_kind)},
                              {"at", rfc3339(provenance.origin.created_at)},
                              {"changes", nlohmann::ordered_json::array()}};
  for (const kb::Change& change : provenance.changes) {
    nlohmann::ordered_json quotes = nlohmann::ordered_json::array();
    for (const kb::Citation& citation : change.citations) quotes.push_back(sources.json(citation));
    json["changes"].push_back(
        {{"id", change.id}, {"kind", change.kind}, {"reason", change.reason}, {"quotes", quotes}});
  }
  return json;
}

Result<int> explain(const Session& session, const std::string& text) {
  STUBKEEPER_ASSIGN(const auto place, parse_place(text));
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto entry, find_entry(*kb.store, place.entry));
  STUBKEEPER_ASSIGN(const auto provenances, kb::why(*kb.store, entry.id, place.line));
  QuotedSources sources{*kb.store};
  if (session.options.json) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const kb::Provenance& provenance : provenances) json.push_back(to_json(sources, provenance));
    print_json(session, {{"entry", entry.path}, {"blocks", json}});
    return done;
  }
  auto& out = session.environment.out;
  for (const kb::Provenance& provenance : provenances) {
    std::string first_line = provenance.text.substr(0, provenance.text.find('\n'));
    if (place.line != 0) first_line = provenance.text;
    while (first_line.ends_with('\n')) first_line.pop_back();
    out << fmt::format("{}:{}  {}\n", entry.path, provenance.first_line, printable(first_line));
    out << "  " << printable(origin_in_words(provenance)) << '\n';
    for (const kb::Change& change : provenance.changes) {
      for (const kb::Citation& citation : change.citations) {
        for (const std::string& line : sources.lines(citation)) out << "  " << line << '\n';
      }
    }
  }
  return done;
}

}  // namespace

void add_why_command(CLI::App& program, Session& session) {
  auto place = std::make_shared<std::string>();
  CLI::App* command =
      session.add_command(program, "why", "Where does this sentence come from?",
                          "  stubkeeper why datacenters/cooling/corintis:24\n"
                          "  stubkeeper why datacenters/cooling/corintis        every block of the entry\n\n"
                          "Lines are those of the entry's current revision. \"Quoted\" says that the words "
                          "stand in the source as it was fetched,\n"
                          "not that they are true.");
  command->add_option("entry", *place, "Entry, and the line in question")
      ->required()
      ->type_name("ENTRY[:LINE]");
  command->callback(
      [&session, place] { session.chosen = [&session, place] { return explain(session, *place); }; });
}

}  // namespace stubkeeper::cli
