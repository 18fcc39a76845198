#include "entries/publisher.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text/ascii.h"
#include "entries/document.h"
#include "entries/edits/list_items.h"
#include "entries/edits/source_addresses.h"

namespace stubkeeper::entries {
namespace {

bool is_same_or_subdomain(std::string_view host, std::string_view domain) {
  return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                            host[host.size() - domain.size() - 1] == '.');
}

bool contains(const std::vector<std::string>& texts, std::string_view wanted) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& text) { return equals_ignoring_case(text, wanted); });
}

// A name as it stands in a host: "Saltline Heat, Inc." is "saltlineheat".
std::string normalize_host_name(const PublisherRules& rules, std::string_view name) {
  std::vector<std::string> words(1);
  for (const char c : name.substr(0, name.find(" ("))) {
    if (is_ascii_letter(c) || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0x80) {
      words.back() += to_ascii_lower(c);
    } else if (c != '\'' && !words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  while (words.size() > 1 && contains(rules.legal_forms, words.back())) words.pop_back();
  std::string text;
  for (const std::string& word : words) text += word;
  return text;
}

// The label that was registered: "corintis" of "news.corintis.com", "acme" of "acme.co.uk".
std::string registered_label(std::string_view host) {
  std::vector<std::string_view> labels;
  for (std::size_t begin = 0; begin <= host.size();) {
    const std::size_t end = std::min(host.find('.', begin), host.size());
    labels.push_back(host.substr(begin, end - begin));
    begin = end + 1;
  }
  if (labels.size() < 2) return {};
  static constexpr std::array second_levels =
      std::to_array<std::string_view>({"co", "com", "org", "net", "ac", "or", "ne", "edu", "gov"});
  std::size_t at = labels.size() - 2;
  if (at > 0 && std::find(second_levels.begin(), second_levels.end(), labels[at]) != second_levels.end())
    --at;
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
    if (is_same_or_subdomain(host, rule.text) && (best == nullptr || rule.text.size() > best->text.size())) best = &rule;
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

std::string url_host(std::string_view address) {
  std::size_t begin = 0;
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (starts_with_ignoring_case(address, scheme)) begin = scheme.size();
  }
  if (begin == 0) return {};
  std::string_view host = address.substr(begin);
  host = host.substr(0, host.find_first_of("/?#\\"));
  if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
  if (!host.starts_with('[')) host = host.substr(0, host.find(':'));
  while (host.ends_with('.')) host.remove_suffix(1);
  if (starts_with_ignoring_case(host, "www.")) host.remove_prefix(4);
  return ascii_lower(host);
}

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
    const std::string host = url_host(address);
    if (!host.empty() && !contains(subject.hosts, host)) subject.hosts.push_back(host);
  }
  return subject;
}

Publisher classify_publisher(const PublisherRules& rules, std::string_view address, std::string_view site_name,
                       const Subject& subject) {
  const std::string host = url_host(address);
  const bool is_own_host = std::any_of(subject.hosts.begin(), subject.hosts.end(),
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
