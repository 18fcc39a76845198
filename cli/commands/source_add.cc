#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <optional>
#include <set>

#include "base/text/utf8.h"
#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/configured.h"
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

// The entry at a path, which is made as a stub if it does not exist.
Result<kb::Entry> find_or_create_entry(const Session& session, const OpenKnowledgeBase& kb,
                                       const Options& options, bool& created) {
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
  stub.bytes =
      entries::render_stub_page(kb.store->conventions(), {stub.title, path, iso_date(session.now())});
  return store.add(stub, kb::AuthorKind::person, kb.reviewer, session.now(), "named as a stub");
}

// The feeds and sitemaps of some pages, in place of the pages.
Result<std::vector<SourceAddress>> discover_sources(const Session& session, const OpenKnowledgeBase& kb,
                                                    const std::vector<SourceAddress>& pages) {
  ConfiguredFetcher configured_fetcher{session, kb};
  std::vector<SourceAddress> offered;
  for (const SourceAddress& page : pages) {
    if (page.kind == "file") {
      return Error{ErrorCode::invalid_argument, "is a local file, which offers no feeds", page.address,
                   "leave out --discover"};
    }
    STUBKEEPER_ASSIGN(auto offers,
                      crawler::discover_feeds(configured_fetcher.fetcher(), configured_fetcher.robots(),
                                              page.address, session.environment.keep_going));
    // Comments, and the same news in another format, are no sources of their own.
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
      STUBKEEPER_ASSIGN(const auto id, sources.add(address.kind, address.address, "", session.now()));
      if (entry_id != 0) STUBKEEPER_TRY(sources.link_to_entry(id, entry_id));
      STUBKEEPER_ASSIGN(const auto source, sources.get(id));
      json["sources"].push_back({{"id", id}, {"kind", source.kind}, {"address", source.address}});
    }
    return {};
  }));
  if (session.options.json) {
    print_json(session, json);
    return done;
  }
  for (const auto& source : json["sources"]) {
    session.say(fmt::format("source {:<4} {:<{}} {}", source["id"].get<kb::Id>(),
                            source["kind"].get<std::string>(), cron::kind_column_width(),
                            sanitize_for_terminal(source["address"].get<std::string>())));
  }
  if (json["entry"].is_string()) {
    session.say(fmt::format("for {} {}", json["stub_made"].get<bool>() ? "the new stub" : "entry",
                            json["entry"].get<std::string>()));
  }
  return done;
}

std::string suggestions() {
  std::string lines;
  for (const cron::SourceKindRules& kind : cron::source_kinds())
    lines += fmt::format("  {:<{}}   {}\n", kind.name, cron::kind_column_width(), kind.addresses);
  lines.pop_back();
  return lines;
}

}  // namespace

void add_source_add_command(CLI::App& source, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(source, "add", "Add a source: an address to fetch on a schedule",
                                          R"(  stubkeeper source add https://example.org/news.xml --type feed
  stubkeeper source add https://acme.example/about https://acme.example/press \
      --entry datacenters/cooling/acme-cooling --title "Acme Cooling"
  stubkeeper source add --discover https://example.org/blog

With --entry the sources belong to that entry. If the entry does not exist, a stub is made, and the next refresh drafts
it. Sources without an entry are read for every entry that they name. --discover fetches each page and adds the feeds
that it links to, except feeds of comments; else a feed at a usual path, else the sitemaps of robots.txt.

Without --type the kind follows from the address:
)" + suggestions());
  command->add_option("address", options->addresses, "Addresses, or local HTML, Markdown, text or PDF files")
      ->required()
      ->type_name("URL|FILE");
  add_type_option(*command, options->type);
  command->add_flag("--discover", options->discover_feeds, "Add the feeds of the pages instead of the pages");
  command
      ->add_option("--entry", options->entry, "Entry that the sources belong to; made as a stub if missing")
      ->type_name("PATH");
  command->add_option("--title", options->title, "Title of a new stub (else from its path)")
      ->type_name("NAME");
  session.on_command(command, options, add);
}

}  // namespace stubkeeper::cli
