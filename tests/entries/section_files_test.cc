// Which files of a section are pages, by Hugo's rules; seen with Hugo 0.111.

#include "entries/site/section_files.h"

#include "entries/site/page_index.h"
#include "tests/entries/check_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper::entries;

namespace {

const std::vector<std::string> files{
    "_index.md",         "_index.de.md",      "b/_index.md",      "b/_index.de.md",   "b/c.md",
    "b/c.de.md",         "b/twin.md",         "leaf/index.md",    "leaf/index.de.md", "leaf/sub.md",
    "leaf/deep/more.md", "leaf/picture.png",  "things/_index.md", "x/_index.md",      "x/only.md",
    "x/only.de.md",      "x/twin/_index.md",  "x/deep/_index.md", "b/up.markdown",    "b/code.mdx",
    ".hidden.md",        ".obsidian/note.md", "b/#draft.md",      "b/old.md~",        "b/node.js.md",
    "b/node.md",         "b/v1.2.md"};

Site bilingual() {
  return parse_site({{"hugo.toml", "defaultContentLanguage = 'en'\n[languages.en]\n[languages.de]\n"}},
                    "content/research");
}

}  // namespace

TEST_CASE("a file's name and the files beside it say what it is") {
  for (const Site& site : {Site{}, bilingual()}) {
    INFO(site.is_known);
    const SectionFiles section{files, site};
    for (const char* page :
         {"_index.md", "b/c.md", "leaf/index.md", "x/only.md", "b/node.js.md", "b/v1.2.md"}) {
      INFO(page);
      CHECK(section.role(page) == FileRole::page);
    }
    for (const char* german :
         {"_index.de.md", "b/_index.de.md", "b/c.de.md", "leaf/index.de.md", "x/only.de.md"}) {
      INFO(german);
      CHECK(section.role(german) == FileRole::translation);
      CHECK(section.language(german) == "de");
    }
    for (const char* resource : {"leaf/sub.md", "leaf/deep/more.md", "leaf/picture.png"})
      CHECK(section.role(resource) == FileRole::resource);
    for (const char* ignored : {".hidden.md", ".obsidian/note.md", "b/#draft.md", "b/old.md~"})
      CHECK(section.role(ignored) == FileRole::ignored);
    for (const char* other : {"b/up.markdown", "b/code.mdx"})
      CHECK(section.role(other) == FileRole::other_format);
  }
}

TEST_CASE("a folder of another generator has its index page beside its pages") {
  const SectionFiles section{{"index.md", "guide/index.md", "guide/start.md"}};
  CHECK(section.role("guide/start.md") == FileRole::page);
  const SectionFiles hugo{{"_index.md", "guide/index.md", "guide/_index.md", "guide/start.md"}};
  CHECK(hugo.role("guide/start.md") == FileRole::page);
}

TEST_CASE("the site's configuration says which languages there are, in names and in folders") {
  const auto role_in = [](const std::vector<ConfigurationFile>& configuration, const std::string& section,
                          const std::string& file) {
    return SectionFiles{{"one.md", file}, parse_site(configuration, section)}.role(file);
  };
  const ConfigurationFile german{"hugo.toml",
                                 "defaultContentLanguage = \"de\"\n[languages.de]\n[languages.en]\n"};
  CHECK(role_in({german}, "content/research", "one.en.md") == FileRole::translation);
  CHECK(role_in({german}, "content/research", "two.de.md") == FileRole::page);
  CHECK(role_in({german}, "content/research", "one.fr.md") == FileRole::page);
  const ConfigurationFile folders{
      "hugo.yaml", "languages:\n  en:\n    contentDir: content/en\n  DE:\n    contentDir: ./content/de/\n"};
  CHECK(role_in({folders}, "content", "de/one.md") == FileRole::translation);
  CHECK(role_in({folders}, "content", "en/one.md") == FileRole::page);
  CHECK(role_in({folders}, "content/de/research", "two.md") == FileRole::page);
  CHECK(role_in({{"config/_default/hugo.json", "{\"title\": \"x\"}"},
                 {"config/_default/languages.toml", "[en]\n[de]\n"}},
                "content/research", "two.de.md") == FileRole::translation);
  CHECK(
      role_in({{"config.toml",
                "theme = 'x'\n[[module.mounts]]\nsource = 'content/de'\ntarget = 'content'\nlang = 'de'\n"}},
              "content", "de/one.md") == FileRole::translation);
  CHECK(role_in({{"hugo.toml", "= broken"}}, "content", "one.de.md") == FileRole::page);
  CHECK(parse_site({folders}, "content/de/research").section == "research");
  CHECK(parse_site({{"hugo.yml", "languages:\n  de: {}\n  fr:\n  it:\n    disabled: true\n"}}, "content")
            .languages == std::vector<std::string>{"en", "de", "fr"});
}

TEST_CASE("a relref finds what Hugo finds") {
  const PageIndex pages{files, bilingual()};
  struct Reference {
    const char* from;
    const char* target;
    const char* file;  // "" where Hugo stops
  };
  for (const Reference& each : std::vector<Reference>{{"b/c.md", "things", "things/_index.md"},
                                                      {"b/c.md", "deep", "x/deep/_index.md"},
                                                      {"b/c.md", "x/deep", ""},
                                                      {"b/c.md", "twin", "b/twin.md"},
                                                      {"things/_index.md", "twin", ""},
                                                      {"x/_index.md", "twin", "x/twin/_index.md"},
                                                      {"b/c.md", "_index.md", "b/_index.md"},
                                                      {"leaf/index.md", "_index.md", "_index.md"},
                                                      {"b/c.md", "leaf", "leaf/index.md"},
                                                      {"leaf/index.md", "leaf/index.md", "leaf/index.md"},
                                                      {"b/c.md", "sub.md", ""},
                                                      {"leaf/index.md", "sub.md", ""},
                                                      {"b/c.md", "only.md", "x/only.md"},
                                                      {"b/c.md", "only.de.md", ""},
                                                      {"b/c.de.md", "only.md", "x/only.de.md"},
                                                      {"b/c.de.md", "only.de.md", "x/only.de.md"},
                                                      {"b/c.de.md", "twin.md", ""},
                                                      {"b/c.de.md", "./c.md", "b/c.de.md"},
                                                      {"things/_index.md", "up", "b/up.markdown"},
                                                      {"b/c.md", "research", "_index.md"},
                                                      {"b/c.md", "research/things", "things/_index.md"},
                                                      {"b/c.md", "/research/things", "things/_index.md"},
                                                      {"b/c.md", "THINGS#a", "things/_index.md"},
                                                      {"b/c.md", "index.md", ""}}) {
    INFO(each.from << " " << each.target);
    const auto found = pages.resolve(each.from, each.target);
    CHECK((found.outcome == PageIndex::Outcome::found ? found.file : "") == each.file);
  }
  CHECK(pages.resolve("b/c.md", "twin.md", "de").outcome == PageIndex::Outcome::missing);
  CHECK(pages.resolve("b/c.md", "only.md", "de").file == "x/only.de.md");
  CHECK(pages.resolve("b/c.de.md", "twin.md", "en").file == "b/twin.md");
  CHECK_FALSE(pages.may_have_language("fr"));
}

TEST_CASE("a link by path is the same with its blanks encoded") {
  const PageIndex pages{{"_index.md", "two words.md", "a&b.md"}};
  SectionIndex facts;
  const CheckContext context{built_in_conventions(), pages, facts, "2026-11-23", {}, true};
  const auto has_finding = [&](const std::string& destination) {
    for (const Finding& finding :
         check_page("_index.md", Document::parse("[x](" + destination + ")\n"), context)) {
      if (finding.id == "internal-link") return true;
    }
    return false;
  };
  for (const char* right : {"two%20words.md", "<two words.md>", "./two%20words/#part", "a&amp;b.md"}) {
    INFO(right);
    CHECK_FALSE(has_finding(right));
  }
  CHECK(has_finding("two%20word.md"));
}

TEST_CASE("a relref is written so that Hugo finds its page") {
  const PageIndex pages{files, bilingual()};
  for (const auto& [from, to] :
       std::vector<std::pair<std::string, std::string>>{{"x/only.md", "b/twin.md"},
                                                        {"b/c.md", "x/twin/_index.md"},
                                                        {"b/c.de.md", "x/only.de.md"},
                                                        {"_index.md", "leaf/index.md"},
                                                        {"leaf/index.md", "b/c.md"}}) {
    INFO(from << " " << to);
    CHECK(pages.resolve(from, pages.reference(from, to)).file == to);
  }
}

TEST_CASE("a page in another language is held to what holds for any text alone, and a resource to nothing") {
  const PageIndex pages{files, bilingual()};
  const auto found = [&](const std::string& file, const std::string& text) {
    SectionIndex facts;
    facts.add(built_in_conventions().style, file, text);
    const CheckContext context{built_in_conventions(), pages, facts, "2026-11-23", {}, true};
    std::vector<std::string> ids;
    for (const Finding& finding : check_page(file, Document::parse(text), context)) ids.push_back(finding.id);
    return ids;
  };
  const std::string german =
      "---\ntitle: \"Eins\"\n---\n\n## Zusammenfassung\n\nWe sind world-class: $3 million.\n";
  for (const char* file : {"_index.de.md", "leaf/index.de.md", "b/c.de.md", "leaf/sub.md"}) {
    INFO(file);
    CHECK(found(file, german).empty());
  }
  CHECK(found("b/c.de.md", german + "<<<<<<< HEAD\n[x]({{< relref \"twin.md\" >}})\n") ==
        std::vector<std::string>{"conflict-marker", "relref-target"});
  CHECK(found("leaf/sub.md", german + "<<<<<<< HEAD\n").empty());
  CHECK_FALSE(found("b/c.md", german).empty());
}

TEST_CASE("a relref to a resource, or to a language that is not there, says so") {
  const PageIndex pages{files, bilingual()};
  const auto message = [&](const std::string& relref) {
    const std::string text = "[x]({{< relref " + relref + " >}})\n";
    SectionIndex facts;
    const CheckContext context{built_in_conventions(), pages, facts, "2026-11-23", {}, true};
    for (const Finding& finding : check_page("b/c.md", Document::parse(text), context)) {
      if (finding.id == "relref-target") return finding.message;
    }
    return std::string{};
  };
  CHECK(message("\"leaf/sub.md\"").find("leaf/sub.md, which is a resource") != std::string::npos);
  CHECK(message("path=\"only.md\" lang=\"fr\"").find("language \"fr\", which the site does not have") !=
        std::string::npos);
  CHECK(message("lang=\"de\" path=\"twin.md\"") == "relref \"twin.md\" leads to no page in \"de\"");
  CHECK(message("path=\"only.md\" lang=\"de\"").empty());
  CHECK(message("\"things\"").empty());
}
