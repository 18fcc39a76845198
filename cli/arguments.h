#pragma once

#include <chrono>
#include <string>

#include "cli/session.h"
#include "kb/entries/records.h"
#include "kb/sources/records.h"

namespace stubkeeper::cli {

// Arguments of the command line.

// Whether a path names a file of a section: its own, its entry's, or a folder above it.
bool names_file(std::string_view path, std::string_view file);

// An entry or section by its path: "datacenters/cooling/corintis", also with ".md"; "_index" for
// the landing page at the root. not_found, with the nearest path.
Result<kb::Entry> find_entry(kb::Store& store, const std::string& path);

// A source by its id or address. not_found.
Result<kb::Source> find_source(kb::Store& store, const std::string& id_or_address);

// An http(s) address, or a local file as an absolute path, with the kind that its form suggests:
// feeds by endings such as .rss, .xml, /feed; sitemaps by names such as sitemap-news.xml; PDFs by
// .pdf.
struct SourceAddress {
  std::string address;
  std::string kind;  // a name of cron::source_kinds()
};
// invalid_argument for anything else, and for an address with a user name.
Result<SourceAddress> parse_source_address(const Session& session, const std::string& text);

// "36h", "7d", "2w", "6mo" or "1y"; a month has 30 days, a year 365. invalid_argument for anything else.
Result<std::chrono::milliseconds> parse_age(const std::string& text);

// Of an option: a whole number from 1 on that fits an id. Out: "" or why it is none.
std::string validate_id(const std::string& text);

// The option --type of `source add` and `source test`.
void add_type_option(CLI::App& command, std::string& type);

}  // namespace stubkeeper::cli
