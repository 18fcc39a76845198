#include "entries/conventions/publishers.h"

#include <array>

#include "base/text/ascii.h"

namespace stubkeeper::entries {
namespace {

struct Section {
  const char* key;
  PublisherKind kind;
};
constexpr std::array sections = std::to_array<Section>({{"wire", PublisherKind::wire},
                                                        {"regulator", PublisherKind::regulator},
                                                        {"paper", PublisherKind::paper},
                                                        {"independent", PublisherKind::independent}});

bool is_domain(std::string_view text) {
  if (text.empty() || text.starts_with('.') || text.ends_with('.')) return false;
  return text.find_first_of("/:@* \t") == std::string_view::npos;
}

std::vector<PublisherRules::Rule> parse_publisher_list(TomlReader& reader, const Section& section,
                                                       const char* list) {
  const std::string key = std::string{section.key} + "." + list;
  std::vector<std::string> texts;
  reader.texts(key, texts);
  std::vector<PublisherRules::Rule> rules;
  for (const std::string& text : texts) rules.push_back({ascii_lower(text), section.kind});
  return rules;
}

void prepend(std::vector<PublisherRules::Rule>& rules, const std::vector<PublisherRules::Rule>& more) {
  rules.insert(rules.begin(), more.begin(), more.end());
}

}  // namespace

const char* publisher_kind_name(PublisherKind kind) {
  // In the order of PublisherKind.
  static constexpr std::array names{"company's own", "press wire", "regulator", "paper", "independent"};
  return names[static_cast<std::size_t>(kind)];
}

Status parse_publishers(TomlReader& reader, PublisherRules& rules) {
  for (const Section& section : sections) {
    const auto hosts = parse_publisher_list(reader, section, "hosts");
    for (const PublisherRules::Rule& rule : hosts) {
      if (is_domain(rule.text)) continue;
      reader.fail(std::string{section.key} + ".hosts", "\"" + rule.text + "\" is no domain",
                  "write it without scheme, path and asterisk: \"example.org\" stands for all below it too");
    }
    prepend(rules.hosts, hosts);
    prepend(rules.names, parse_publisher_list(reader, section, "names"));
  }
  reader.texts("own.website_fields", rules.website_fields);
  reader.texts("own.website_facts", rules.website_facts);
  reader.texts("own.legal_forms", rules.legal_forms);
  return reader.finish();
}

}  // namespace stubkeeper::entries
