#pragma once

#include <string>

#include "cli/session.h"
#include "kb/sources/records.h"

namespace stubkeeper::cli {

void add_source_add_command(CLI::App& source, Session& session);
void add_source_list_command(CLI::App& source, Session& session);
void add_source_show_command(CLI::App& source, Session& session);
void add_source_remove_command(CLI::App& source, Session& session);
void add_source_test_command(CLI::App& source, Session& session);

// An address as a person gives it: an http(s) address, or a local file as an absolute path, with the kind
// that its form suggests (feeds by endings such as .rss, .xml, /feed; sitemaps by names such as
// sitemap-news.xml; PDFs by .pdf). invalid_argument for
// anything else, and for an address with a user name in it.
struct SourceAddress {
  std::string address;
  kb::SourceKind kind = kb::SourceKind::page;
};
Result<SourceAddress> parse_source_address(const Session& session, const std::string& text);

// The source that a person means by its id or address; not_found.
Result<kb::Source> find_source(kb::Store& store, const std::string& id_or_address);

}  // namespace stubkeeper::cli
