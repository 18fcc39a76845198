#include "base/text/dates.h"

#include "tests/support/catch.h"

using stubkeeper::find_date;
using stubkeeper::parse_date;

TEST_CASE("dates in numbers keep the part that is known") {
  CHECK(parse_date("2026") == "2026");
  CHECK(parse_date("2026-05") == "2026-05");
  CHECK(parse_date("2026-05-07") == "2026-05-07");
  CHECK(parse_date("2026/05/07") == "2026-05-07");
  CHECK(parse_date("2026.5.7") == "2026-05-07");
  CHECK(parse_date("20260507") == "2026-05-07");
  CHECK(parse_date("20260507T093000Z") == "2026-05-07T09:30:00Z");
  CHECK(parse_date(" 2026-05-07T09:30:00Z\n") == "2026-05-07T09:30:00Z");
  CHECK(parse_date("2026-05-07T09:30Z") == "2026-05-07T09:30:00Z");
  CHECK(parse_date("2026-05-07t09:30:00.123456z") == "2026-05-07T09:30:00Z");
}

TEST_CASE("offsets are kept, so that a day is the one of who wrote it") {
  CHECK(parse_date("2026-05-07T23:30:00-05:00") == "2026-05-07T23:30:00-05:00");
  CHECK(parse_date("2026-01-01T00:30:00+01:00") == "2026-01-01T00:30:00+01:00");
  CHECK(parse_date("2026-05-07 09:30:00 +0530") == "2026-05-07T09:30:00+05:30");
  CHECK(parse_date("2026-05-07T09:30:00+02") == "2026-05-07T09:30:00+02:00");
  CHECK(parse_date("2026-05-07T24:00:00Z") == "2026-05-08T00:00:00Z");
  CHECK(parse_date("Thu May 07 2026 09:30:00 GMT-0400 (Eastern Daylight Time)") ==
        "2026-05-07T09:30:00-04:00");
}

TEST_CASE("a time without a known zone leaves the day alone") {
  CHECK(parse_date("2026-05-07T09:30:00") == "2026-05-07");
  CHECK(parse_date("May 7, 2026 at 9:30 am") == "2026-05-07");
  CHECK(parse_date("Thu, 07 May 2026 09:30:00 ET") == "2026-05-07");
  CHECK(parse_date("Thu May  7 09:30:00 2026") == "2026-05-07");
}

TEST_CASE("RFC 822 dates are read with their mistakes") {
  CHECK(parse_date("Thu, 07 May 2026 09:30:00 GMT") == "2026-05-07T09:30:00Z");
  CHECK(parse_date("Mon, 07 May 2026 09:30:00 GMT") == "2026-05-07T09:30:00Z");  // a Thursday
  CHECK(parse_date("7 May 26 09:30 EST") == "2026-05-07T09:30:00-05:00");
  CHECK(parse_date("Thu, 07 May 2026 09:30:00 PDT") == "2026-05-07T09:30:00-07:00");
  CHECK(parse_date("Thu, 7 Sept 2026 09:30:00 -0500") == "2026-09-07T09:30:00-05:00");
  CHECK(parse_date("Thursday, 07-May-26 09:30:00 GMT") == "2026-05-07T09:30:00Z");
  CHECK(parse_date("Thu, 07 May 99 09:30:00 UT") == "1999-05-07T09:30:00Z");
  CHECK(parse_date("Thu,07 May 2026 09:30:00 +0000") == "2026-05-07T09:30:00Z");
}

TEST_CASE("dates in prose are read in four languages") {
  CHECK(parse_date("May 7, 2026") == "2026-05-07");
  CHECK(parse_date("7 May 2026") == "2026-05-07");
  CHECK(parse_date("7th of May, 2026") == "2026-05-07");
  CHECK(parse_date("Thursday, May 7th, 2026 at 9:30 p.m. EDT") == "2026-05-07T21:30:00-04:00");
  CHECK(parse_date("May 2026") == "2026-05");
  CHECK(parse_date("Dec. 3, 2025") == "2025-12-03");
  CHECK(parse_date("7. Mai 2026, 09:30 Uhr") == "2026-05-07");
  CHECK(parse_date("3. März 2026") == "2026-03-03");
  CHECK(parse_date("1er août 2026") == "2026-08-01");
  CHECK(parse_date("mar. 12 mai 2026") == "2026-05-12");
  CHECK(parse_date("7 de mayo de 2026") == "2026-05-07");
  CHECK(parse_date("Published on May 7, 2026") == "2026-05-07");
}

TEST_CASE("dates of China, Japan and Korea are read with their signs") {
  for (const char* text : {"2025年3月4日", "2025年03月04日", "2025 年 3 月 4 日", "２０２５年３月４日",
                           "2025年3月4日(火) 10:30", "2025年3月4日 午後3時", "2025年3月4号", "2025년 3월 4일",
                           "2025년 03월 04일 화요일", "令和7年3月4日"}) {
    INFO(text);
    CHECK(parse_date(text) == "2025-03-04");
  }
  CHECK(parse_date("2025年3月") == "2025-03");
  CHECK(find_date("最終更新日：2025年3月4日更新") == "2025-03-04");
  CHECK(find_date("입력 2025년 3월 4일 기자") == "2025-03-04");
  for (const char* text :
       {"2025年13月4日", "2025年2月30日", "25年3月4日", "2025年", "12025年3月4日", "2025年 第3号"}) {
    INFO(text);
    CHECK(find_date(text).empty());
  }
}

TEST_CASE("months are read in more languages of Europe") {
  for (const char* text :
       {"4 марта 2025",        "4 Марта 2025 г.", "4 МАРТА 2025 года",       "вторник, 4 марта 2025, 10:30",
        "4 березня 2025 р.",   "4 marca 2025",    "wtorek, 4 marca 2025 r.", "4. března 2025",
        "4. marca 2025",       "4 mars 2025",     "4. marts 2025",           "tisdag 4 mars 2025",
        "4. maaliskuuta 2025", "4 Mart 2025",     "4 martie 2025",           "2025. március 4.",
        "4 Μαρτίου 2025",      "4 Maret 2025",    "martedì 4 marzo 2025",    "dinsdag 4 maart 2025",
        "4 март 2025"}) {
    INFO(text);
    CHECK(find_date(text) == "2025-03-04");
  }
  CHECK(find_date("Мара Квилл, 4 марта 2025") == "2025-03-04");
  CHECK(find_date("Август 2025") == "2025-08");
  for (const char* text : {"Top list 2025", "led 2025", "в марте 2025", "до 2025 года"}) {
    INFO(text);
    CHECK(find_date(text).empty());
  }
}

TEST_CASE("an order of day and month that could be either is not guessed") {
  CHECK(parse_date("05/07/2026") == "2026");
  CHECK(parse_date("25/12/2026") == "2026-12-25");
  CHECK(parse_date("12/25/2026") == "2026-12-25");
  CHECK(parse_date("07/07/2026") == "2026-07-07");
  CHECK(parse_date("07.05.2026") == "2026-05-07");
  CHECK(parse_date("26/05/07").empty());
}

TEST_CASE("what is no date gives none") {
  for (const char* text : {"",
                           "soon",
                           "yesterday",
                           "3 days ago",
                           "2026-02-30",
                           "2026-13-01",
                           "31 April 2026",
                           "1778146200",
                           "May 26",
                           "Copyright 2026",
                           "v1.2.3",
                           "12:30",
                           "99999",
                           "2026-05-07T25:00:00Z",
                           "2026-05-07Tnoon",
                           "0000-00-00",
                           "May 7, 2026, by May Miller",
                           "10.0.0.1",
                           "7 May 2026 8 May 2026",
                           "call 555-2026"}) {
    INFO(text);
    CHECK(parse_date(text).empty());
  }
}

TEST_CASE("very long text is no date and takes no time") {
  CHECK(parse_date(std::string(1'000'000, '1')).empty());
  CHECK(find_date(std::string(1'000'000, '1') + " 7 May 2026").empty());
}

TEST_CASE("a date is found among other words") {
  CHECK(find_date("Published: 7 May 2026 | 5 min read") == "2026-05-07");
  CHECK(find_date("By Ann Lee, May 7, 2026 9:30 am UTC · Updated May 9, 2026") == "2026-05-07T09:30:00Z");
  CHECK(find_date("Posted 2026-05-07, last changed later") == "2026-05-07");
  CHECK(find_date("You may read 12 of 2026 pages").empty());
  CHECK(find_date("© 2026 Example Ltd").empty());
  CHECK(find_date("version 10.4.2026.1").empty());
}
