#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entries/conventions/publishers.h"

namespace stubkeeper::entries {

class Document;

// The subject of an entry, for knowing its own sources from others'.
struct Subject {
  std::string title;
  std::vector<std::string> hosts;    // of its own pages; lower case
  std::vector<std::string> sources;  // addresses that the entry lists as its sources
};

// The subject of an entry: its title, and its hosts by the front matter's website, by fact lines that name
// one, and by links whose text is the title. `cited`: addresses that are in the entry because changes of it
// cite them; they are none of its sources, and make no host its own.
Subject subject_of(const PublisherRules& rules, std::string_view title, const Document& entry,
                   const std::vector<std::string>& cited = {});

// The publisher of a source. A page's own name for its site can make it interested, but official only where
// the entry lists the page.
struct Publisher {
  PublisherKind kind = PublisherKind::independent;
  bool is_address_verified = false;

  // Speaks of its own affairs.
  bool is_interested() const { return kind == PublisherKind::own || kind == PublisherKind::wire; }
  // Can be held to what it says: the company itself, its press release, an authority's register.
  bool is_official() const {
    return is_address_verified && (is_interested() || kind == PublisherKind::regulator);
  }
  bool operator==(const Publisher&) const = default;
};

// By the address first: a host of the subject's, or of one named like it; the longest domain of the rules.
// Then by the site's name ("" where it is unknown). A pure function of its arguments.
Publisher classify_publisher(const PublisherRules& rules, std::string_view address,
                             std::string_view site_name, const Subject& subject);

}  // namespace stubkeeper::entries
