// What Hugo makes of exported sections: the partial of docs/publishing.md, and hostile pages.

#include <filesystem>

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"

using namespace stubkeeper::testing;
namespace fs = std::filesystem;

namespace {

const std::string hostile_name =
    "Pump {{< relref \"x\" >}} <script>alert(1)</script> \"`';--> {{ template }}";

// A page whose every sentence tries to become something else.
std::string hostile_page() {
  return "<html><head><title>A &lt;script&gt;alert(2)&lt;/script&gt; {{% steering %}} "
         "[x](javascript:alert(3)) "
         "</title><meta property=\"article:published_time\" content=\"2026-05-07\"></head><body><main>"
         "<h1>Evilpump {{% steering %}} &lt;script&gt;alert(2)&lt;/script&gt; [x](javascript:alert(3))</h1>"
         "<p>Evilpump is a maker of pumps in Basel with 120 employees, &lt;script&gt;alert(4)&lt;/script&gt; "
         "and {{&lt; ref \"nowhere.md\" &gt;}} [click](javascript:alert(5)).</p>"
         "<p>Evilpump raised €18 million on 5 May 2026 for {{%/* x */%}} &lt;img src=x onerror=alert(6)&gt; "
         "and [a]: javascript:alert(7) &amp;#106;avascript:alert(8).</p>"
         "<p>Evilpump opened a works in Graz ``` &lt;/style&gt;&lt;iframe src=//evil.example&gt; in April "
         "2026 | a | b | ![i](data:text/html,x) --- {{&gt; }} {{.Site}}.</p></main></body></html>";
}

struct HugoSite {
  TestKnowledgeBase base;
  std::string site = base.folder / "my-site";

  explicit HugoSite(const std::string& site_keys) {
    base.configure("[site]\ncontent = \"" + site + "/content/research\"\n" + site_keys +
                   "\n[fetch]\ndelay_ms = 0\nallow_addresses = [\"127.0.0.1\"]\n[review]\nreviewer = "
                   "\"jane\"\n");
    write_file(site + "/config.toml",
               "baseURL = \"https://example.org/\"\ntitle = \"S\"\ndisableKinds = [\"taxonomy\", \"term\", "
               "\"RSS\", \"sitemap\", \"home\"]\n[markup.goldmark.renderer]\nunsafe = true\n");
    write_file(site + "/layouts/_default/list.html", "<main>{{ .Content }}</main>\n");
    write_file(site + "/layouts/_default/single.html",
               "<title>{{ .Title }}</title><main>{{ .Content }}</main>{{ partial \"evidence.html\" . }}\n");
    write_file(site + "/layouts/partials/evidence.html", partial_of_the_documentation());
  }

  // The fenced template of docs/publishing.md.
  static std::string partial_of_the_documentation() {
    const std::string text = read_file(STUBKEEPER_SOURCE "/docs/publishing.md");
    const std::string fence = "```go-html-template\n";
    const std::size_t begin = text.find(fence);
    REQUIRE(begin != std::string::npos);
    return text.substr(begin + fence.size(), text.find("```\n", begin + 5) - begin - fence.size());
  }

  // Builds as strictly as Hugo can, and gives the page's HTML.
  std::string build(const std::string& page) {
    const auto built = run_program({"hugo", "--source", site, "--destination", site + "/public",
                                    "--panicOnWarning", "--printPathWarnings"});
    INFO(built.out << built.err);
    REQUIRE(built.exit_code == 0);
    CHECK(built.out.find("WARN") == std::string::npos);
    return read_file(site + "/public/research/" + page + "/index.html");
  }
};

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

// Nothing of the hostile page is an element, an attribute or a link of the built one.
void check_harmless(const std::string& html) {
  for (const char* harm : {"<script", "<img", "<iframe", "</style", "=\"javascript:", "=javascript:",
                           "onerror=alert(6)>", "href=\"data:", "src=\"data:"}) {
    INFO(harm << "\n" << html);
    CHECK(html.find(harm) == std::string::npos);
  }
}

}  // namespace

TEST_CASE("the partial of docs/publishing.md shows each claim's quotes with their source and dates") {
  HugoSite hugo{"evidence = \"data\""};
  hugo.base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  hugo.base.run_ok({"refresh"});
  hugo.base.run_ok({"review", "approve", "--all-unflagged"});
  hugo.base.run_ok({"export"});
  const std::string html = hugo.build("pumps/basel");
  INFO(html);
  CHECK(count(html, "<details>") == 3);
  CHECK(html.find("<blockquote><p>Pumpwerk Basel delivered 1,800 pumps to Vienna on 5 May 2026.</p>") !=
        std::string::npos);
  CHECK(html.find("<a href=\"" + hugo.base.server.address("/pumps/basel") +
                  "\" rel=\"nofollow\">Pumpwerk Basel</a>") != std::string::npos);
  CHECK(html.find("published 2026-05-07, fetched ") != std::string::npos);

  SECTION("and a page without evidence shows nothing") {
    write_file(hugo.site + "/content/research/mine.md", "---\ntitle: \"Mine\"\n---\n\nMine.\n");
    CHECK(hugo.build("mine").find("evidence") == std::string::npos);
  }
}

TEST_CASE("footnotes of quotes are footnotes of the built page") {
  HugoSite hugo{"evidence = \"footnotes\""};
  hugo.base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  hugo.base.run_ok({"refresh"});
  hugo.base.run_ok({"review", "approve", "--all-unflagged"});
  hugo.base.run_ok({"export"});
  const std::string html = hugo.build("pumps/basel");
  CHECK(count(html, "class=\"footnote-ref\"") == 3);
  CHECK(html.find("[^quoted") == std::string::npos);
}

TEST_CASE("hostile titles, quotes and links neither break Hugo's build nor run a script") {
  const std::string evidence = GENERATE("none", "data", "footnotes");
  HugoSite hugo{"evidence = \"" + evidence + "\""};
  hugo.base.server.serve_page("/evil", hostile_page());
  hugo.base.run_ok({"source", "add", hugo.base.server.address("/evil"), "--entry", "pumps/evilpump", "--title",
                  "Evilpump"});
  hugo.base.server.serve_page("/named", page_about("Named"));
  hugo.base.run_ok({"source", "add", hugo.base.server.address("/named"), "--entry", "pumps/named", "--title",
                  hostile_name});
  hugo.base.run_ok({"refresh"});
  const auto waiting = hugo.base.json({"review", "list"});
  for (const auto& change : waiting["changes"])
    hugo.base.run_ok({"review", "approve", std::to_string(change["id"].get<int>())});
  hugo.base.run_ok({"export"});
  const std::string page = read_file(hugo.site + "/content/research/pumps/evilpump.md");
  INFO(page);
  CHECK(page.find("iframe src=//evil.example") != std::string::npos);
  const std::string html = hugo.build("pumps/evilpump");
  check_harmless(html);
  // The words are shown as they are.
  CHECK(html.find("alert(2)") != std::string::npos);
  if (fs::exists(hugo.site + "/content/research/pumps/named.md")) check_harmless(hugo.build("pumps/named"));
}
