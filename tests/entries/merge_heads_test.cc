// Merges of front matter: docs/architecture.md, invariant 1.

#include <array>

#include "entries/document.h"
#include "entries/merge.h"
#include "tests/support/catch.h"

using namespace stubkeeper::entries;

namespace {

const std::string body = "\n## Summary\n\nBasel pumps heat.\n\n## Sources\n\n- [A](https://a.org)\n";
const std::string news = "- [A](https://a.org)\n- [B](https://b.org)\n";

struct Form {
  const char* name;
  std::string head;
  std::string newer;  // as the store changes it
};

const std::array forms = std::to_array<Form>({
    {"YAML", "---\ntitle: \"Basel\"\nlastmod: 2026-01-10\n---\n",
     "---\ntitle: \"Basel\"\nlastmod: 2026-11-30\n---\n"},
    {"TOML", "+++\ntitle = \"Basel\"\nlastmod = 2026-01-10\n+++\n",
     "+++\ntitle = \"Basel\"\nlastmod = 2026-11-30\n+++\n"},
    {"JSON", "{\n  \"title\": \"Basel\",\n  \"lastmod\": \"2026-01-10\"\n}\n",
     "{\n  \"title\": \"Basel\",\n  \"lastmod\": \"2026-11-30\"\n}\n"},
    {"none", "", ""},
});

std::string with_news(std::string page) {
  const std::string old_sources = "- [A](https://a.org)\n";
  return page.replace(page.find(old_sources), old_sources.size(), news);
}

std::string merge_clean(const std::string& base, const std::string& ours, const std::string& theirs) {
  const MergeResult merge = merge_pages(base, ours, theirs);
  for (const MergeConflict& conflict : merge.conflicts)
    FAIL_CHECK(conflict.place << ": " << conflict.ours << " / " << conflict.theirs);
  return merge.bytes;
}

std::string yaml(const std::string& fields) {
  return "---\n" + fields + "---\n" + body;
}

}  // namespace

TEST_CASE("a head that changed its form by hand is one unit, of whichever side is kept") {
  for (const Form& was : forms) {
    for (const Form& became : forms) {
      if (was.name == became.name || was.head.empty()) continue;
      INFO(was.name << " became " << became.name);
      const std::string base = was.head + body;
      const std::string ours = was.newer + with_news(body);
      const std::string theirs = became.head + body + "\nBy hand.\n";
      const MergeResult merge = merge_pages(base, ours, theirs);
      REQUIRE(merge.conflicts.size() == 1);
      CHECK(merge.conflicts[0].place == "front matter");
      CHECK(merge.conflicts[0].ours == was.newer);
      CHECK(merge.conflicts[0].theirs == became.head);
      CHECK(merge_pages(base, ours, theirs, MergePreference::ours).bytes ==
            was.newer + with_news(body) + "\nBy hand.\n");
      CHECK(merge_pages(base, ours, theirs, MergePreference::theirs).bytes ==
            became.head + with_news(body) + "\nBy hand.\n");
    }
  }
}

TEST_CASE("a head that one side alone turned into another form is taken whole") {
  for (const Form& was : forms) {
    for (const Form& became : forms) {
      INFO(was.name << " became " << became.name);
      CHECK(merge_clean(was.head + body, was.head + with_news(body), became.head + body) ==
            became.head + with_news(body));
    }
  }
}

TEST_CASE("a head that lost a delimiter by hand does not stay as text where the store's is kept") {
  const std::string head = "---\ntitle: \"Basel\"\ndraft: false\n---\n";
  const std::string newer = "---\ntitle: \"Basel\"\ndraft: false\nlastmod: 2026-11-30\n---\n";
  for (const std::string& remains : {std::string{"title: \"Basel\"\ndraft: false\n---\n"},
                                     std::string{"---\ntitle: \"Basel\"\ndraft: false\n"},
                                     std::string{"title: \"Basle\"\ndraft: false\n"}}) {
    INFO(remains);
    const MergeResult merge = merge_pages(head + body, newer + body, remains + body + "\nBy hand.\n");
    REQUIRE_FALSE(merge.clean());
    CHECK(merge_pages(head + body, newer + body, remains + body + "\nBy hand.\n", MergePreference::ours)
              .bytes == newer + body + "\nBy hand.\n");
  }
}

TEST_CASE("fields of two sides that make no front matter together are a conflict") {
  // The store's description lost the anchor that the hand uses.
  const std::string base = yaml("title: \"Basel\"\ndescription: &d \"Pumps.\"\n");
  const std::string ours = yaml("title: \"Basel\"\ndescription: \"Heat pumps.\"\n");
  const std::string theirs = yaml("title: \"Basel\"\ndescription: &d \"Pumps.\"\nsummary: *d\n");
  const MergeResult merge = merge_pages(base, ours, theirs);
  REQUIRE(merge.conflicts.size() == 1);
  CHECK(merge.conflicts[0].place == "front matter");
  CHECK(merge_pages(base, ours, theirs, MergePreference::ours).bytes == ours);
  CHECK(merge_pages(base, ours, theirs, MergePreference::theirs).bytes == theirs);
}

TEST_CASE("front matter that was broken by hand waits, and the store's can be read where it is kept") {
  const std::string base = yaml("title: \"Basel\"\n");
  const std::string ours = yaml("title: \"Basel\"\nlastmod: 2026-11-30\n");
  const std::string theirs = yaml("title: \"Basel\nsummary: \"x\"\n");
  CHECK_FALSE(merge_pages(base, ours, theirs).clean());
  const std::string kept = merge_pages(base, ours, theirs, MergePreference::ours).bytes;
  CHECK(Document::parse(kept).front_matter().is_editable());
  CHECK(kept == ours);
}

TEST_CASE("a key is the same key in quotation marks and with blanks before its colon") {
  const std::string base = yaml("title: \"Basel\"\n");
  const std::string ours = yaml("title: \"Basel\"\nlastmod: 2026-11-30\n");
  for (const char* key : {"lastmod:", "\"lastmod\":", "'lastmod':", "lastmod :", "\"lastmod\" :"}) {
    INFO(key);
    const std::string merged =
        merge_clean(base, ours, yaml("title: \"Basel\"\n" + std::string{key} + " 2026-11-29\n"));
    CHECK(Document::parse(merged).front_matter().scalar("lastmod") == "2026-11-30");
    CHECK(merged == yaml("title: \"Basel\"\n" + std::string{key} + " 2026-11-30\n"));
  }
  CHECK(merge_clean(yaml("\"my key\": 1\nb: 1\n"), yaml("\"my key\": 1\nb: 2\n"),
                    yaml("\"my key\": 3\nb: 1\n")) == yaml("\"my key\": 3\nb: 2\n"));
}

TEST_CASE("a comment by hand stays, on whichever line it is") {
  const std::string base = yaml("title: \"Basel\"\nlastmod: 2026-01-10\nlast_reviewed: 2026-01-10\n");
  const std::string ours = yaml("title: \"Basel\"\nlastmod: 2026-11-30\nlast_reviewed: 2026-11-30\n");
  CHECK(merge_clean(
            base, ours,
            yaml("# mine\ntitle: \"Basel\" # short\nlastmod: 2026-01-10 # embargo\n# below\nlast_reviewed: "
                 "2026-01-10\t# by me\n")) ==
        yaml("# mine\ntitle: \"Basel\" # short\nlastmod: 2026-11-30 # embargo\n# below\nlast_reviewed: "
             "2026-11-30\t# by me\n"));
  const std::string toml_base = "+++\nlastmod = 2026-01-10\n+++\n" + body;
  CHECK(merge_clean(toml_base, "+++\nlastmod = 2026-11-30\n+++\n" + body,
                    "+++\nlastmod = 2026-01-10 # embargo\n+++\n" + body) ==
        "+++\nlastmod = 2026-11-30 # embargo\n+++\n" + body);
  // Without a field in the base.
  CHECK(merge_clean(yaml("a: 1\n"), yaml("a: 1\nlastmod: 2026-11-30\n"),
                    yaml("a: 1\nlastmod: 2026-11-29 # mine\n")) ==
        yaml("a: 1\nlastmod: 2026-11-30 # mine\n"));
}

TEST_CASE("a time of day by hand stays where the day moves") {
  const std::string base = yaml("lastmod: 2026-01-10\n");
  const auto merged_with = [&](const std::string& ours, const std::string& theirs) {
    const std::string merged =
        merge_clean(base, yaml("lastmod: " + ours + "\n"), yaml("lastmod: " + theirs + "\n"));
    return Document::parse(merged).front_matter().scalar("lastmod");
  };
  CHECK(merged_with("2026-11-30", "2026-11-29T18:30:00+01:00") == "2026-11-30T18:30:00+01:00");
  CHECK(merged_with("2026-11-30", "\"2026-11-29 18:30\"") == "2026-11-30 18:30");
  CHECK(merged_with("2026-11-30", "2026-11-30T18:30:00+01:00") == "2026-11-30T18:30:00+01:00");
  CHECK(merged_with("2026-11-30", "2026-12-01T08:00:00Z") == "2026-12-01T08:00:00Z");
  CHECK(merged_with("2026-11-30T12:00:00Z", "2026-11-29T18:30:00Z") == "2026-11-30T12:00:00Z");
}

TEST_CASE("TOML and JSON are merged field by field") {
  CHECK(
      merge_clean(
          "+++\ntitle = \"A\"\nlastmod = 2026-01-10\nurls = [\n  \"a\",\n]\n[x]\ny = 1\n+++\n" + body,
          "+++\ntitle = \"A\"\nlastmod = 2026-11-30\nurls = [\n  \"a\",\n  \"b\",\n]\n[x]\ny = 1\n+++\n" +
              body,
          "+++\ntitle = \"B\"\nlastmod = 2026-01-10\nurls = [\n  \"a\",\n]\nweight = 2\n[x]\ny = 2\n+++\n" +
              body) ==
      "+++\ntitle = \"B\"\nlastmod = 2026-11-30\nurls = [\n  \"a\",\n  \"b\",\n]\nweight = 2\n[x]\ny = 2\n+++\n" +
          body);
  CHECK(
      merge_clean(
          "{\"title\": \"A\", \"lastmod\": \"2026-01-10\"}\n" + body,
          "{\"title\": \"A\", \"lastmod\": \"2026-11-30\", \"last_reviewed\": \"2026-11-30\"}\n" + body,
          "{\"title\": \"B\", \"lastmod\": \"2026-01-10\", \"weight\": 2}\n" + body) ==
      "{\"title\": \"B\", \"lastmod\": \"2026-11-30\", \"last_reviewed\": \"2026-11-30\", \"weight\": 2}\n" +
          body);
}

TEST_CASE("fields that are all indented are merged field by field, and a flow map waits as a whole") {
  CHECK(merge_clean(yaml("  title: A\n  lastmod: 2026-01-10\n"), yaml("  title: A\n  lastmod: 2026-11-30\n"),
                    yaml("  title: B\n  lastmod: 2026-01-10 # mine\n")) ==
        yaml("  title: B\n  lastmod: 2026-11-30 # mine\n"));
  const std::string base = yaml("{title: A, lastmod: 2026-01-10}\n");
  const std::string ours = yaml("{title: A, lastmod: 2026-11-30}\n");
  const std::string theirs = yaml("{title: B, lastmod: 2026-01-10}\n");
  CHECK_FALSE(merge_pages(base, ours, theirs).clean());
  CHECK(merge_pages(base, ours, theirs, MergePreference::ours).bytes == ours);
}

TEST_CASE("a page whose line ends were turned by hand is merged, and has them all of one kind") {
  const std::string base = forms[0].head + body;
  const std::string ours = forms[0].newer + with_news(body);
  const auto turned = [](std::string_view text, std::string_view ending) {
    std::string result;
    for (const char c : text) result += c == '\n' ? std::string{ending} : std::string{c};
    return result;
  };
  for (const char* ending : {"\r\n", "\r"}) {
    CHECK(merge_clean(base, ours, turned(base, ending)) == turned(ours, ending));
    CHECK(merge_clean(turned(base, ending), turned(ours, ending), base) == ours);
    CHECK(merge_clean(base, ours, turned(base + "\nBy hand.\n", ending)) ==
          turned(ours + "\nBy hand.\n", ending));
    const std::string title = turned(base, ending).replace(base.find("Basel"), 5, "Basle");
    CHECK(merge_clean(base, ours, title) == turned(ours, ending).replace(ours.find("Basel"), 5, "Basle"));
  }
  // An editor that turned most lines.
  const std::string mixed = forms[0].head + turned(body, "\r\n");
  CHECK(merge_clean(base, ours, mixed) == turned(ours, "\r\n"));
  // Lines of a page that was a mixture before keep their own.
  CHECK(merge_clean(mixed, forms[0].newer + turned(body, "\r\n"), mixed + "\r\nBy hand.\r\n") ==
        forms[0].newer + turned(body, "\r\n") + "\r\nBy hand.\r\n");
}

TEST_CASE("a byte order mark that an editor sets makes no conflict") {
  const std::string mark = "\xEF\xBB\xBF";
  const std::string base = forms[0].head + body;
  const std::string ours = forms[0].newer + with_news(body);
  CHECK(merge_clean(base, ours, mark + base + "\nBy hand.\n") == mark + ours + "\nBy hand.\n");
  CHECK(merge_clean(mark + base, mark + ours, base + "\nBy hand.\n") == ours + "\nBy hand.\n");
}
