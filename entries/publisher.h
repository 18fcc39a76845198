#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entries/conventions/publishers.h"

namespace stubkeeper::entries {

class Document;

// What an entry is about, as far as it tells its own sources from others'.
struct Subject {
  std::string title;
  std::vector<std::string> hosts;    // where the entry says that its subject is at home; lower case
  std::vector<std::string> sources;  // addresses that the entry lists as its sources
};

// The subject of an entry: its title, and the hosts of its website by its front matter, of the fact lines
// that name one, and of links whose text is the title. `cited`: addresses that stand in the entry because
// changes of it cite them, which says nothing of whose they are: they do not count among its sources, and a
// link to one whose text is the title does not make it a home.
Subject subject_of(const PublisherRules& rules, std::string_view title, const Document& entry,
                   const std::vector<std::string>& cited = {});

// Who stands behind a source, and whether its address vouches for that. A name that a page gives itself can
// make a source interested, but not official, unless the page is one of those that the entry lists.
struct Publisher {
  PublisherKind kind = PublisherKind::independent;
  bool is_address_verified = false;

  // Speaks of its own affairs.
  bool is_interested() const { return kind == PublisherKind::own || kind == PublisherKind::wire; }
  // Can be held to what it says: the company itself, its press release, an authority's register.
  bool is_official() const { return is_address_verified && (is_interested() || kind == PublisherKind::regulator); }
  bool operator==(const Publisher&) const = default;
};

// By the address first: a host of the subject's, or of one named like it; the longest domain of the rules.
// Then by the site's name ("" where it is unknown). A pure function of its arguments.
Publisher classify_publisher(const PublisherRules& rules, std::string_view address, std::string_view site_name,
                       const Subject& subject);

// The host of an http or https address in lower case, without port and "www."; "" for another.
std::string url_host(std::string_view address);

}  // namespace stubkeeper::entries
