#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iterator>

#include "base/text/encoding.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/provenance_view.h"
#include "kb/review/provenance.h"
#include "review/labels.h"

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

Result<nlohmann::ordered_json> to_json(kb::Store& store, review::QuoteReader& quotes, kb::Id entry_id,
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
  for (const ProvenancePart& part : parts) json["parts"].push_back(provenance_part_json(quotes, part));
  return json;
}

// The quotes of all parts, as one page of annotations.
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

// The quote, then its document, page and dates, then the address.
void print_quote(std::ostream& out, const review::ItemQuote& quote) {
  const review::ItemSource& source = quote.source;
  out << fmt::format("  {} \"{}\"\n", quote.citation.refutes ? "refuted by" : "quoted",
                     sanitize_for_terminal(quote.citation.quote));
  if (!quote.problem.empty()) {
    out << "    " << sanitize_for_terminal(quote.problem) << '\n';
    return;
  }
  out << sanitize_for_terminal(fmt::format(
      "    from {}{}{}, fetched {}\n    {}\n", source.title.empty() ? "" : source.title + ", ",
      source.page == 0 ? "" : fmt::format("p. {}, ", source.page),
      review::format_publication_date(source.published), iso_date(source.fetched_at), source.address));
}

Status print_block(std::ostream& out, kb::Store& store, review::QuoteReader& quotes, const kb::Entry& entry,
                   const kb::Provenance& provenance, std::size_t line) {
  STUBKEEPER_ASSIGN(const auto parts, list_provenance_parts(store, entry.id, provenance, line));
  const std::string_view path = entry.path.empty() ? std::string_view{"_index"} : entry.path;
  // Parts of one origin share its lines.
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const kb::WordsOrigin& origin = parts[i].origin;
    const std::string text = parts[i].has_words ? sanitize_for_terminal(parts[i].text) : "(no words)";
    out << fmt::format("{}:{}  {}\n", path, parts[i].line, text);
    if (i + 1 < parts.size() && format_origin(parts[i + 1].origin) == format_origin(origin)) continue;
    out << "  " << sanitize_for_terminal(format_origin(origin)) << '\n';
    for (const kb::Change& change : origin.changes) {
      for (const kb::Citation& citation : change.citations) print_quote(out, quotes.read(citation));
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
  review::QuoteReader quotes{*kb.store};
  if (session.options.json) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const kb::Provenance& provenance : provenances) {
      STUBKEEPER_ASSIGN(auto block, to_json(*kb.store, quotes, entry.id, provenance, place.line));
      json.push_back(std::move(block));
    }
    print_json(session, {{"entry", entry.path}, {"blocks", json}});
    return done;
  }
  for (const kb::Provenance& provenance : provenances) {
    STUBKEEPER_TRY(print_block(session.environment.out, *kb.store, quotes, entry, provenance, place.line));
  }
  return done;
}

}  // namespace

void add_why_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      session.add_command(program, "why", "Show where a sentence comes from: its quotes and sources",
                          R"(  stubkeeper why datacenters/cooling/corintis:24
  stubkeeper why datacenters/cooling/corintis        every sentence of the entry
  stubkeeper why datacenters/cooling/corintis --annotations > corintis.jsonld

Lines are those of the entry's current revision. "Quoted" means that the words are in the source as it was fetched, not
that they are true.)");
  command->add_option("entry", options->place, "Entry, and optionally a line")
      ->required()
      ->type_name("ENTRY[:LINE]");
  command->add_flag("--annotations", options->annotations,
                    "Print the quotes as W3C Web Annotations (JSON-LD)");
  session.on_command(command, options, explain);
}

}  // namespace stubkeeper::cli
