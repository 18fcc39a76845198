#include "tests/world/section.h"

#include <fmt/format.h>

#include "tests/world/calendar.h"

namespace stubkeeper::world {
namespace {

constexpr int stale_after_days = 90;

std::string front_matter(const World& world, const Entry& entry) {
  std::string text = fmt::format(
      "---\ntitle: \"{}\"\ndate: {}\nlastmod: {}\ndraft: false\ndescription: \"A maker of {}.\"\n",
      entry.company.name, iso_date(-200), iso_date(entry.due_day - stale_after_days),
      entry.company.trade.plural);
  text += entry.sources.empty() ? "source_urls: []\n" : "source_urls:\n";
  for (const int id : entry.sources) {
    const Source& source = world.sources[static_cast<std::size_t>(id)];
    if (!is_feed(source.kind)) text += "  - \"" + source.address() + "\"\n";
  }
  return text + fmt::format("last_reviewed: {}\nstale_after_days: {}\n---\n\n",
                            iso_date(entry.due_day - stale_after_days), stale_after_days);
}

std::string render_entry(const World& world, const Entry& entry) {
  std::string text = front_matter(world, entry);
  text += "## Summary\n\n" + entry.facts.at(Fact::definition) + "\n\n## Key Facts\n\n";
  for (const Fact fact : {Fact::founded, Fact::employees, Fact::capacity, Fact::countries, Fact::chief})
    text += "- " + entry.facts.at(fact) + "\n";
  text += "\n## Notable Developments\n\n";
  for (const std::string& news : entry.past_news) text += "- " + news + "\n";
  if (entry.sources.empty()) return text;
  text += "\n## Sources\n\n";
  for (const int id : entry.sources) {
    const Source& source = world.sources[static_cast<std::size_t>(id)];
    if (!is_feed(source.kind)) text += "- [" + entry.company.name + "](" + source.address() + ")\n";
  }
  return text;
}

}  // namespace

std::map<std::string, std::string> render_section(const World& world) {
  std::map<std::string, std::string> files;
  files["_index.md"] = "---\ntitle: \"Research\"\ndate: 2026-01-01\n---\n\n## Overview\n\nAll of it.\n";
  files["makers/_index.md"] =
      "---\ntitle: \"Makers\"\ndate: 2026-01-01\n---\n\n## Overview\n\nWho makes machines.\n";
  for (const Entry& entry : world.entries) files[entry.path + ".md"] = render_entry(world, entry);
  return files;
}

}  // namespace stubkeeper::world
