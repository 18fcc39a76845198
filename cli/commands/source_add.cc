#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <optional>
#include <set>

#include "base/text/utf8.h"
#include "cli/commands/source_commands.h"
#include "cli/configured_fetcher.h"
#include "cli/json_output.h"
#include "crawler/discovery.h"
#include "cron/kinds/source_kind.h"
#include "entries/entry_path.h"
#include "entries/page_templates.h"
#include "kb/entries/entry_store.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cli {
namespace {

struct Options {
  std::vector<std::string> addresses;
  std::string type;
  std::optional<std::string> entry;
  std::string title;
  bool discover_feeds = false;
};

// The entry at a path, made as a stub where there is none.
Result<kb::Entry> find_or_create_entry(const Session& session, const OpenKnowledgeBase& kb, const Options& options,
                                bool& created) {
  STUBKEEPER_ASSIGN(const std::string path, entries::parse_entry_path(*options.entry));
  kb::EntryStore store{*kb.store};
  STUBKEEPER_ASSIGN(const auto found, store.find(path));
  created = !found.has_value();
  if (found) return *found;
  kb::EntryStore::NewEntry stub;
  stub.path = path;
  stub.file = path + ".md";
  stub.title = options.title.empty() ? entries::title_from_path(path) : sanitize_for_terminal(options.title);
  stub.state = kb::EntryState::stub;
  stub.bytes = entries::render_stub_page(kb.store->conventions(),
                                  {stub.title, path, iso_date(session.environment.clock.now())});
  return store.add(stub, kb::AuthorKind::person, kb.reviewer, session.environment.clock.now(),
                   "named as a stub");
}

// The feeds and sitemaps that pages offer, in place of the pages.
Result<std::vector<SourceAddress>> discover_sources(const Session& session, const OpenKnowledgeBase& kb,
                                                  const std::vector<SourceAddress>& pages) {
  ConfiguredFetcher configured_fetcher{session, kb};
  std::vector<SourceAddress> offered;
  for (const SourceAddress& page : pages) {
    if (page.kind == "file") {
      return Error{ErrorCode::invalid_argument, "is a local file, which offers no feeds", page.address,
                   "leave out --discover"};
    }
    STUBKEEPER_ASSIGN(auto offers, crawler::discover_feeds(configured_fetcher.fetcher(), configured_fetcher.robots(), page.address,
                                                     session.environment.keep_going));
    // The same news in several formats, and comments, are no sources of their own.
    std::set<std::string> titles;
    std::erase_if(offers, [&](const crawler::DiscoveredFeed& offer) {
      return crawler::is_comments_feed(offer) || (!offer.title.empty() && !titles.insert(offer.title).second);
    });
    if (offers.empty()) {
      return Error{ErrorCode::not_found, "offers neither a feed nor a sitemap", page.address,
                   "add the page itself: leave out --discover"};
    }
    for (const crawler::DiscoveredFeed& offer : offers) {
      STUBKEEPER_ASSIGN(auto given, parse_source_address(session, offer.address));
      given.kind = offer.kind == crawler::DiscoveredFeed::Kind::feed ? "feed" : "sitemap";
      offered.push_back(std::move(given));
    }
  }
  return offered;
}

Result<int> add(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  std::vector<SourceAddress> given;
  for (const std::string& address : options.addresses) {
    STUBKEEPER_ASSIGN(auto parsed, parse_source_address(session, address));
    if (!options.type.empty()) parsed.kind = options.type;
    given.push_back(std::move(parsed));
  }
  if (options.discover_feeds) {
    STUBKEEPER_ASSIGN(given, discover_sources(session, kb, given));
  }
  nlohmann::ordered_json json{
      {"sources", nlohmann::ordered_json::array()}, {"entry", nullptr}, {"stub_made", false}};
  STUBKEEPER_TRY(kb.store->run_in_transaction([&]() -> Status {
    kb::Sources sources{*kb.store};
    kb::Id entry_id = 0;
    if (options.entry) {
      bool created = false;
      STUBKEEPER_ASSIGN(const auto entry, find_or_create_entry(session, kb, options, created));
      entry_id = entry.id;
      json["entry"] = entry.path;
      json["stub_made"] = created;
    }
    for (const SourceAddress& address : given) {
      STUBKEEPER_ASSIGN(const auto id,
                        sources.add(address.kind, address.address, "", session.environment.clock.now()));
      if (entry_id != 0) STUBKEEPER_TRY(sources.link_to_entry(id, entry_id));
      STUBKEEPER_ASSIGN(const auto source, sources.get(id));
      json["sources"].push_back(
          {{"id", id}, {"kind", source.kind}, {"address", source.address}});
    }
    return {};
  }));
  if (session.options.json) {
    print_json(session, json);
    return 0;
  }
  for (const auto& source : json["sources"]) {
    session.say(fmt::format("source {:<4} {:<7} {}", source["id"].get<kb::Id>(),
                            source["kind"].get<std::string>(),
                            sanitize_for_terminal(source["address"].get<std::string>())));
  }
  if (json["entry"].is_string()) {
    session.say(fmt::format("for {} {}", json["stub_made"].get<bool>() ? "the new stub" : "entry",
                            json["entry"].get<std::string>()));
  }
  return 0;
}

std::string suggestions() {
  std::string lines;
  for (const cron::SourceKindRules* kind : cron::source_kinds())
    lines += fmt::format("  {:<9} {}\n", kind->name, kind->addresses);
  lines.pop_back();
  return lines;
}

}  // namespace

void add_source_add_command(CLI::App& source, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(
      source, "add", "Look at an address again and again",
      "  stubkeeper source add https://example.org/news.xml --type feed\n"
      "  stubkeeper source add https://acme.example/about https://acme.example/press \\\n"
      "      --entry datacenters/cooling/acme-cooling --title \"Acme Cooling\"\n"
      "  stubkeeper source add --discover https://example.org/blog\n\n"
      "With --entry the sources belong to that entry; where there is none at that path, a stub is made, and the\n"
      "next refresh drafts it. Sources without an entry are read for every entry whose name they mention.\n"
      "With --discover, pages are fetched and the feeds that they name are added, not those of comments; else a\n"
      "feed at one of the usual paths, else the sitemaps that robots.txt names.\n\n"
      "Without --type the address suggests it:\n" + suggestions());
  command->add_option("address", options->addresses, "Addresses, or local HTML, Markdown, text or PDF files")
      ->required()
      ->type_name("URL|FILE");
  add_type_option(*command, options->type);
  command->add_flag("--discover", options->discover_feeds,
                    "Look at the page now, and add the feeds that it offers in its place");
  command->add_option("--entry", options->entry, "Entry that leans on it; made as a stub where it is missing")
      ->type_name("PATH");
  command->add_option("--title", options->title, "Name of the subject, for a new stub (else from its path)")
      ->type_name("NAME");
  command->callback(
      [&session, options] { session.chosen = [&session, options] { return add(session, *options); }; });
}

}  // namespace stubkeeper::cli
