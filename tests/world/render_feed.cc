#include <fmt/format.h>

#include <array>
#include <string_view>

#include "tests/world/calendar.h"
#include "tests/world/markup.h"
#include "tests/world/pages.h"
#include "tests/world/random.h"

namespace stubkeeper::world {
namespace {

constexpr int days_of_a_wire = 10;  // that its feed goes back

struct FeedItem {
  int day = 0;
  std::string slug;
  std::string headline;
  std::string text;
};

std::string render_item(const Source& source, const FeedItem& item) {
  const std::string link = fmt::format("http://{}/news/{}", source.host, item.slug);
  return fmt::format(
      "<item><title>{}</title><link>{}</link><guid>{}</guid><pubDate>{}</pubDate><description>{}</description>"
      "</item>\n",
      escape(item.headline), link, link, mail_date(item.day), escape("<p>" + item.text + "</p>"));
}

// An item of a company that the section does not have.
FeedItem item_of_a_stranger(const World& world, const Source& source, int day) {
  Random random{world.options.seed, fmt::format("stranger {} {}", source.id, day)};
  static constexpr auto names = std::to_array<std::string_view>(
      {"Abbot and Sons", "Kite Foundry", "Old Mill Paper", "Lantern Works", "Saltmarsh Dairy"});
  const std::string_view name = random.pick(names);
  const int number = random.between(20, 400);
  return {
      day, fmt::format("stranger-{}", day + days_of_a_wire), fmt::format("{} reports", name),
      fmt::format("{} sold {} machines last month, which is about as many as in the month before, a speaker "
                  "told this wire by telephone.",
                  name, number)};
}

std::vector<FeedItem> items_of_wire(const World& world, const Source& source, int day) {
  std::vector<FeedItem> items;
  for (int of = day; of > day - days_of_a_wire; --of) {
    for (const Event* event : world.told_by(source.id, day)) {
      if (event->day != of) continue;
      items.push_back(
          {event->day, fmt::format("release-{}", event->id),
           event->headline +
               fmt::format(" ({})", world.entries[static_cast<std::size_t>(event->entry)].company.name),
           event->sentence});
    }
    items.push_back(item_of_a_stranger(world, source, of));
  }
  return items;
}

std::vector<FeedItem> items_of_company(const World& world, const Source& source, int day) {
  std::vector<FeedItem> items;
  for (const Event* event : world.told_by(source.id, day))
    if (!event->sentence.empty())
      items.push_back({event->day, fmt::format("item-{}", event->id), event->headline, event->sentence});
  const Entry& entry = world.entries[static_cast<std::size_t>(source.entry)];
  items.push_back({-9, "from-our-works", "From our works", entry.past_news.front()});
  return items;
}

}  // namespace

std::string render_feed(const World& world, const Source& source, int day) {
  const bool is_wire = source.kind == SourceKind::wire_feed;
  const std::string title =
      is_wire ? "The wire of " + source.host
              : world.entries[static_cast<std::size_t>(source.entry)].company.name + " news";
  std::string feed = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>{}</title><link>http://{}/"
      "</link><description>News</description>\n",
      escape(title), source.host);
  for (const FeedItem& item :
       is_wire ? items_of_wire(world, source, day) : items_of_company(world, source, day))
    feed += render_item(source, item);
  return feed + "</channel></rss>\n";
}

}  // namespace stubkeeper::world
