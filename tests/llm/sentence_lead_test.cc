#include "llm/extractive/sentence_lead.h"

#include "entries/conventions.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::llm;

namespace {

struct LeadCase {
  std::string lead;
  std::string date;
};

SentenceLead split_lead(std::string_view sentence) {
  return split_sentence_lead(sentence, entries::built_in_conventions().style.drafting.sentence_labels);
}

}  // namespace

TEST_CASE("a label with or without a day is cut, and the day is kept") {
  const std::string rest = "Kelpworks opened a hall in Cork.";
  for (const LeadCase& one :
       std::vector<LeadCase>{{"Update, 5 December 2026: ", "2026-12-05"},
                             {"UPDATE (December 5, 2026): ", "2026-12-05"},
                             {"Updated on 5 December 2026: ", "2026-12-05"},
                             {"News: ", ""},
                             {"Press release: ", ""},
                             {"[Update] ", ""},
                             {"5 December 2026: ", "2026-12-05"},
                             {"2026-12-05: ", "2026-12-05"},
                             {"9 December 2026 | ", "2026-12-09"},
                             {"9 December 2026 ", "2026-12-09"},
                             {"Aktualisierung, 5. Dezember 2026: ", "2026-12-05"},
                             {"Update vom 5. Dezember 2026: ", "2026-12-05"},
                             {"Mise à jour du 5 décembre 2026 : ", "2026-12-05"},
                             {"Actualización, 5 de diciembre de 2026: ", "2026-12-05"}}) {
    INFO(one.lead);
    const std::string sentence = one.lead + rest;
    const SentenceLead lead = split_lead(sentence);
    CHECK(lead.rest == rest);
    CHECK(lead.date == one.date);
  }
}

TEST_CASE("a dateline is cut, and its day is kept") {
  const std::string rest = "Kelpworks has won an order.";
  for (const LeadCase& one :
       std::vector<LeadCase>{{"BERLIN, May 3 -- ", "--05-03"},
                             {"GALWAY, Oct. 30 -- ", "--10-30"},
                             {"GALWAY, 30 November 2026 - ", "2026-11-30"},
                             {"BASEL, Switzerland, May 7, 2026 (GLOBE NEWSWIRE) -- ", "2026-05-07"},
                             {"BASEL, Switzerland, May 8, 2026 /PRNewswire/ -- ", "2026-05-08"},
                             {"Basel, 7. Mai 2026 – ", "2026-05-07"},
                             {"Paris, le 3 mai 2026 – ", "2026-05-03"},
                             {"ZURICH (Reuters) - ", ""},
                             {"(Reuters) - ", ""},
                             {"NEW YORK (AP) — ", ""},
                             {"Berlin (dpa) - ", ""},
                             {"Zürich, 3 May 2026 — ", "2026-05-03"},
                             {"Press release: CORK, Ireland, 3 May 2026 -- ", "2026-05-03"}}) {
    INFO(one.lead);
    const std::string sentence = one.lead + rest;
    const SentenceLead lead = split_lead(sentence);
    CHECK(lead.rest == rest);
    CHECK(lead.date == one.date);
  }
}

TEST_CASE("a sentence that only looks as if it had a lead keeps its beginning") {
  for (const std::string sentence :
       {"Kelpworks is hiring: 26 open positions in Galway.", "Kelpworks – a maker of pumps – opened a hall.",
        "On 5 May 2026 Kelpworks opened a hall.", "Le 5 mai 2026 Kelpworks a ouvert une halle.",
        "In May 2026 - a month early - Kelpworks opened a hall.", "The result: Kelpworks sold 40 pumps.",
        "5 December 2026 was the day of the opening.", "Release 5: Kelpworks made its pumps faster.",
        "IBM - The company sold 40 pumps.", "Kelpworks (Cork) - The maker sold 40 pumps.",
        "Pumps, Valves - Both are made in Cork.", "Kelpworks (Cork) opened a hall - The second one.",
        "Update, 5 December 2026:", "GALWAY, 30 November 2026 - "}) {
    INFO(sentence);
    const SentenceLead lead = split_lead(sentence);
    CHECK(lead.rest == sentence);
    CHECK(lead.words.empty());
    CHECK(lead.date.empty());
  }
}
