// Lines of a section's changelog.

#include "entries/site/changelog.h"

#include "base/text/utf8.h"
#include "entries/block_ids.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::entries;

namespace {

const std::string form = "**@date@:** @action@ @page@ — @words@.";

IdentifiedDocument identified(const std::string& text) {
  int next = 0;
  return assign_new_ids(Document::parse(text), [&] { return "b" + std::to_string(++next); });
}

std::string with_line(const std::string& page, const std::string& line, const std::string& date) {
  const auto changelog = identified(page);
  const auto result = apply_edit(changelog, make_changelog_edit(changelog, line, date));
  INFO((result.ok() ? "" : result.error().text()));
  REQUIRE(result.ok());
  return *result;
}

}  // namespace

TEST_CASE("a changelog line is cut between words, and its link never") {
  const auto line = [](const std::string& words, std::size_t max) {
    return format_changelog_line(form, {"2026-11-24", "Updated", {"IonQ", "ionq.md"}, words}, max);
  };
  const std::string link = "**2026-11-24:** Updated [IonQ]({{< relref \"ionq.md\" >}})";
  CHECK(line("trapped ions; 84 qubits", 200) == link + " — trapped ions; 84 qubits.");
  const std::string cut = line("trapped ions; 84 qubits", 2 + link.size() + 20);
  CHECK(cut == link + " — trapped ions;…");
  CHECK(utf8_length("- " + cut) <= 2 + link.size() + 20);
  CHECK(line("trapped ions", 10) == link + ".");
}

TEST_CASE("a changelog line holds hostile words as text") {
  CHECK(
      format_changelog_line(
          form, {"2026-11-24", "Created", {"A](javascript:x) {{< y >}}\n- @words@", "a.md"}, "@date@\n<b>"},
          200) ==
      "**2026-11-24:** Created [A\\](javascript:x) &#123;&#123;\\< y \\>&#125;&#125; - \\@words\\@]({{< relref \"a.md\" "
      ">}}) — \\@date\\@ \\<b\\>.");
}

TEST_CASE("a changelog line has the form of the house style") {
  const ChangelogLine line{"2026-11-24", "Updated", {"IonQ", "ionq.md"}, "84 qubits"};
  CHECK(format_changelog_line("@date@ @page@: @words@", line, 200) ==
        "2026-11-24 [IonQ]({{< relref \"ionq.md\" >}}): 84 qubits");
  CHECK(format_changelog_line("@date@ @page@ (@action@)", line, 200) ==
        "2026-11-24 [IonQ]({{< relref \"ionq.md\" >}}) (Updated)");
}

TEST_CASE(
    "the template of a changelog's line is read, and one that cannot be used is refused with its file") {
  const auto rules = parse_changelog_rules("---\nkinds: [a, b]\nper: change\n---\n\n@date@ @page@\n\n");
  REQUIRE(rules.ok());
  CHECK(rules->form == "@date@ @page@");
  CHECK(rules->kinds == std::vector<std::string>{"a", "b"});
  CHECK(rules->has_line_per_change);
  CHECK(changelog_rules(built_in_conventions()).form == form);
  CHECK_FALSE(changelog_rules(built_in_conventions()).has_line_per_change);
  for (const char* bad : {"", "@page@", "@date@", "@page@ @date@", "---\nper: day\n---\n@date@ @page@\n"}) {
    Conventions conventions = built_in_conventions();
    const Status refused =
        override_conventions(conventions, "templates/changelog_line.md", bad, "my/changelog_line.md");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().where == "my/changelog_line.md");
  }
}

TEST_CASE("the newest line goes on top in the list's own style, or begins a list") {
  CHECK(with_line("# Log\n\n* **2026-01-01:** Old.\n", "New.", "2026-11-24") ==
        "# Log\n\n* New.\n* **2026-01-01:** Old.\n");
  CHECK(with_line("# Log\n\n* Old.\n", "New.", "2026-11-24") == "# Log\n\n* New.\n* Old.\n");
  const std::string bare = "---\ntitle: \"Log\"\n---\n\nAll that is new.\n";
  CHECK(with_line(bare, "New.", "2026-11-24") == bare + "\n- New.\n");
  const std::string empty = "---\ntitle: \"Log\"\n---\n";
  CHECK(with_line(empty, "New.", "2026-11-24") == empty + "\n- New.\n");
}

TEST_CASE("a line of an earlier day goes below those of later ones, and other lists are left alone") {
  const std::string page = "- see [help](x)\n\n## Log\n\n- **2027-01-01:** Later.\n- **2026-01-01:** Old.\n";
  CHECK(with_line(page, "New.", "2026-11-24") ==
        "- see [help](x)\n\n## Log\n\n- **2027-01-01:** Later.\n- New.\n- **2026-01-01:** Old.\n");
  CHECK(with_line(page, "New.", "2025-11-24") == page + "- New.\n");
  CHECK(with_line(page, "New.", "2027-01-01") ==
        "- see [help](x)\n\n## Log\n\n- New.\n- **2027-01-01:** Later.\n- **2026-01-01:** Old.\n");
}

TEST_CASE("a line's words are the first sentence that is new, without markup, date and full stop") {
  CHECK(changelog_words("", "- **2026-05-07:** “Saltline *raised* €18 million.” ([News](https://a.org))") ==
        "“Saltline raised €18 million.”");
  CHECK(changelog_words("It is old. It has 31 employees.",
                        "It is old. It has [40](https://a.org/x) `employees`.") == "It has 40 employees");
  CHECK(changelog_words("", "## Summary\n\nA \\*maker\\* of pumps. More.") == "A *maker* of pumps");
  CHECK(changelog_words("The same.", "The same.") == "The same");
  CHECK(changelog_words("", "").empty());
}
