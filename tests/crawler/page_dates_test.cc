#include "crawler/content.h"
#include "crawler/extract/date_lines.h"
#include "tests/support/catch.h"

using namespace stubkeeper::crawler;

namespace {

const std::string text =
    "<p>The pump house of Graz opens its doors in spring, and tells its visitors how water comes to the "
    "hills.</p><p>Another paragraph says at some length who built it, of what, and what became of the old "
    "one by the river.</p>";

Content read(const std::string& lines, const std::string& behind = "", const std::string& head = "") {
  const auto content =
      parse_page("<html><head>" + head + "</head><body><main><article><h1>The pump house</h1>" + lines +
                     text + "</article>" + behind + "</main></body></html>",
                 "text/html", "https://example.org/pump-house");
  REQUIRE(content.ok());
  return *content;
}

}  // namespace

TEST_CASE("dates in a line are told apart by the words beside them") {
  const LineDates both = read_date_line("Updated: March 4, 2025 | Published: January 2, 2025");
  CHECK(both.published == "2025-01-02");
  CHECK(both.modified == "2025-03-04");
  CHECK(both.unlabelled == "");
  for (const char* line :
       {"Published January 2, 2025, last updated March 4, 2025", "2. Januar 2025, aktualisiert: 4. März 2025",
        "Publié le 2 janvier 2025, mis à jour le 4 mars 2025", "2025年1月2日 公開 / 2025年3月4日 更新",
        "January 2, 2025 (updated March 4, 2025)", "发布于 2025年1月2日 更新于 2025年3月4日"}) {
    INFO(line);
    CHECK(read_date_line(line).publication() == "2025-01-02");
    CHECK(read_date_line(line).modified == "2025-03-04");
  }
  for (const char* line :
       {"2025年3月4日 更新", "4 March 2025 (updated)", "Обновлено 4 марта 2025", "Stand: 4. März 2025"}) {
    INFO(line);
    CHECK(read_date_line(line).modified == "2025-03-04");
    CHECK(read_date_line(line).publication() == "");
  }
  for (const char* line : {"4 March 2025", "By Ann Lee, 4 March 2025 · 5 min read", "Date: 4 March 2025",
                           "Graz, 4 March 2025", "NEWS | 4 March 2025"}) {
    INFO(line);
    CHECK(read_date_line(line).unlabelled == "2025-03-04");
  }
}

TEST_CASE("the day of something else is no day of a page") {
  for (const char* line :
       {"Application deadline: 15 January 2025", "She was born on 2 February 1999 in Basel.",
        "Born: 2 February 1999", "Founded 11 December 2021", "Register until 4 March 2025",
        "The fair opens on 4 March 2025", "Warranty: 4 March 2025",
        "On 4 March 2025 the company moved to a new hall in Graz.", "© 4 March 2025 The Site",
        "Bewerbungsfrist: 4. März 2025", "締切：2025年3月4日", "Geboren am 4. März 1999", "4 March 1950"}) {
    INFO(line);
    CHECK(read_date_line(line).publication() == "");
    CHECK(read_date_line(line).modified == "");
    CHECK(read("<p>" + std::string{line} + "</p>").published == "");
  }
}

TEST_CASE("a page is dated by the line below its title that is about it") {
  CHECK(read("<p>Updated: March 4, 2025 | Published: January 2, 2025</p>").published == "2025-01-02");
  CHECK(read("<p>Updated: March 4, 2025 | Published: January 2, 2025</p>").modified == "2025-03-04");
  CHECK(read("<p>Deadline: 15 January 2027</p><p>4 March 2025</p>").published == "2025-03-04");
  CHECK(read("<p>Мара Квилл, 4 марта 2025</p>").published == "2025-03-04");
  CHECK(read("<p>2025年3月4日 更新</p>").modified == "2025-03-04");
  CHECK(
      read("<p>Updated <time datetime=2025-03-04>4 March</time></p><p>Published <time datetime=2025-01-02>2 "
           "January</time></p>")
          .published == "2025-01-02");
  CHECK(read("<p>Apply before the deadline on <time datetime=2025-03-04>4 March</time></p>").published == "");
  CHECK(read("<div class=event-date>4 March 2025</div>").published == "");
  CHECK(read("<div class=post-date>4 March 2025</div>").published == "2025-03-04");
}

TEST_CASE("no page was published before there were any") {
  const auto meta = [](const std::string& date) {
    return "<meta property=article:published_time content='" + date + "'>";
  };
  CHECK(read("<p>4 March 2025</p>", "", meta("1970-01-01T00:00:00Z")).published == "2025-03-04");
  CHECK(read("", "", meta("0001-01-01T00:00:00Z")).published == "");
  CHECK(read("", "", meta("1996-05-07")).published == "1996-05-07");
  CHECK(read("<time datetime=1970-01-01>today</time>").published == "");
}

TEST_CASE("who comments and who takes pictures is no author and their days are not the page's") {
  const std::string comments =
      "<div class=comments><ol class=commentlist><li class=comment><cite class='fn author'>bob</cite><time "
      "datetime=2018-08-29>29 August 2018</time><p itemprop=author>bob</p><p>Nice one.</p></ol></div>";
  CHECK(read("", comments).author == "");
  CHECK(read("", comments).published == "");
  CHECK(read("<p class=byline>By Ann Lee</p><p>4 March 2025</p>", comments).author == "Ann Lee");
  CHECK(read("<p class=byline>By Ann Lee</p><p>4 March 2025</p>", comments).published == "2025-03-04");
  for (const char* credit :
       {"<p>Photo by <span class=author>Snap Shot</span></p>",
        "<p>Foto: <span class=author>Snap Shot</span></p>",
        "<figure><img src=a><figcaption>A pump. <span class=author>Snap Shot</span></figcaption></figure>",
        "<span class=photo-author>Snap Shot</span>"}) {
    INFO(credit);
    CHECK(read(credit).author == "");
    CHECK(read(credit + std::string{"<p class=meta>Words: Ann Lee</p>"}).author == "Ann Lee");
  }
}

TEST_CASE("the day of another article on the page is not its own") {
  const std::string other =
      "<article class=card><h3>Valves</h3><p class=author>Bob Ray</p><time datetime=2018-08-29>29 August 2018</time></article>";
  CHECK(read("", other).published == "");
  CHECK(read("", other).author == "");
  CHECK(read("<time datetime=2025-03-04>4 March</time>", other).published == "2025-03-04");
}

TEST_CASE("a label is no author and the name behind it is") {
  for (const char* line :
       {"<span class=author>Written by</span> <a href=/m>Ann Lee</a>",
        "<a rel=author href=/m>Written by</a> Ann Lee", "<p class=author>By</p><p>Ann Lee</p>",
        "<span class=byline>Author:</span> <b>Ann Lee</b>", "<p>Words: Ann Lee</p>", "<p>Text: Ann Lee</p>",
        "<p class=byline>Reported by Ann Lee</p>", "<p class=author>Автор: Ann Lee</p>",
        "<p class=author>Scritto da Ann Lee</p>", "<p class=author>Written by: Ann Lee</p>"}) {
    INFO(line);
    CHECK(read(line).author == "Ann Lee");
  }
  for (const char* line : {"<p class=author>Written by</p>", "<p>Text: large</p>",
                           "<p>Published by Pumpwerk</p>", "<span class=author>Photo:</span>"}) {
    INFO(line);
    CHECK(read(line).author == "");
  }
}
