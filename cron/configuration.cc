#include "cron/configuration.h"

#include <fmt/format.h>

#include <array>
#include <functional>
#include <optional>

#include "crawler/addresses.h"
#include "entries/conventions.h"
#include "entries/toml_library.h"
#include "schema/base/nearest_name.h"
#include "schema/base/toml_bytes.h"
#include "schema/base/utf8.h"

namespace stubkeeper::cron {
namespace {

constexpr std::array keys = std::to_array<ConfigurationKey>({
    {"site.content", "text", "\"\"",
     "Folder of the research section in the site, absolute or relative to this file."},
    {"site.profile", "text", "\"hugo\"",
     "What pages are written for: `hugo`, or `plain`, a folder of Markdown with relative links (Obsidian, "
     "Quartz)."},
    {"site.evidence", "text", "\"none\"",
     "What readers see of a claim's sources: `none`, `data` (a JSON file for each entry, docs/hugo.md) or "
     "`footnotes`."},
    {"site.data", "text", "\"\"",
     "The site's data folder, for evidence `data`; by itself the `data` beside the folder `content` that "
     "site.content lies in."},
    {"model.provider", "text", "\"extractive\"",
     "Who drafts. `extractive`, which quotes sentences of the sources and needs no model, is the one there "
     "is."},
    {"fetch.contact", "text", "\"\"",
     "An address where a site's operator can reach you; sent in the User-Agent."},
    {"fetch.parallel", "number", "16", "Requests under way at once."},
    {"fetch.parallel_per_host", "number", "2", "Requests under way at once to one host."},
    {"fetch.delay_ms", "number", "1000", "Least time between two requests to one host, in milliseconds."},
    {"fetch.connect_timeout_ms", "number", "10000", "Longest time to connect, in milliseconds."},
    {"fetch.timeout_ms", "number", "60000", "Longest time for one request, in milliseconds."},
    {"fetch.most_bytes", "number", "20000000", "Largest decoded answer that is taken, in bytes."},
    {"fetch.allow_addresses", "list of texts", "[]",
     "Private or loopback addresses that may be fetched from: `127.0.0.1:8080`, `10.0.0.0/8`."},
    {"fetch.ca_file", "text", "\"\"",
     "A file of certificates (PEM), by its absolute path, that are trusted instead of the system's, for "
     "servers that "
     "a house's own authority vouches for."},
    {"fetch.follow_items", "text", "\"never\"",
     "Whether the articles that a feed's items link to are read in place of what the feed says: `never`, "
     "`summaries` (where the feed holds little more than a summary) or `always`."},
    {"fetch.linked_per_run", "number", "50",
     "Pages that one run fetches because a sitemap or a feed's item leads to them; the rest waits for later "
     "runs."},
    {"revisit.page_minutes", "number", "1440",
     "Time between two looks at a page, PDF or file, in minutes, without a budget."},
    {"revisit.feed_minutes", "number", "180",
     "Time between two looks at a feed, in minutes, without a budget."},
    {"revisit.fetches_per_day", "number", "0",
     "Most fetches in 24 hours, spent where they are worth the most (docs/revisit.md); 0 for no budget, and "
     "then the "
     "two keys above decide alone."},
    {"revisit.least_minutes", "number", "60",
     "With a budget, the least time between two looks at a source, in minutes."},
    {"revisit.longest_days", "number", "30",
     "With a budget, the longest time between two looks at a source, in days; longer only where the budget "
     "is too "
     "small for it."},
    {"revisit.recheck_window_days", "number", "7",
     "How recent the answers of all its sources must be for a stale entry to be proposed as rechecked, in "
     "days."},
    {"review.reviewer", "text", "\"\"",
     "The name that goes into history with your decisions; empty is your login name."},
    {"review.auto_approve", "list of texts", "[]",
     "Kinds of unflagged change that are approved without a person, such as `rechecked` or `upkeep`. Flagged "
     "changes "
     "never are."},
    {"check.disable", "list of texts", "[]", "Ids of checks that `stubkeeper check` does not make."},
    {"check.severity", "table of texts", "{}",
     "What findings count as, by id: `error`, `warning` or `note`, such as `{ todo = \"warning\" }`."},
});

// Where a node of the file stands: "stubkeeper.toml:12".
std::string place(const std::string& file, const toml::source_region& region) {
  return fmt::format("{}:{}", file, region.begin.line);
}

// Puts values into a Configuration and keeps the first error.
class Reader {
 public:
  Reader(const toml::table& root, const std::string& file) : root_(root), file_(file) {}

  void text(std::string_view key, std::string& target) {
    if (const toml::node* node = find(key)) {
      if (const auto* value = node->as_string()) {
        target = value->get();
        if (printable(target) != target || target.find('\n') != std::string::npos) {
          fail(*node, fmt::format("{} holds a control character", key));
        }
      } else {
        wrong_type(key, *node, "a text in quotation marks");
      }
    }
  }

  void choice(std::string_view key, std::string& target, const std::vector<std::string>& choices) {
    text(key, target);
    if (!status_.ok()) return;
    if (std::find(choices.begin(), choices.end(), target) != choices.end()) return;
    const auto near = nearest_name(target, choices);
    fail(*find(key), fmt::format("{} cannot be \"{}\"", key, target),
         near ? fmt::format("did you mean \"{}\"?", *near)
              : fmt::format("known: {}", fmt::join(choices, ", ")));
  }

  void number(std::string_view key, std::int64_t& target, std::int64_t least, std::int64_t most) {
    if (const toml::node* node = find(key)) {
      const auto* value = node->as_integer();
      if (value == nullptr) {
        wrong_type(key, *node, "a whole number");
      } else if (value->get() < least || value->get() > most) {
        fail(*node, fmt::format("{} is {}, which is not between {} and {}", key, value->get(), least, most));
      } else {
        target = value->get();
      }
    }
  }

  void texts(std::string_view key, std::vector<std::string>& target) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto* list = node->as_array();
    if (list == nullptr) return wrong_type(key, *node, "a list of texts, such as [\"one\", \"two\"]");
    target.clear();
    for (const toml::node& item : *list) {
      const auto* value = item.as_string();
      if (value == nullptr) return wrong_type(key, item, "a list of texts");
      target.push_back(value->get());
    }
  }

  void table(std::string_view key, std::map<std::string, std::string>& target) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto* entries = node->as_table();
    if (entries == nullptr) return wrong_type(key, *node, "a table, such as { todo = \"warning\" }");
    for (const auto& [name, item] : *entries) {
      const auto* value = item.as_string();
      if (value == nullptr) return wrong_type(key, item, "a table of texts");
      target[std::string{name.str()}] = value->get();
    }
  }

  // Each entry of a table has to pass.
  void check_table(std::string_view key, const std::map<std::string, std::string>& values,
                   const std::function<Status(const std::string&, const std::string&)>& complaint) {
    for (const auto& [name, value] : values) {
      if (const Status status = complaint(name, value); !status.ok())
        fail(*find(key)->as_table()->get(name), fmt::format("{}: {}", key, status.error().message),
             status.error().advice);
    }
  }

  // Each text of a list has to pass; `complaint` gives what is wrong with one, or nothing.
  void check_texts(std::string_view key, const std::vector<std::string>& values,
                   const std::function<std::optional<Error>(const std::string&)>& complaint) {
    for (const std::string& value : values) {
      if (const auto error = complaint(value))
        fail(*find(key), fmt::format("{}: {}", key, error->message), error->advice);
    }
  }

  const Status& status() const { return status_; }

 private:
  const toml::node* find(std::string_view key) const {
    const std::size_t dot = key.find('.');
    const toml::table* section = root_[key.substr(0, dot)].as_table();
    return section == nullptr ? nullptr : section->get(key.substr(dot + 1));
  }
  void fail(const toml::node& node, std::string message, std::string advice = "") {
    if (status_.ok()) {
      status_ = Error{ErrorCode::invalid_argument, std::move(message), place(file_, node.source()),
                      std::move(advice)};
    }
  }
  void wrong_type(std::string_view key, const toml::node& node, std::string_view wanted) {
    fail(node, fmt::format("{} must be {}", key, wanted));
  }

  const toml::table& root_;
  const std::string& file_;
  Status status_;
};

std::optional<Error> unusable_address_rule(const std::string& rule) {
  const auto parsed = crawler::AddressRules::parse({rule});
  return parsed.ok() ? std::nullopt : std::optional{parsed.error()};
}

std::optional<Error> unknown_check(const std::string& id) {
  const std::vector<std::string> known = entries::built_in_conventions().checks.ids();
  if (std::find(known.begin(), known.end(), id) != known.end()) return std::nullopt;
  const auto near = nearest_name(id, known);
  return Error{
      ErrorCode::invalid_argument, fmt::format("there is no check \"{}\"", id), "",
      near ? fmt::format("did you mean \"{}\"?", *near) : "`stubkeeper check --list-rules` lists them"};
}

Status refuse_unknown_keys(const toml::table& root, const std::string& file) {
  std::vector<std::string> sections;
  for (const ConfigurationKey& key : keys) {
    const std::string section{key.name.substr(0, key.name.find('.'))};
    if (sections.empty() || sections.back() != section) sections.push_back(section);
  }
  const auto unknown = [&](const toml::node& node, const std::string& what,
                           const std::optional<std::string>& near) {
    return Error{ErrorCode::invalid_argument, "unknown " + what, place(file, node.source()),
                 near ? "did you mean " + *near + "?" : "docs/configuration.md lists all keys"};
  };
  for (const auto& [section_key, section_node] : root) {
    const std::string section{section_key.str()};
    if (std::find(sections.begin(), sections.end(), section) == sections.end()) {
      const auto near = nearest_name(section, sections);
      return unknown(section_node,
                     (section_node.is_table() ? "section [" : "key ") + printable(section) +
                         (section_node.is_table() ? "]" : ""),
                     near ? std::optional{"[" + *near + "]"} : std::nullopt);
    }
    const toml::table* table = section_node.as_table();
    if (table == nullptr) {
      return Error{ErrorCode::invalid_argument, section + " must be a section",
                   place(file, section_node.source()), "write [" + section + "] on a line of its own"};
    }
    std::vector<std::string> names;
    for (const ConfigurationKey& key : keys) {
      if (key.name.substr(0, key.name.find('.')) == section)
        names.emplace_back(key.name.substr(section.size() + 1));
    }
    for (const auto& [name_key, node] : *table) {
      const std::string name{name_key.str()};
      if (std::find(names.begin(), names.end(), name) == names.end()) {
        return unknown(node, "key " + section + "." + printable(name), nearest_name(name, names));
      }
    }
  }
  return {};
}

}  // namespace

std::span<const ConfigurationKey> configuration_keys() {
  return keys;
}

Result<Configuration> parse_configuration(std::string_view toml, const std::string& file) {
  if (const auto bad = first_byte_not_toml(toml)) {
    const auto line = 1 + std::count(toml.begin(), toml.begin() + static_cast<std::ptrdiff_t>(*bad), '\n');
    return Error{ErrorCode::invalid_argument, "holds a character that TOML has no place for there",
                 fmt::format("{}:{}", file, line),
                 "put texts in quotation marks, and save the file as UTF-8"};
  }
  const toml::parse_result parsed = toml::parse(toml, file);
  if (!parsed) {
    return Error{ErrorCode::invalid_argument, std::string{parsed.error().description()},
                 place(file, parsed.error().source()), "the file is TOML: https://toml.io"};
  }
  const toml::table& root = parsed.table();
  STUBKEEPER_TRY(refuse_unknown_keys(root, file));

  Configuration configuration;
  Reader reader{root, file};
  reader.text("site.content", configuration.site.content);
  reader.choice("site.profile", configuration.site.profile, {"hugo", "plain"});
  reader.choice("site.evidence", configuration.site.evidence, {"none", "data", "footnotes"});
  reader.text("site.data", configuration.site.data);
  reader.choice("model.provider", configuration.model.provider, {"extractive"});
  reader.text("fetch.contact", configuration.fetch.contact);
  reader.number("fetch.parallel", configuration.fetch.parallel, 1, 256);
  reader.number("fetch.parallel_per_host", configuration.fetch.parallel_per_host, 1, 64);
  reader.number("fetch.delay_ms", configuration.fetch.delay_ms, 0, 3'600'000);
  reader.number("fetch.connect_timeout_ms", configuration.fetch.connect_timeout_ms, 1, 600'000);
  reader.number("fetch.timeout_ms", configuration.fetch.timeout_ms, 1, 3'600'000);
  reader.number("fetch.most_bytes", configuration.fetch.most_bytes, 1000, 1'000'000'000);
  reader.texts("fetch.allow_addresses", configuration.fetch.allow_addresses);
  reader.text("fetch.ca_file", configuration.fetch.ca_file);
  reader.choice("fetch.follow_items", configuration.fetch.follow_items, {"never", "summaries", "always"});
  reader.number("fetch.linked_per_run", configuration.fetch.linked_per_run, 0, 100'000);
  reader.number("revisit.page_minutes", configuration.revisit.page_minutes, 1, 525'600);
  reader.number("revisit.feed_minutes", configuration.revisit.feed_minutes, 1, 525'600);
  reader.number("revisit.fetches_per_day", configuration.revisit.fetches_per_day, 0, 10'000'000);
  reader.number("revisit.least_minutes", configuration.revisit.least_minutes, 1, 525'600);
  reader.number("revisit.longest_days", configuration.revisit.longest_days, 1, 3650);
  reader.number("revisit.recheck_window_days", configuration.revisit.recheck_window_days, 1, 365);
  reader.text("review.reviewer", configuration.review.reviewer);
  reader.texts("review.auto_approve", configuration.review.auto_approve);
  reader.texts("check.disable", configuration.check.disable);
  reader.check_texts("fetch.allow_addresses", configuration.fetch.allow_addresses, unusable_address_rule);
  reader.check_texts("check.disable", configuration.check.disable, unknown_check);
  reader.table("check.severity", configuration.check.severity);
  reader.check_table("check.severity", configuration.check.severity,
                     [rules = entries::built_in_conventions().checks](const std::string& id,
                                                                      const std::string& severity) mutable {
                       return rules.set_severity(id, severity);
                     });
  STUBKEEPER_TRY(reader.status());
  return configuration;
}

std::string new_configuration_text(const std::string& content) {
  std::string quoted;
  for (const char c : content) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return fmt::format(
      R"(# stubkeeper's configuration. Every key may be left out; docs/configuration.md lists them all.

[site]
# The folder of the research section in your site, absolute or relative to this file.
{}content = "{}"
profile = "hugo"              # or "plain": a folder of Markdown with relative links
evidence = "none"             # or "data", "footnotes": what readers see of a claim's sources

[model]
provider = "extractive"       # quotes sentences of the sources; needs no model and no key

[fetch]
# Where the operator of a site can reach you; it goes into the User-Agent. Please fill it in.
contact = ""
parallel = 16
delay_ms = 1000               # between two requests to one host

[review]
# Kinds of unflagged change that need no person, such as ["rechecked", "upkeep"]. Flagged changes never match.
auto_approve = []
)",
      content.empty() ? "# " : "", quoted);
}

}  // namespace stubkeeper::cron
