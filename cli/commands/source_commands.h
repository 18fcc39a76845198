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

// A source's address as a person gives it, with the kind that it suggests (cron/kinds).
// An http(s) address, or a local file, which becomes an absolute path. Error: invalid_argument for anything
// else, and for an address with a user name in it.
struct SourceAddress {
  std::string address;
  std::string kind;
};
Result<SourceAddress> parse_source_address(const Session& session, const std::string& text);

// --type, the name of a kind of source.
void add_type_option(CLI::App& command, std::string& type);

// The source with an id or address. Error: not_found.
Result<kb::Source> find_source(kb::Store& store, const std::string& id_or_address);

}  // namespace stubkeeper::cli
