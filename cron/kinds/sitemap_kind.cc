#include "cron/kinds/source_kind.h"

#include <algorithm>
#include <array>

#include "base/text/strings.h"
#include "crawler/robots.h"
#include "crawler/url.h"
#include "kb/sources/host_tables.h"

namespace stubkeeper::cron {
namespace {

constexpr std::size_t max_links = 50'000;  // sitemaps.org

// The folder of an address, below which its sitemap may list. The scheme does not count: many sites list the http addresses of
// what they serve over https.
struct Folder {
  std::string host;
  std::string path;  // with its slash

  bool contains(const crawler::Url& url) const { return url.host == host && url.path.starts_with(path); }
};

std::vector<Folder> parse_folders(const std::vector<std::string>& addresses) {
  std::vector<Folder> folders;
  for (const std::string& address : addresses) {
    const auto url = crawler::parse_url(address);
    if (!url) continue;
    const std::string path = url->path.substr(0, url->path.find('?'));
    folders.push_back({url->host, path.substr(0, path.rfind('/') + 1)});
  }
  return folders;
}

// The roots of the sites whose robots.txt, as it was last fetched, names one of these sitemaps.
Result<std::vector<std::string>> find_sites_listing(kb::Store& store,
                                                    const std::vector<std::string>& sitemaps) {
  std::vector<std::string> sites;
  for (const std::string& sitemap : sitemaps) {
    const auto url = crawler::parse_url(sitemap);
    if (!url) continue;
    const std::string root = url->origin() + "/";
    STUBKEEPER_ASSIGN(const auto robots, kb::RobotsTable{store}.find(url->origin()));
    if (!robots || contains(sites, root)) continue;
    const std::vector<std::string> named = crawler::Robots::parse(robots->body).sitemaps();
    const bool is_named = std::any_of(named.begin(), named.end(), [&](const std::string& line) {
      return crawler::resolve(root, line) == url->text();
    });
    if (is_named) sites.push_back(root);
  }
  return sites;
}

Result<ParsedDocuments> parse(const kb::Source& source, const crawler::FetchResponse& response,
                              const ParseContext& context) {
  STUBKEEPER_ASSIGN(auto found, parse_sitemap_links(response, {source.address, response.final_address}, true,
                                                    is_first_fetch(source), context));
  if (found.links.empty() && found.disallowed_links > 0)
    found.refusal = unreadable(
        source.address, "lists only addresses that it must not: on another host, or above its own folder",
        "use the sitemap of that host or folder");
  return found;
}

// Of the sitemaps that an index leads to.
Status on_not_modified(kb::Store& store, kb::Id source, Timestamp now) {
  return kb::LinkedAddresses{store}.mark_undated_sitemaps_due(source, now);
}

bool is_suggested_by(std::string_view address) {
  const std::string_view name = address.substr(address.rfind('/') + 1);
  return name.find("sitemap") != std::string_view::npos && ends_with_any(name, {".xml", ".xml.gz", ".txt"});
}

}  // namespace

std::span<const SourceKindRules> sitemap_kind() {
  static constexpr std::array rules{SourceKindRules{
      .name = "sitemap",
      .addresses = "names with \"sitemap\" that end in .xml, .xml.gz or .txt",
      .interval = list_interval,
      .is_list = true,
      .content = crawler::ContentKind::sitemap,
      .is_suggested_by = is_suggested_by,
      .parse = parse,
      .on_not_modified = on_not_modified,
  }};
  return rules;
}

Result<ParsedDocuments> parse_sitemap_links(const crawler::FetchResponse& response,
                                            std::vector<std::string> listers, bool may_be_index,
                                            bool is_backlog, const ParseContext& context) {
  ParsedDocuments found;
  const auto map = crawler::read_sitemap(context.reader, {crawler::ContentKind::sitemap, response.body,
                                                          response.content_type, response.final_address});
  if (!map.ok()) {
    STUBKEEPER_ASSIGN(found.refusal, refusal_of(map.error()));
    return found;
  }
  if (map->is_index && !may_be_index) {
    found.refusal =
        unreadable(listers.front(), "is an index within an index", "sitemaps.org allows only one level");
    return found;
  }
  if (context.store != nullptr) {
    STUBKEEPER_ASSIGN(const auto sites, find_sites_listing(*context.store, listers));
    listers.insert(listers.end(), sites.begin(), sites.end());
  }
  const std::vector<Folder> folders = parse_folders(listers);
  for (const crawler::Item& item : map->items) {
    const auto url = crawler::parse_url(item.url);
    const bool is_allowed = url && !url->has_userinfo &&
                            std::any_of(folders.begin(), folders.end(),
                                        [&](const Folder& folder) { return folder.contains(*url); });
    if (found.links.size() >= max_links || !is_allowed) {
      ++found.disallowed_links;
      continue;
    }
    kb::LinkedAddress link;
    link.address = url->text();
    link.is_sitemap = map->is_index;
    link.identity = link.address;
    link.title = item.title;
    link.published = item.published;
    link.listed_date = item.updated;
    link.is_backlog = is_backlog;
    found.links.push_back({std::move(link), std::nullopt});
  }
  return found;
}

}  // namespace stubkeeper::cron
