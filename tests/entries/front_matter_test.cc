#include "entries/front_matter.h"

#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::entries;

namespace {

std::string set(const std::string& page, const std::string& name, const std::string& value,
                ScalarStyle style = ScalarStyle::quoted_string) {
  const auto result = set_scalar(page, name, value, style);
  INFO((result.ok() ? "" : result.error().text()));
  REQUIRE(result.ok());
  return *result;
}

std::string append(const std::string& page, const std::string& name, const std::string& value) {
  const auto result = append_to_list(page, name, value);
  INFO((result.ok() ? "" : result.error().text()));
  REQUIRE(result.ok());
  return *result;
}

}  // namespace

TEST_CASE("front matter is read in YAML, TOML and JSON") {
  const auto yaml = FrontMatter::parse(
      "---\ntitle: First Solar\ndate: 2026-01-02\nsource_urls:\n  - \"https://a.org\"\n  - "
      "https://b.org\n---\n");
  CHECK(yaml.kind() == FrontMatterKind::yaml);
  CHECK(yaml.scalar("title") == "First Solar");
  CHECK(yaml.scalar("date") == "2026-01-02");
  CHECK(yaml.list("source_urls") == std::vector<std::string>{"https://a.org", "https://b.org"});
  CHECK(yaml.line_of("date") == 3);
  const auto toml = FrontMatter::parse("+++\ntitle = \"x\"\nsource_urls = [\"https://a.org\"]\n+++\nbody");
  CHECK(toml.kind() == FrontMatterKind::toml);
  CHECK(toml.list("source_urls") == std::vector<std::string>{"https://a.org"});
  const auto json = FrontMatter::parse("{\"title\": \"x\", \"n\": 3}\nbody");
  CHECK(json.kind() == FrontMatterKind::json);
  CHECK(json.scalar("n") == "3");
  CHECK(FrontMatter::parse("no front matter").kind() == FrontMatterKind::none);
  CHECK(FrontMatter::parse("{{< shortcode >}}").kind() == FrontMatterKind::none);
}

TEST_CASE("a field is set in place and its neighbours keep their bytes") {
  CHECK(set("---\ntitle:   'old'   # why\nlastmod: 2026-01-01\n---\nbody\n", "lastmod", "2026-05-07",
            ScalarStyle::bare_date) == "---\ntitle:   'old'   # why\nlastmod: 2026-05-07\n---\nbody\n");
  CHECK(set("+++\r\nlastmod = 2026-01-01 # c\r\n[params]\r\nlastmod = 1\r\n+++\r\n", "lastmod", "2026-05-07",
            ScalarStyle::bare_date) ==
        "+++\r\nlastmod = 2026-05-07 # c\r\n[params]\r\nlastmod = 1\r\n+++\r\n");
  CHECK(set("---\ntitle: x\n---\n", "description", "new") == "---\ntitle: x\ndescription: \"new\"\n---\n");
  CHECK(set("body\n", "title", "x") == "---\ntitle: \"x\"\n---\n\nbody\n");
}

TEST_CASE("a string is written so that YAML reads the same string") {
  for (const std::string value :
       {"yes",  "no",   "1.10", "0123", "C #1", "a: b", "null", "~", "",  " x ", "- x", "\"q\" 'r' \\",
        "a\tb", "é 漢", "@x",   "%x",   "*x",   "&x",   "!x",   "|", ">", "{x",  "[x",  "2026-05-07"}) {
    INFO(value);
    CHECK(FrontMatter::parse(set("---\ntitle: x\n---\n", "description", value)).scalar("description") ==
          value);
    CHECK(FrontMatter::parse(set("+++\ntitle = 'x'\n+++\n", "description", value)).scalar("description") ==
          value);
    CHECK(FrontMatter::parse(set("{\"title\": \"x\"}\n", "description", value)).scalar("description") ==
          value);
  }
}

TEST_CASE("a list grows in the style of its neighbours") {
  CHECK(append("---\nsource_urls:\n    - 'https://a.org'\nz: 1\n---\n", "source_urls", "https://b.org") ==
        "---\nsource_urls:\n    - 'https://a.org'\n    - 'https://b.org'\nz: 1\n---\n");
  CHECK(FrontMatter::parse(append("---\nsource_urls: []\n---\n", "source_urls", "https://b.org"))
            .list("source_urls") == std::vector<std::string>{"https://b.org"});
  CHECK(append("---\nsource_urls:\n- https://a.org\n---\n", "source_urls", "https://a.org") ==
        "---\nsource_urls:\n- https://a.org\n---\n");
}

TEST_CASE("several fields are changed together or not at all") {
  using Kind = FieldChange::Kind;
  const std::vector<FieldChange> changes{{Kind::append, "source_urls", "https://one.example/"},
                                         {Kind::append, "source_urls", "https://two.example/"},
                                         {Kind::append, "source_urls", "https://known.example/"},
                                         {Kind::set, "lastmod", "2026-11-24", ScalarStyle::bare_date}};
  const auto changed = [&](std::string_view page) -> Result<std::string> {
    STUBKEEPER_ASSIGN(auto made, change_fields(page, FrontMatter::parse(page), changes));
    return std::move(made.page);
  };
  CHECK(
      *changed(
          "---\nlastmod: 2020-01-01 # moved\nsource_urls:\n  - \"https://known.example/\"\n---\n\nText.\n") ==
      "---\nlastmod: 2026-11-24 # moved\nsource_urls:\n  - \"https://known.example/\"\n"
      "  - \"https://one.example/\"\n  - \"https://two.example/\"\n---\n\nText.\n");
  const std::string toml =
      *changed("+++\nlastmod = 2020-01-01\nsource_urls = [\"https://known.example/\"]\n+++\n\nText.\n");
  CHECK(FrontMatter::parse(toml).list("source_urls").size() == 3);
  CHECK(FrontMatter::parse(toml).scalar("lastmod") == "2026-11-24");
  const std::string json =
      *changed("{\"source_urls\": [\"https://known.example/\"], \"title\": \"T\"}\n\nText.\n");
  CHECK(FrontMatter::parse(json).list("source_urls").size() == 3);
  CHECK(FrontMatter::parse(json).scalar("title") == "T");
  const std::string made = *changed("Text.\n");
  CHECK(FrontMatter::parse(made).list("source_urls").size() == 3);
  CHECK(FrontMatter::parse(made).scalar("lastmod") == "2026-11-24");
  CHECK(made.ends_with("\n\nText.\n"));
  // One of them cannot be: "source_urls" is no list that can grow.
  CHECK(changed("---\nlastmod: 2020-01-01\nsource_urls: https://known.example/\n---\n").error().code ==
        ErrorCode::unsupported);
  const std::vector<FieldChange> steering{{Kind::set, "lastmod", "2026-11-24", ScalarStyle::bare_date},
                                          {Kind::set, "url", "/elsewhere/"}};
  const std::string page = "---\ntitle: T\n---\n";
  CHECK(change_fields(page, FrontMatter::parse(page), steering).error().code == ErrorCode::refused);
}

TEST_CASE("fields that steer the site are never set") {
  for (const char* name : {"url", "aliases", "layout", "type", "outputs", "cascade", "slug", "Aliases",
                           "menu", "build", "a.b", "x y"}) {
    INFO(name);
    const auto refused = set_scalar("---\ntitle: x\n---\n", name, "v", ScalarStyle::quoted_string);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::refused);
    CHECK_FALSE(append_to_list("---\ntitle: x\n---\n", name, "v").ok());
  }
}

TEST_CASE("broken front matter is kept as it is, named, and not edited") {
  for (const std::string page :
       {"---\ntitle: [x\n---\n", "---\ntitle: x\nno end", "+++\ntitle = \n+++\n", "---\n\tx: 1\n---\n"}) {
    INFO(page);
    const auto fields = FrontMatter::parse(page);
    CHECK(fields.parse_error().find("line ") == 0);
    CHECK_FALSE(set_scalar(page, "title", "y", ScalarStyle::quoted_string).ok());
  }
}

TEST_CASE("front matter that cannot be edited in place is refused rather than damaged") {
  const auto flow =
      set_scalar("---\n{title: x, description: y}\n---\n", "description", "z", ScalarStyle::quoted_string);
  if (flow.ok()) {
    CHECK(FrontMatter::parse(*flow).scalar("title") == "x");
    CHECK(FrontMatter::parse(*flow).scalar("description") == "z");
  } else {
    CHECK(flow.error().code == ErrorCode::refused);
  }
}

namespace {

std::string set_reviewed(const std::string& fields) {
  return set("---\n" + fields + "---\nbody\n", "last_reviewed", "2026-05-07", ScalarStyle::bare_date);
}

}  // namespace

TEST_CASE("a date is set in a flow map, in place or as the last field") {
  CHECK(set_reviewed("{title: \"Mühle, x\", last_reviewed: 2026-01-01, draft: false}\n") ==
        "---\n{title: \"Mühle, x\", last_reviewed: 2026-05-07, draft: false}\n---\nbody\n");
  CHECK(set_reviewed("{\"title\": 'it''s', \"last_reviewed\" : '2026-01-01'}\n") ==
        "---\n{\"title\": 'it''s', \"last_reviewed\" : 2026-05-07}\n---\nbody\n");
  CHECK(set_reviewed("{\n  title: x,\n  last_reviewed: 2026-01-01 # why\n}\n") ==
        "---\n{\n  title: x,\n  last_reviewed: 2026-05-07 # why\n}\n---\nbody\n");
  CHECK(set_reviewed("{title: x}\n") == "---\n{title: x, last_reviewed: 2026-05-07}\n---\nbody\n");
  CHECK(set_reviewed("{title: x,}\n") == "---\n{title: x, last_reviewed: 2026-05-07}\n---\nbody\n");
  CHECK(set_reviewed("{}\n") == "---\n{last_reviewed: 2026-05-07}\n---\nbody\n");
  CHECK(set_reviewed("{params: {last_reviewed: 1}, last_reviewed: 2026-01-01}\n") ==
        "---\n{params: {last_reviewed: 1}, last_reviewed: 2026-05-07}\n---\nbody\n");
}

TEST_CASE("a date is set where all fields are indented") {
  CHECK(set_reviewed("  title: x\n  last_reviewed: 2026-01-01 # why\n  params:\n    last_reviewed: 1\n") ==
        "---\n  title: x\n  last_reviewed: 2026-05-07 # why\n  params:\n    last_reviewed: 1\n---\nbody\n");
  CHECK(set_reviewed("  title: x\n# note\n  tags:\n  - a\n") ==
        "---\n  title: x\n# note\n  tags:\n  - a\n  last_reviewed: 2026-05-07\n---\nbody\n");
  CHECK(append("---\n  title: x\n  source_urls:\n    - \"https://a.org\"\n---\n", "source_urls",
               "https://b.org") ==
        "---\n  title: x\n  source_urls:\n    - \"https://a.org\"\n    - \"https://b.org\"\n---\n");
  CHECK(append("---\n  title: x\n---\n", "source_urls", "https://b.org") ==
        "---\n  title: x\n  source_urls:\n    - \"https://b.org\"\n---\n");
}

TEST_CASE("a date that an alias shares is set alone") {
  CHECK(set_reviewed("last_reviewed: &lr 2026-01-10\nchecked: *lr\nother: *lr\n") ==
        "---\nlast_reviewed: 2026-05-07\nchecked: &lr 2026-01-10\nother: *lr\n---\nbody\n");
  CHECK(set_reviewed("date: &d 2026-01-10\nlast_reviewed: *d # same\n") ==
        "---\ndate: &d 2026-01-10\nlast_reviewed: 2026-05-07 # same\n---\nbody\n");
  CHECK(set_reviewed("{date: &d 2026-01-10, last_reviewed: *d}\n") ==
        "---\n{date: &d 2026-01-10, last_reviewed: 2026-05-07}\n---\nbody\n");
  CHECK(set_reviewed("last_reviewed: &lr 2026-01-10\ntitle: \"not *lr\"\n") ==
        "---\nlast_reviewed: 2026-05-07\ntitle: \"not *lr\"\n---\nbody\n");
}

TEST_CASE("a form in which no field can be set in place is refused, not damaged") {
  for (const std::string fields : {"? last_reviewed\n: 2026-01-01\n",
                                   "last_reviewed: &lr 2026-01-10\ntitle: \"a *lr b\"\n"
                                   "x: *lr\n"}) {
    INFO(fields);
    CHECK_FALSE(
        set_scalar("---\n" + fields + "---\n", "last_reviewed", "2026-05-07", ScalarStyle::bare_date).ok());
  }
}
