#include "entries/subject_index.h"

#include "tests/support/catch.h"

using stubkeeper::entries::SubjectIndex;
using Ids = std::vector<std::int64_t>;

namespace {

Ids named(const SubjectIndex& index, const std::string& passage) {
  return index.find_mentions(passage, passage);
}

}  // namespace

TEST_CASE("a passage names an entry by its title") {
  SubjectIndex index;
  index.add(1, "Corintis");
  index.add(2, "First Solar");
  CHECK(named(index, "Investors backed Corintis and First Solar.") == Ids{1, 2});
  CHECK(named(index, "FIRST SOLAR OPENS PLANT") == Ids{2});
  CHECK(named(index, "The first solar\npanel, then Corintis’s own.") == Ids{2, 1});
}

TEST_CASE("a longer word is not the title") {
  SubjectIndex index;
  index.add(1, "Corintis");
  index.add(2, "First Solar");
  CHECK(named(index, "Corintisians met at the first solarium.").empty());
  CHECK(named(index, "the corintis order").empty());
}

TEST_CASE("a title's parenthesis is no part of the name, but an abbreviation in it is a name") {
  SubjectIndex index;
  index.add(1, "Large Format Additive Manufacturing (LFAM)");
  index.add(2, "Submer (Barcelona)");
  CHECK(named(index, "LFAM grows") == Ids{1});
  CHECK(named(index, "large format additive manufacturing grows") == Ids{1});
  CHECK(named(index, "A trade fair in Barcelona").empty());
  CHECK(named(index, "Submer raised money") == Ids{2});
}

TEST_CASE("a common word that the text also uses in lower case is not taken for the entry") {
  SubjectIndex index;
  index.add(1, "Lithium");
  CHECK(named(index, "Lithium prices fell. Miners of lithium cut output.").empty());
  CHECK(named(index, "The Lithium entry of this year") == Ids{1});
}

TEST_CASE("an entry is named once however often it stands there") {
  SubjectIndex index;
  index.add(1, "IonQ");
  CHECK(named(index, "IonQ, IonQ and again IonQ") == Ids{1});
}
