#include "crawler/feeds/feed_dialect.h"

#include "base/text/dates.h"
#include "tests/support/catch.h"

using stubkeeper::parse_date;
using stubkeeper::crawler::parse_feed_date;

TEST_CASE("the dates of feeds are read as their writers meant them") {
  const std::string timestamp = "2023-08-15T14:30:00+02:00";
  for (const char* text :
       {"Tue, 15 Aug 2023 14:30:00 +0200", "Tue, 15 Aug 23 14:30:00 +0200", "Tue 15 Aug 2023 14:30 +0200",
        "Tuesday, 15-Aug-23 14:30:00 +0200", "2023-08-15T14:30:00+02:00", "2023-08-15 14:30:00 +0200",
        "2023-08-15T14:30:00.000+0200", "Tue, 15 Aug 2023 2:30:00 PM +0200", "15.08.2023 14:30 +0200",
        "Tue, 15 Aug 2023 14:30:00 GMT+0200", "Tue, 15 Aug 2023 14:30:00 UTC+02:00",
        "Tue, 2023/08/15 14:30:00 CEST", "mar., 15 août 2023 14:30:00 +0200",
        "ter, 15 ago 2023 14:30:00 +0200", "Вт, 15 Aug 2023 14:30:00 +0200", "15 agosto 2023 14:30:00 +0200",
        "2023-08-15 14:30:00 +0200 CEST", "2023-08-15T14:30:00+02:00[Europe/Berlin]",
        "\n Tue,  15 Aug 2023\t14:30:00 +0200 (CEST) \n"}) {
    INFO(text);
    CHECK(parse_feed_date(text) == timestamp);
  }
}

TEST_CASE("forms of which a page would not be sure are dates in a feed") {
  CHECK(parse_feed_date("1692109800") == "2023-08-15T14:30:00Z");
  CHECK(parse_feed_date("1692109800000") == "2023-08-15T14:30:00Z");
  CHECK(parse_feed_date("2003-365") == "2003-12-31");
  CHECK(parse_feed_date("2003-366").empty());
  CHECK(parse_feed_date("2023年8月15日") == "2023-08-15");
  CHECK(parse_feed_date("2023-08-15T14:30:00+00:00Z") == "2023-08-15T14:30:00Z");
  CHECK(parse_feed_date("Fri, 2006/09/15 08:19:53 EDT") == "2006-09-15T08:19:53-04:00");
  CHECK(parse_date("1692109800").empty());
}

TEST_CASE("what is no date is none in a feed either") {
  for (const char* text :
       {"", "soon", "Tue,", "16921098", "0692109800", "a, b, c", "Tue, 45 Aug 2023", "+-:", "年月日"}) {
    INFO(text);
    CHECK(parse_feed_date(text).empty());
  }
  CHECK(parse_feed_date(std::string(100'000, '1')).empty());
}

TEST_CASE("months of Italian and Portuguese and Dutch are known") {
  CHECK(parse_date("15 gennaio 2023") == "2023-01-15");
  CHECK(parse_date("3 mag 2023") == "2023-05-03");
  CHECK(parse_date("15 de março de 2023") == "2023-03-15");
  CHECK(parse_date("15 out 2023") == "2023-10-15");
  CHECK(parse_date("15 mrt 2023") == "2023-03-15");
  CHECK(parse_date("15 augustus 2023") == "2023-08-15");
}

TEST_CASE("months of many languages are read in feeds, with or without their weekdays") {
  for (const char* text : {"Вт, 15 авг 2023 14:30:00 +0200", "Вт, 15 августа 2023 14:30:00 +0200",
                           "вівторок 15 серпня 2023 14:30 +0200", "tis, 15 augusti 2023 14:30:00 +0200",
                           "tis 15 aug. 2023 14:30:00 +0200", "út, 15 srpna 2023 14:30:00 +0200",
                           "wt., 15 sierpnia 2023 14:30:00 +0200", "Sal, 15 Ağustos 2023 14:30:00 +0200",
                           "ti, 15 elokuuta 2023 14:30 +0200", "火, 15 8月 2023 14:30:00 +0200",
                           "화, 15 8월 2023 14:30:00 +0200", "Τρί, 15 Αυγ 2023 14:30:00 +0200",
                           "K, 15 aug. 2023 14:30:00 +0200", "2023. augusztus 15. 14:30:00 +0200"}) {
    CAPTURE(text);
    CHECK(parse_feed_date(text) == "2023-08-15T14:30:00+02:00");
  }
  CHECK(parse_feed_date("2023년 8월 15일") == "2023-08-15");
  // October in Croatian, November in Polish.
  CHECK(parse_feed_date("15 lis 2023").empty());
}

TEST_CASE("a place's time in a feed has the offset that it had there on that day") {
  CHECK(parse_feed_date("Tue, 15 Aug 2023 14:30:00 Europe/Berlin") == "2023-08-15T14:30:00+02:00");
  CHECK(parse_feed_date("Sun, 15 Jan 2023 14:30:00 Europe/Berlin") == "2023-01-15T14:30:00+01:00");
  CHECK(parse_feed_date("2023-08-15 14:30:00 America/St_Johns") == "2023-08-15T14:30:00-02:30");
  CHECK(parse_feed_date("2023-08-15T14:30:00 Asia/Kathmandu") == "2023-08-15T14:30:00+05:45");
  CHECK(parse_feed_date("Tue Aug 15 14:30:00 Asia/Tokyo 2023") == "2023-08-15T14:30:00+09:00");
  CHECK(parse_feed_date("Tue, 15 Aug 2023 14:30:00 Nowhere/Atlantis") == "2023-08-15");
}

TEST_CASE("of a date in a feed whose offset is not certain the day is kept") {
  for (const char* text :
       {"Tue, 15 Aug 2023 14:30:00 QQT", "Tue, 15 Aug 2023 14:30:00 +200", "Tue, 15 Aug 2023 2:30:00 PM ZZZ",
        "Tue Aug 15 14:30:00 QQT 2023", "2023-08-15 14:30:00 QQT", "2023-08-15T14:30:00 +20000",
        "Tue, 15 Aug 2023 14:30:00 Pacific Standard Time", "Вт, 15 авг 2023 14:30:00 МСК"}) {
    CAPTURE(text);
    CHECK(parse_feed_date(text) == "2023-08-15");
  }
  CHECK(parse_feed_date("at 14:30 sharp").empty());
  CHECK(parse_feed_date("14:30:00 QQT").empty());
}
