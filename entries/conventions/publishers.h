#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entries/conventions/toml_reader.h"

namespace stubkeeper::entries {

// The kind of publisher of a source.
enum class PublisherKind {
  own,          // the entry's subject: the company's own pages
  wire,         // a press release, written by its subject
  regulator,    // an authority: registers, filings, licences
  paper,        // research as it was published
  independent,  // everybody else
};
// For people: "company's own", "press wire".
const char* publisher_kind_name(PublisherKind kind);

// schema/publishers.toml, after a knowledge base's own lists.
struct PublisherRules {
  struct Rule {
    std::string text;  // a domain, or a site's name; lower case
    PublisherKind kind = PublisherKind::independent;
  };
  std::vector<Rule> hosts;
  std::vector<Rule> names;
  std::vector<std::string> website_fields;
  std::vector<std::string> website_facts;
  std::vector<std::string> legal_forms;
};

Status parse_publishers(TomlReader& reader, PublisherRules& rules);

}  // namespace stubkeeper::entries
