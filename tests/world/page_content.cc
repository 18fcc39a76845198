#include "tests/world/page_content.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace stubkeeper::world {
namespace {

// A slip of the pen in the first word that has it, until an editor sees it.
std::string misspell(std::string sentence) {
  static constexpr auto slips = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"makes", "maeks"}, {"maker", "makr"}, {"customers", "custommers"}, {"Customers", "Custommers"}});
  for (const auto& [right, wrong] : slips) {
    const std::size_t at = sentence.find(right);
    if (at != std::string::npos) return sentence.replace(at, right.size(), wrong);
  }
  return sentence;
}

PageContent about(const World& world, const Source& source, int day) {
  const Entry& entry = world.entries[static_cast<std::size_t>(source.entry)];
  const auto fact = [&](Fact of) { return world.fact_sentence(source.id, of, day); };
  PageContent page{entry.company.name, {}};
  std::string definition = fact(Fact::definition);
  if (!world.has_noise(source.id, NoiseKind::typo, day)) definition = misspell(definition);
  std::vector<std::string> first{definition, fact(Fact::founded), fact(Fact::employees)};
  if (world.has_noise(source.id, NoiseKind::reordered, day)) std::swap(first[1], first[2]);
  page.parts.push_back(
      {"",
       0,
       false,
       {first,
        {fmt::format("All that leaves the works of {} has been on a test bed for a night and a day.",
                     entry.company.name),
         "A label says who stood beside it, and that person can be called by name when something is amiss."}}});
  page.parts.push_back({"Works", 0, false, {{fact(Fact::capacity)}}});
  page.parts.push_back({"Customers", 0, false, {{fact(Fact::countries)}}});
  page.parts.push_back({"Management", 0, false, {{fact(Fact::chief)}}});
  return page;
}

ContentPart item(const Entry& entry, const std::string& headline, const std::string& sentence, int day) {
  return {
      headline,
      day,
      true,
      {{sentence},
       {fmt::format("\"We are glad of what lies ahead of us, and we thank all who had a part in it,\" said "
                    "the chief executive of {}.",
                    entry.company.name)}}};
}

PageContent newsroom(const World& world, const Source& source, int day) {
  const Entry& entry = world.entries[static_cast<std::size_t>(source.entry)];
  PageContent page{"News of " + entry.company.name, {}};
  for (const Event* event : world.told_by(source.id, day))
    if (!event->sentence.empty())
      page.parts.push_back(item(entry, event->headline, event->sentence, event->day));
  static constexpr std::array days_ago{9, 31, 74};
  for (std::size_t i = 0; i < entry.past_news.size(); ++i)
    page.parts.push_back(item(entry, "From our works", entry.past_news[i], -days_ago[i]));
  return page;
}

// A trade paper's page on a company: an article that is added to.
PageContent profile(const World& world, const Source& source, int day) {
  const Entry& entry = world.entries[static_cast<std::size_t>(source.entry)];
  PageContent page{entry.company.name + " in portrait", {}};
  std::string definition = entry.facts.at(Fact::definition);
  if (!world.has_noise(source.id, NoiseKind::typo, day)) definition = misspell(definition);
  ContentPart text{"", 0, false, {{definition, entry.facts.at(Fact::founded)}}};
  for (const Event* event : world.told_by(source.id, day))
    if (!event->sentence.empty()) text.paragraphs.push_back({event->sentence});
  static constexpr auto colour = std::to_array<std::string_view>(
      {"The yard in front of the works is swept every morning, and the gate stands open from six o'clock on.",
       "Visitors are led along a yellow line, past the press shop and the paint shop, to a room with a long table "
       "and a kettle.",
       "Nobody there speaks of growth before coffee; afterwards the talk is of bearings, of late trains and of the "
       "weather in the harbour.",
       "A foreman who has been with the firm since school shows how a casing is turned, and how the hand feels a "
       "fault that no gauge has found.",
       "In the office above, drawings hang from a line like washing, each with the initials of whoever changed it "
       "last.",
       "Apprentices eat at the same table as the board, which is said to have ended more quarrels than any "
       "meeting.",
       "When the siren goes, the yard fills with bicycles, and within minutes the street is as quiet as a village "
       "on a Sunday."});
  for (const std::string_view sentence : colour) text.paragraphs.push_back({std::string{sentence}});
  page.parts.push_back(std::move(text));
  return page;
}

}  // namespace

PageContent page_content(const World& world, const Source& source, int day) {
  switch (source.kind) {
    case SourceKind::about:
      return about(world, source, day);
    case SourceKind::profile:
      return profile(world, source, day);
    default:
      return newsroom(world, source, day);
  }
}

}  // namespace stubkeeper::world
