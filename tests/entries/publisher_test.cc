#include "entries/publisher.h"

#include "entries/conventions.h"
#include "entries/document.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::entries;

namespace {

const PublisherRules& rules() {
  return built_in_conventions().publishers;
}

Publisher of(const std::string& address, const std::string& site_name = "",
             const Subject& subject = {"Corintis", {}, {}}) {
  return classify_publisher(rules(), address, site_name, subject);
}

}  // namespace

TEST_CASE("wires and regulators and papers are told by their hosts and all below them") {
  CHECK(of("https://www.globenewswire.com/news-release/2025/09/25/1/0/en/x.html").kind ==
        PublisherKind::wire);
  CHECK(of("https://news.cision.com/a").kind == PublisherKind::wire);
  CHECK(of("https://www.sec.gov/Archives/edgar/data/1").kind == PublisherKind::regulator);
  CHECK(of("https://ec.europa.eu/x").kind == PublisherKind::regulator);
  CHECK(of("https://find-and-update.company-information.service.gov.uk/1").kind == PublisherKind::regulator);
  CHECK(of("https://arxiv.org/abs/2401.1").kind == PublisherKind::paper);
  CHECK(of("https://doi.org/10.1038/x").kind == PublisherKind::paper);
  CHECK(of("https://techcrunch.com/x").kind == PublisherKind::independent);
}

TEST_CASE("a host that only ends or begins like a listed one is somebody else") {
  CHECK(of("https://notglobenewswire.com/x").kind == PublisherKind::independent);
  CHECK(of("https://sec.gov.example.com/x").kind == PublisherKind::independent);
  CHECK(of("https://globenewswire.com@evil.example/x").kind == PublisherKind::independent);
  CHECK(of("https://example.com/www.sec.gov").kind == PublisherKind::independent);
  CHECK(of("ftp://sec.gov/x").kind == PublisherKind::independent);
}

TEST_CASE("the longest domain decides") {
  CHECK(of("https://pubmed.ncbi.nlm.nih.gov/1").kind == PublisherKind::paper);
  CHECK(of("https://www.nih.gov/1").kind == PublisherKind::regulator);
}

TEST_CASE("a subject is at home at a host that has its name") {
  CHECK(of("https://corintis.com/news").kind == PublisherKind::own);
  CHECK(of("https://blog.corintis.com/news").kind == PublisherKind::own);
  CHECK(of("https://www.first-solar.co.uk/", "", {"First Solar, Inc.", {}, {}}).kind == PublisherKind::own);
  CHECK(of("https://corintisfans.com/").kind == PublisherKind::independent);
  CHECK(of("https://corintis.substack.com/p/x").kind == PublisherKind::independent);
  CHECK(of("https://example.com/corintis").kind == PublisherKind::independent);
  CHECK(of("https://x.com/a", "", {"X", {}, {}}).kind == PublisherKind::independent);
  CHECK(of("http://127.0.0.1:8080/a", "", {"0", {}, {}}).kind == PublisherKind::independent);
}

TEST_CASE("a subject is at home where its entry says so") {
  const auto entry = Document::parse(
      "---\ntitle: CFS\nwebsite: \"https://www.cfs.energy/\"\n---\n\n## Key Facts\n\n- **Website:** "
      "<https://tokamak.example/en>\n- **HQ:** [Devens](https://devens.example)\n\nThe maker "
      "[CFS](https://cfs.example/about) and [its rival](https://rival.example).\n");
  const Subject subject = subject_of(rules(), "CFS", entry);
  CHECK(subject.hosts == std::vector<std::string>{"cfs.energy", "tokamak.example", "cfs.example"});
  CHECK(of("https://news.cfs.energy/a", "", subject) == Publisher{PublisherKind::own, true});
  CHECK(of("https://rival.example", "", subject).kind == PublisherKind::independent);
}

TEST_CASE("what stands in an entry because a change cites it vouches for nothing") {
  const auto entry = Document::parse(
      "---\ntitle: CFS\nsource_urls:\n  - https://directory.example/cfs/\n  - "
      "https://listed.example/a\n---\n\n"
      "- It has 31 employees. \xE2\x80\x94 [CFS](https://directory.example/cfs)\n");
  const Subject subject = subject_of(rules(), "CFS", entry, {"https://directory.example/cfs"});
  CHECK(subject.hosts.empty());
  CHECK(subject.sources == std::vector<std::string>{"https://listed.example/a"});
  CHECK_FALSE(of("https://directory.example/cfs", "CFS", subject).is_official());
}

TEST_CASE("an entry that links its title to a press wire is not at home there") {
  CHECK(of("https://www.prnewswire.com/x", "", {"Corintis", {"prnewswire.com"}, {}}).kind ==
        PublisherKind::wire);
}

TEST_CASE("a name that a page gives itself makes it interested but never official") {
  const Publisher passed_on = of("https://finance.example/news/1", "PR Newswire");
  CHECK(passed_on.is_interested());
  CHECK_FALSE(passed_on.is_official());
  const Publisher says_so = of("https://evil.example/", "Corintis");
  CHECK(says_so.kind == PublisherKind::own);
  CHECK_FALSE(says_so.is_official());
  CHECK(of("https://evil.example/", "Corintis", {"Corintis", {}, {"https://home.example/"}}).kind ==
        PublisherKind::own);
  CHECK(of("https://home.example", "Corintis", {"Corintis", {}, {"https://home.example/"}}).is_official());
  CHECK(of("https://corintis.com/").is_official());
  CHECK(of("https://www.globenewswire.com/x").is_official());
  CHECK(of("https://www.sec.gov/x").is_official());
  CHECK_FALSE(of("https://www.sec.gov/x").is_interested());
  CHECK_FALSE(of("https://arxiv.org/abs/1").is_official());
  CHECK_FALSE(of("https://techcrunch.com/x", "TechCrunch").is_official());
}

TEST_CASE("a knowledge base puts hosts of its own before the built-in ones") {
  Conventions conventions = built_in_conventions();
  REQUIRE(override_conventions(
              conventions, "publishers.toml",
              "[wire]\nhosts = [\"Releases.Example\"]\n[independent]\nhosts = [\"oecd.org\"]\n", "x")
              .ok());
  const auto kind = [&](const char* address) {
    return classify_publisher(conventions.publishers, address, "", {"Corintis", {}, {}}).kind;
  };
  CHECK(kind("https://releases.example/a") == PublisherKind::wire);
  CHECK(kind("https://www.oecd.org/a") == PublisherKind::independent);
  CHECK(kind("https://www.sec.gov/a") == PublisherKind::regulator);
  const Status bad =
      override_conventions(conventions, "publishers.toml", "[wire]\nhosts = [\"*.example\"]\n", "x.toml");
  REQUIRE_FALSE(bad.ok());
  CHECK(bad.error().text().find("x.toml:2") != std::string::npos);
  CHECK(bad.error().text().find("no domain") != std::string::npos);
}
