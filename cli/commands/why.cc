#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <iterator>

#include "base/text/encoding.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "cli/commands/commands.h"
#include "cli/entry_argument.h"
#include "cli/exit_code.h"
#include "cli/json_output.h"
#include "cli/provenance_view.h"
#include "kb/review/provenance.h"

namespace stubkeeper::cli {
namespace {

struct Place {
  std::string entry;
  std::size_t line = 0;
};

Result<Place> parse_place(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return Place{text, 0};
  const auto line = parse_number<std::size_t>(std::string_view{text}.substr(colon + 1), 1);
  if (line) return Place{text.substr(0, colon), *line};
  return Error{ErrorCode::invalid_argument, "\"" + text.substr(colon + 1) + "\" is no line number", text,
               "write ENTRY or ENTRY:LINE, with lines from 1"};
}

struct Options {
  std::string place;
  bool annotations = false;
};

Result<nlohmann::ordered_json> to_json(kb::Store& store, review::QuoteFormatter& sources, kb::Id entry_id,
                                       const kb::Provenance& provenance, std::size_t line) {
  nlohmann::ordered_json json{{"first_line", provenance.first_line},
                              {"last_line", provenance.last_line},
                              {"block", provenance.block_id},
                              {"kind", provenance.block_kind},
                              {"text", provenance.text},
                              {"revision", provenance.origin.number},
                              {"author", provenance.origin.author},
                              {"author_kind", kb::author_kind_name(provenance.origin.author_kind)},
                              {"at", rfc3339(provenance.origin.created_at)},
                              {"parts", nlohmann::ordered_json::array()}};
  STUBKEEPER_ASSIGN(const auto parts, list_provenance_parts(store, entry_id, provenance, line));
  for (const ProvenancePart& part : parts) json["parts"].push_back(provenance_part_json(sources, part));
  return json;
}

// The quotes behind all parts, as one page of annotations.
Status print_annotations(const Session& session, kb::Store& store, const kb::Entry& entry,
                         const std::vector<kb::Provenance>& provenances, std::size_t line) {
  std::vector<ProvenancePart> all;
  for (const kb::Provenance& provenance : provenances) {
    STUBKEEPER_ASSIGN(auto parts, list_provenance_parts(store, entry.id, provenance, line));
    std::move(parts.begin(), parts.end(), std::back_inserter(all));
  }
  STUBKEEPER_ASSIGN(const auto items, annotations_json(store, all));
  print_json(session, {{"@context", "http://www.w3.org/ns/anno.jsonld"},
                       {"id", "urn:stubkeeper:entry:" + percent_encode_path(entry.path)},
                       {"type", "AnnotationPage"},
                       {"items", items}});
  return {};
}

Status print_block(std::ostream& out, kb::Store& store, review::QuoteFormatter& sources,
                   const kb::Entry& entry, const kb::Provenance& provenance, std::size_t line) {
  STUBKEEPER_ASSIGN(const auto parts, list_provenance_parts(store, entry.id, provenance, line));
  const std::string_view path = entry.path.empty() ? std::string_view{"_index"} : entry.path;
  // What came together is told together.
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const kb::WordsOrigin& origin = parts[i].origin;
    const std::string text = parts[i].has_words ? sanitize_for_terminal(parts[i].text) : "(no words)";
    out << fmt::format("{}:{}  {}\n", path, parts[i].line, text);
    if (i + 1 < parts.size() && format_origin(parts[i + 1].origin) == format_origin(origin)) continue;
    out << "  " << sanitize_for_terminal(format_origin(origin)) << '\n';
    for (const kb::Change& change : origin.changes) {
      for (const kb::Citation& citation : change.citations) {
        for (const std::string& quoted : sources.lines(citation)) out << "  " << quoted << '\n';
      }
    }
  }
  return {};
}

Result<int> explain(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto place, parse_place(options.place));
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto entry, find_entry(*kb.store, place.entry));
  STUBKEEPER_ASSIGN(const auto provenances, kb::find_provenance(*kb.store, entry.id, place.line));
  if (options.annotations) {
    STUBKEEPER_TRY(print_annotations(session, *kb.store, entry, provenances, place.line));
    return done;
  }
  review::QuoteFormatter sources{*kb.store};
  if (session.options.json) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const kb::Provenance& provenance : provenances) {
      STUBKEEPER_ASSIGN(auto block, to_json(*kb.store, sources, entry.id, provenance, place.line));
      json.push_back(std::move(block));
    }
    print_json(session, {{"entry", entry.path}, {"blocks", json}});
    return done;
  }
  for (const kb::Provenance& provenance : provenances) {
    STUBKEEPER_TRY(print_block(session.environment.out, *kb.store, sources, entry, provenance, place.line));
  }
  return done;
}

}  // namespace

void add_why_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      session.add_command(program, "why", "Where does this sentence come from?",
                          "  stubkeeper why datacenters/cooling/corintis:24\n"
                          "  stubkeeper why datacenters/cooling/corintis        every sentence of the entry\n"
                          "  stubkeeper why datacenters/cooling/corintis --annotations > corintis.jsonld\n\n"
                          "Lines are those of the entry's current revision. \"Quoted\" says that the words "
                          "stand in the source as it was fetched,\n"
                          "not that they are true.");
  command->add_option("entry", options->place, "Entry, and the line in question")
      ->required()
      ->type_name("ENTRY[:LINE]");
  command->add_flag("--annotations", options->annotations,
                    "Print the quotes as W3C Web Annotations (JSON-LD)");
  command->callback(
      [&session, options] { session.chosen = [&session, options] { return explain(session, *options); }; });
}

}  // namespace stubkeeper::cli
