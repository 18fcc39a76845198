#include "base/text/sentences.h"

#include <string>

#include "tests/support/catch.h"

using namespace stubkeeper;

namespace {

using Sentences = std::vector<std::string_view>;

}  // namespace

TEST_CASE("a sentence ends at a stop before a capital or a figure") {
  CHECK(split_sentences("One is here. Two is there! Is three?") ==
        Sentences{"One is here.", "Two is there!", "Is three?"});
  CHECK(split_sentences("It opened in 2025. 40 people work there. $5 million was raised.") ==
        Sentences{"It opened in 2025.", "40 people work there.", "$5 million was raised."});
  CHECK(split_sentences("It has 3.5 MW (see example.org/a?b=c!d) and more").size() == 1);
  CHECK(split_sentences("He asked \"why?\" and left.").size() == 1);
  CHECK(split_sentences("1. The plant runs.") == Sentences{"1. The plant runs."});
  CHECK(split_sentences("").empty());
  CHECK(split_sentences(" \n ").empty());
}

TEST_CASE("closing marks belong to the sentence, also Markdown's") {
  CHECK(split_sentences("\"It works.\" (Nobody knew.) “So it does.” Yes.") ==
        Sentences{"\"It works.\"", "(Nobody knew.)", "“So it does.”", "Yes."});
  CHECK(split_sentences("**Not replicated.** *It is open.* [Links](a.b) begin one.") ==
        Sentences{"**Not replicated.**", "*It is open.*", "[Links](a.b) begin one."});
}

TEST_CASE("an opening mark after a stop ends no sentence") {
  CHECK(split_sentences("It opened in April 2026 ![i](data:text/html,x) and {{.Site}}.").size() == 1);
  CHECK(split_sentences("It opened in Graz ?[a] and in Linz .[b] as well.").size() == 1);
}

TEST_CASE("a line end is a space and an empty line an end") {
  CHECK(split_sentences("One\nline. Another\none") == Sentences{"One\nline.", "Another\none"});
  CHECK(split_sentences("A heading\n\nA paragraph") == Sentences{"A heading", "A paragraph"});
}

TEST_CASE("abbreviations and initials end no sentence") {
  for (const char* text :
       {"Acme Inc. Germany raised it.", "J. Smith and Dr. Jones met.", "See No. 5 and Fig. 3.", "The U.S. Navy has it.",
        "Prof. Ada Lovelace of St. Gallen, Ph.D. Physics.", "On Dec. 29 and Sept. 3 of the year.",
        "It is e.g. Helium.", "Ft. Lauderdale vs. Miami."})
    CHECK(split_sentences(text).size() == 1);
  CHECK(split_sentences("It ships to the U.S. The plant is there.").size() == 2);
  CHECK(split_sentences("Most of it is in ERCOT. Georgia is not. It needs DC. Grids have AC.").size() == 4);
  CHECK(split_sentences("A vital one. Essential.").size() == 2);
}

TEST_CASE("other languages have their own stops and abbreviations") {
  CHECK(split_sentences("工厂已经开业。那里有四十个人！") == Sentences{"工厂已经开业。", "那里有四十个人！"});
  CHECK(split_sentences("Это Москва. Да.") == Sentences{"Это Москва.", "Да."});
  CHECK(split_sentences("Die Fa. Meyer baut es evtl. Anfang Mai.", "de").size() == 1);
  CHECK(split_sentences("Die Fa. Meyer baut es evtl. Anfang Mai.", "de-AT").size() == 1);
  CHECK(split_sentences("One. Two.", "no such language").size() == 2);
}

TEST_CASE("ill-formed bytes are kept") {
  CHECK(split_sentences("One \xFF is. Two \xE2\x80") == Sentences{"One \xFF is.", "Two \xE2\x80"});
}
