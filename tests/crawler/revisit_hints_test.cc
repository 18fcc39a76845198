#include "crawler/content.h"

#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;

namespace {

RevisitHints hints_of(const std::string& feed) {
  const auto read = parse_feed(feed, "", "https://example.org/feed.xml");
  REQUIRE(read.ok());
  return read->revisit;
}

RevisitHints of_channel(const std::string& elements) {
  return hints_of(
      "<rss version='2.0' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel><title>T</title>" +
      elements + "</channel></rss>");
}

// The earliest visit after a Thursday's 21:30.
std::string after_thursday(const RevisitHints& hints) {
  return rfc3339(earliest_visit(hints, *parse_rfc3339("2026-05-07T21:30:00Z")));
}

}  // namespace

TEST_CASE("a feed's ttl is its least interval in minutes") {
  CHECK(of_channel("<ttl> 90 </ttl>").min_minutes == 90);
  CHECK(of_channel("").min_minutes == 0);
  for (const char* nonsense : {"<ttl/>", "<ttl>-5</ttl>", "<ttl>soon</ttl>", "<ttl>9h</ttl>"})
    CHECK(of_channel(nonsense).min_minutes == 0);
}

TEST_CASE("an update period is divided by how often in it") {
  CHECK(of_channel("<sy:updatePeriod> Hourly </sy:updatePeriod>").min_minutes == 60);
  CHECK(of_channel("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>")
            .min_minutes == 360);
  CHECK(of_channel("<sy:updateFrequency>2</sy:updateFrequency>").min_minutes == 720);
  CHECK(of_channel("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>")
            .min_minutes == 1440);
  CHECK(of_channel("<sy:updatePeriod>sometimes</sy:updatePeriod>").min_minutes == 0);
  CHECK(of_channel("<ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod>").min_minutes == 60);
  CHECK(hints_of("<feed xmlns='http://www.w3.org/2005/Atom' "
                 "xmlns:s='http://purl.org/rss/1.0/modules/syndication/'><s:updatePeriod>weekly</"
                 "s:updatePeriod></feed>")
            .min_minutes == 7 * 1440);
}

TEST_CASE("hours and days to skip are read as they are written since RSS 0_91") {
  const auto hints = of_channel(
      "<skipHours><hour>0</hour><hour>23</hour><hour>25</hour><hour>x</hour></skipHours>"
      "<skipDays><day>Saturday</day><day> sunday </day><day>Caturday</day></skipDays>");
  CHECK(hints.skipped_hours == ((1U << 0) | (1U << 23)));
  CHECK(hints.skipped_days == ((1U << 0) | (1U << 6)));
  CHECK(of_channel("<skipHours><hour>24</hour></skipHours>").skipped_hours == 1U);
}

TEST_CASE("the earliest visit waits for the interval and past hours and days to skip") {
  CHECK(after_thursday({}) == "2026-05-07T21:30:00Z");
  CHECK(after_thursday({90, 0, 0}) == "2026-05-07T23:00:00Z");
  CHECK(after_thursday({0, 1U << 21 | 1U << 22, 0}) == "2026-05-07T23:00:00Z");
  CHECK(after_thursday({0, 0, 1U << 4}) == "2026-05-08T00:00:00Z");
  CHECK(after_thursday({60, 1U << 22 | 1U << 23 | 1U << 0, 0}) == "2026-05-08T01:00:00Z");
}

TEST_CASE("no hint keeps a feed from being read once a day") {
  CHECK(after_thursday({1'000'000, 0, 0}) == "2026-05-08T21:30:00Z");
  CHECK(after_thursday({0, 0xFFFFFFU, 0x7FU}) == "2026-05-08T21:30:00Z");
  CHECK(after_thursday({0, 0, 1U << 4 | 1U << 5}) == "2026-05-08T21:30:00Z");
}
