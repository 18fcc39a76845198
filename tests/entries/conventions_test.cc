#include "entries/conventions.h"

#include "entries/edit.h"
#include "entries/renamed_keys.h"
#include "schema/embedded_files.h"
#include "tests/entries/check_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::entries;

namespace {

Error override_error(std::string_view file, std::string_view text) {
  Conventions conventions = built_in_conventions();
  const Status status = override_conventions(conventions, file, text, "conventions/x.toml");
  REQUIRE_FALSE(status.ok());
  return status.error();
}

Conventions override_file(std::string_view file, std::string_view text) {
  Conventions conventions = built_in_conventions();
  const Status status = override_conventions(conventions, file, text, "x");
  INFO((status.ok() ? "" : status.error().text()));
  REQUIRE(status.ok());
  return conventions;
}

const Document company = Document::parse("## Key Facts\n\n- **HQ:** Basel\n");

// A built-in file with the old names of all its renamed keys, and how many keys have one.
std::pair<std::string, std::size_t> with_old_names(const std::string& file) {
  std::string text = "\n" + std::string{schema::embedded_file(file).value()};
  std::size_t count = 0;
  for (const RenamedKey& key : renamed_keys(file)) {
    const std::string now = "\n" + std::string{key.new_name} + " = ";
    const std::string old = "\n" + std::string{key.old_name.substr(key.old_name.rfind('.') + 1)} + " = ";
    for (std::size_t at = text.find(now); at != std::string::npos; at = text.find(now, at + 1), ++count)
      text.replace(at, now.size(), old);
  }
  return {text, count};
}

}  // namespace

TEST_CASE("the type of an entry is told by its front matter, its path, its facts or its parts") {
  const EntryTypes& types = built_in_conventions().types;
  CHECK(types.type_of("energy/acme.md", company).name == "company");
  CHECK(types.type_of("people/jo-roe.md", Document::parse("x")).name == "person");
  CHECK(types.type_of("energy/x.md", Document::parse("## Quick Facts\n\n- Type: Standard — connectors\n"))
            .name == "standard");
  CHECK(types.type_of("energy/lithium.md", Document::parse("## Major Producers\n\nx\n")).name == "resource");
  CHECK(types.type_of("energy/x.md", Document::parse("---\nentry_type: facility\n---\n")).name == "facility");
  CHECK(types.type_of("energy/_index.md", Document::parse("x")).name == "section");
  CHECK(types.type_of("energy/bundle/_index.md", Document::parse("---\nsource_urls: [a]\n---\n")).name ==
        "entry");
  CHECK(types.type_of("energy/x.md", Document::parse("## Key Facts\n\n- Publicly: no\n")).name == "entry");
}

TEST_CASE("a knowledge base gives parts other headings, and edits follow") {
  const Conventions german =
      override_file("entry_types.toml", "[part.developments]\nheadings = [\"Entwicklungen\"]\n");
  IdentifiedDocument document;
  document.document = Document::parse("## Entwicklungen\n\n- **2025:** a\n");
  document.conventions = &german;
  Edit edit;
  edit.kind = EditKind::prepend_development;
  edit.date = "2026";
  edit.text = "b";
  CHECK(*apply_edit(document, edit) == "## Entwicklungen\n\n- **2026:** b\n- **2025:** a\n");
  document.document = Document::parse("## Sources\n\nx\n");
  CHECK(*apply_edit(document, edit) == "## Entwicklungen\n\n- **2026:** b\n\n## Sources\n\nx\n");
}

TEST_CASE("a knowledge base adds a type with parts of its own, which is tried before the built-in ones") {
  const Conventions conventions = override_file(
      "entry_types.toml",
      "[part.schools]\nheadings = [\"Schools\"]\n[type.city]\nparts = [\"summary\", \"schools\"]\nrequired = "
      "[\"schools\"]\npaths = [\"relocation\"]\n");
  CHECK(conventions.types.type_of("relocation/x.md", company).name == "city");
  CHECK(conventions.types.type_of("energy/x.md", company).name == "company");
  const auto found = checks::run_checks("relocation/x.md", "## Summary\n\nx\n", {}, conventions);
  CHECK(std::any_of(found.begin(), found.end(), [](const Finding& finding) {
    return finding.message == "the part \"Schools\" is missing";
  }));
}

TEST_CASE("a knowledge base replaces the keys of the house style that it names and no others") {
  const Conventions conventions =
      override_file("house_style.toml", "[changelog]\nmax_characters = 80\n[words]\nhype = [\"neat\"]\n");
  CHECK(conventions.style.max_changelog_characters == 80);
  CHECK(conventions.style.hype == std::vector<std::string>{"neat"});
  CHECK(conventions.style.first_person == built_in_conventions().style.first_person);
  CHECK(conventions.style.tiers.size() == 3);
}

TEST_CASE("files of a knowledge base are read by the old names of their keys, with a line for each") {
  const Conventions& now = built_in_conventions();
  const auto [types, type_keys] = with_old_names("entry_types.toml");
  const Conventions old_types = override_file("entry_types.toml", types);
  CHECK(type_keys == 5);
  CHECK(old_types.notices.size() == type_keys);
  CHECK(old_types.notices.front().starts_with("x:"));
  CHECK(std::any_of(old_types.notices.begin(), old_types.notices.end(), [](const std::string& notice) {
    return notice.ends_with(" is called part.summary.max_sentences now; the old name is still read");
  }));
  CHECK(old_types.types.part("summary")->sentences.max == now.types.part("summary")->sentences.max);
  CHECK(old_types.types.find("section")->required_for_topics ==
        now.types.find("section")->required_for_topics);

  const auto [style, style_keys] = with_old_names("house_style.toml");
  const Conventions old_style = override_file("house_style.toml", style);
  CHECK(style_keys == 8);
  CHECK(old_style.notices.size() == style_keys);
  CHECK(old_style.style.max_changelog_characters == 200);
  CHECK(old_style.style.unsourced_markers == now.style.unsourced_markers);

  const auto [publishers, publisher_keys] = with_old_names("publishers.toml");
  CHECK(override_file("publishers.toml", publishers).notices.size() == publisher_keys);
  CHECK(now.notices.empty());
}

TEST_CASE("a key under both its names is an error that names both") {
  const auto [style, count] = with_old_names("house_style.toml");
  const std::string both =
      style.substr(style.find("[changelog]"), style.find("[dates]") - style.find("[changelog]"));
  const Error error = override_error("house_style.toml", both + "max_characters = 80\n");
  CHECK(error.message.starts_with("changelog."));
  CHECK(error.message.ends_with(" and changelog.max_characters are both set"));
}

TEST_CASE("a knowledge base gives a check another severity") {
  CHECK(override_file("checks.toml", "[severity]\ntodo = \"error\"\n").checks.find("todo")->severity ==
        Severity::error);
}

TEST_CASE("what is wrong in a file of conventions is named with its line and the nearest name") {
  CHECK(override_error("house_style.toml", "\n[changelog]\nmax_charcters = 80\n").text() ==
        "conventions/x.toml:3: there is no key \"changelog.max_charcters\" (did you mean "
        "\"changelog.max_characters\"?)");
  CHECK(override_error("house_style.toml", "[changelog]\nmax_characters = \"x\"\n").where ==
        "conventions/x.toml:2");
  CHECK(override_error("house_style.toml", "[words]\nhype = [1]\n").where == "conventions/x.toml:2");
  CHECK(override_error("house_style.toml", "[[tier]]\nname = \"x\"\n").where == "conventions/x.toml:1");
  CHECK(override_error("entry_types.toml", "[type.x]\nparts = [\"sumary\"]\n").advice ==
        "did you mean \"summary\"?");
  CHECK(override_error("entry_types.toml", "[part.x]\n").message == "the part \"x\" has no headings");
  CHECK(override_error("checks.toml", "[severity]\ntodoo = \"note\"\n").advice == "did you mean \"todo\"?");
  CHECK(override_error("checks.toml", "[severity]\ntodo = \"bad\"\n").where == "conventions/x.toml:2");
  CHECK(override_error("checks.toml", "[[check]]\nid = \"mine\"\n").where == "conventions/x.toml:1");
  CHECK(override_error("house_style.toml", "[words").where == "conventions/x.toml:1");
  CHECK(override_error("house_styles.toml", "").advice == "did you mean house_style.toml?");
}

TEST_CASE("a broken file of conventions changes nothing") {
  Conventions conventions = built_in_conventions();
  CHECK_FALSE(override_conventions(conventions, "house_style.toml",
                                   "[changelog]\nmax_characters = 80\n[words]\nhype = 1\n", "x")
                  .ok());
  CHECK(conventions.style.max_changelog_characters == 200);
}
