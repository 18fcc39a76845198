#include "crawler/passages.h"
#include "tests/support/catch.h"

using namespace stubkeeper::crawler;

namespace {

// The passages of a text that are items of a list of related pages.
std::vector<std::string> related(const std::string& text) {
  const auto passages = split_passages(text);
  const auto found = mark_related_pages(text, passages);
  std::vector<std::string> items;
  for (std::size_t i = 0; i < passages.size(); ++i) {
    if (found[i]) items.push_back(text.substr(passages[i].begin, passages[i].end - passages[i].begin));
  }
  return items;
}

const std::string article =
    "# A pump for Graz\n\nThe works in Graz make four hundred pumps a day, and the second line is to open in "
    "the spring of "
    "2027, says the maker.\n\nIt costs 12 million euros, of which the town pays a tenth, and gives work to "
    "40 people who are "
    "trained in Basel.\n\nThe pumps go to data centres, which cool their halls with water from the Mur, and "
    "to dairies.";

std::optional<stubkeeper::MinHash> signature_of(const std::string& text) {
  std::vector<std::string> normalized_passages;
  for (const TextRange& range : split_passages(text))
    normalized_passages.push_back(normalized_passage(text.substr(range.begin, range.end - range.begin)));
  return story_signature(normalized_passages);
}

}  // namespace

TEST_CASE("a list of related pages below a text is found in many languages") {
  for (const std::string heading :
       {"## Related articles", "### You may also like", "Mehr zum Thema",
        "## Das könnte Sie auch interessieren:", "## À lire aussi", "## Artículos relacionados",
        "## Leia também", "## Articoli correlati", "## Lees ook", "## Czytaj także", "## Читайте также",
        "## 関連記事", "## 相关文章"}) {
    INFO(heading);
    CHECK(related(article + "\n\n" + heading +
                  "\n\n- A pump for Linz\n\nA dairy in Styria\n\n## About the maker\n\nIt is in "
                  "Basel.") == std::vector<std::string>{heading, "- A pump for Linz", "A dairy in Styria"});
  }
}

TEST_CASE("a text below such a heading and a page that is a list itself are not taken for related pages") {
  CHECK(related(article +
                "\n\n## Related\n\nThe maker's first works are in Basel, and they make pumps for ships.") ==
        std::vector<std::string>{"## Related"});
  CHECK(related("# Related articles\n\n- A pump for Linz\n\n- A dairy in Styria").empty());
  CHECK(related(article + "\n\n## Latest news\n\n- A pump for Linz").empty());
  CHECK(related(article + "\n\n## Related work on pumps\n\n- Miller 2021").empty());
}

TEST_CASE("datelines are no news and a date in a sentence is") {
  const std::string said = "Pumpwerk opened a works in Graz.";
  for (const std::string dateline : {"BASEL, Switzerland, May 7, 2026 (GLOBE NEWSWIRE) -- ",
                                     "BASEL, Switzerland, May 8, 2026 /PRNewswire/ -- ",
                                     "BASEL, May 7 (Reuters) - ", "Basel, 7. Mai 2026 – "}) {
    INFO(dateline);
    CHECK(normalized_passage(dateline + said) == normalized_passage(said));
  }
  CHECK(normalized_passage("On Tuesday, May 7 – the day of the fair – it opened.") !=
        normalized_passage("On Tuesday, May 9 – the day of the fair – it opened."));
  CHECK(normalized_passage("Works in Graz, Linz – both new – opened.") != normalized_passage("both new – opened."));
}

TEST_CASE("counters and ages are no news in other languages either") {
  CHECK(normalized_passage("12 Kommentare") == normalized_passage("13 Kommentare"));
  CHECK(normalized_passage("Aktualisiert vor 3 Stunden") == normalized_passage("Aktualisiert vor 2 Tagen"));
  CHECK(normalized_passage("Publié il y a 3 heures") == normalized_passage("Publié il y a 12 jours"));
  CHECK(normalized_passage("Publicado hace 3 horas") == normalized_passage("Publicado hace 4 días"));
  CHECK(normalized_passage("Gewachsen um 3 Stunden") != normalized_passage("Gewachsen um 4 Stunden"));
}

TEST_CASE("a wire's copy of a release has a signature like it and another text has not") {
  const auto release = signature_of(article);
  const auto copy =
      signature_of("# Pumpwerk opens works\n\nGRAZ, Austria, May 7, 2026 (GLOBE NEWSWIRE) -- " +
                   article.substr(article.find("The works")) + "\n\nAbout the wire: it carries releases.");
  REQUIRE(release.has_value());
  CHECK(stubkeeper::estimate_jaccard(*release, *copy) > 0.7);
  const auto other = signature_of(
      "# A dairy in Styria\n\nThe dairy at Leibnitz takes the milk of sixty farms and cools it with water "
      "that comes from a "
      "spring above the town, which never runs dry and never gets warmer than nine degrees, not even in the "
      "hottest summers "
      "that the oldest farmer can remember.");
  CHECK(stubkeeper::estimate_jaccard(*release, *other) < 0.1);
  CHECK_FALSE(signature_of("Too short to be told apart.").has_value());
}
