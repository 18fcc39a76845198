#include "entries/publisher.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "base/text/url.h"
#include "entries/document.h"
#include "entries/edits/list_items.h"
#include "entries/edits/source_addresses.h"

namespace stubkeeper::entries {
namespace {

// A name as a host has it: "Saltline Heat, Inc." is "saltlineheat".
std::string normalize_host_name(const PublisherRules& rules, std::string_view name) {
  std::vector<std::string> words(1);
  for (const char c : name.substr(0, name.find(" ("))) {
    if (is_word_byte(c)) {
      words.back() += to_ascii_lower(c);
    } else if (c != '\'' && !words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  while (words.size() > 1 && contains_ignoring_case(rules.legal_forms, words.back())) words.pop_back();
  return join(words, "");
}

// The label that was registered: "corintis" of "news.corintis.com", "acme" of "acme.co.uk".
std::string registered_label(std::string_view host) {
  const auto labels = split(host, '.');
  if (labels.size() < 2) return {};
  static constexpr std::array second_levels =
      std::to_array<std::string_view>({"co", "com", "org", "net", "ac", "or", "ne", "edu", "gov"});
  std::size_t at = labels.size() - 2;
  if (at > 0 && contains(second_levels, labels[at])) --at;
  std::string label{labels[at]};
  std::erase(label, '-');
  return label;
}

bool host_matches_title(const PublisherRules& rules, std::string_view host, const Subject& subject) {
  constexpr std::size_t min_name_length = 3;
  const std::string name = normalize_host_name(rules, subject.title);
  return name.size() >= min_name_length && registered_label(host) == name;
}

std::optional<PublisherKind> find_host_kind(const PublisherRules& rules, std::string_view host) {
  const PublisherRules::Rule* best = nullptr;
  for (const PublisherRules::Rule& rule : rules.hosts) {
    if (is_same_or_subdomain(host, rule.text) && (best == nullptr || rule.text.size() > best->text.size()))
      best = &rule;
  }
  return best == nullptr ? std::nullopt : std::optional{best->kind};
}

// Addresses of links whose text is the title: "[Corintis](https://corintis.com)".
void collect_title_links(std::string_view text, std::string_view title, std::vector<std::string>& addresses) {
  const std::string start = "[" + std::string{title} + "](";
  for (std::size_t at = text.find(start); at != std::string_view::npos; at = text.find(start, at + 1)) {
    const auto found = extract_addresses(text.substr(at + start.size() - 1));
    if (!found.empty()) addresses.push_back(found.front());
  }
}

}  // namespace

Subject subject_of(const PublisherRules& rules, std::string_view title, const Document& entry,
                   const std::vector<std::string>& cited) {
  Subject subject{std::string{title}, {}, entry.front_matter().list("source_urls")};
  std::vector<std::string> addresses;
  std::vector<std::string> linked;
  for (const std::string& field : rules.website_fields) {
    for (const std::string& value : entry.front_matter().list(field)) addresses.push_back(value);
  }
  for (const Block& block : entry.blocks()) {
    if (block.kind == BlockKind::front_matter) continue;
    const std::string_view text = entry.text(block);
    if (block.kind == BlockKind::list_item) {
      const auto fact = parse_fact(text);
      if (fact && contains(rules.website_facts, fact->name)) {
        const auto found = extract_addresses(fact->value);
        addresses.insert(addresses.end(), found.begin(), found.end());
      }
    }
    if (!title.empty()) collect_title_links(text, title, linked);
  }
  for (const std::string& address : linked) {
    if (!contains_address(cited, address)) addresses.push_back(address);
  }
  std::erase_if(subject.sources, [&](const std::string& source) { return contains_address(cited, source); });
  for (const std::string& address : addresses) {
    const std::string host = url_host_without_www(address);
    if (!host.empty() && !contains(subject.hosts, host)) subject.hosts.push_back(host);
  }
  return subject;
}

Publisher classify_publisher(const PublisherRules& rules, std::string_view address,
                             std::string_view site_name, const Subject& subject) {
  const std::string host = url_host_without_www(address);
  const bool is_own_host =
      std::any_of(subject.hosts.begin(), subject.hosts.end(),
                  [&](const std::string& home) { return is_same_or_subdomain(host, home); });
  const auto listed = find_host_kind(rules, host);
  // A host that the lists name belongs to somebody else, whatever an entry links its title to.
  if (listed) return {*listed, true};
  if (is_own_host || host_matches_title(rules, host, subject)) return {PublisherKind::own, true};
  for (const PublisherRules::Rule& rule : rules.names) {
    if (equals_ignoring_case(rule.text, site_name)) return {rule.kind, false};
  }
  const std::string name = normalize_host_name(rules, site_name);
  if (!name.empty() && name == normalize_host_name(rules, subject.title))
    return {PublisherKind::own, contains_address(subject.sources, address)};
  return {};
}

}  // namespace stubkeeper::entries
