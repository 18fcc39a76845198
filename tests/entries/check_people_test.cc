// Rules about Key People.

#include "tests/entries/check_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper::entries;
using namespace stubkeeper::entries::checks;

namespace {

std::string with_people(const std::string& text) {
  return valid_entry_with("## Sources", "## Key People / Key Organizations\n\n" + text + "\n\n## Sources");
}

const std::string reviewed = "\n\n### People — Last Reviewed: 2026-10-01";

}  // namespace

TEST_CASE("a person has a profile line") {
  for (const char* without :
       {"### Ali Kashani — CEO\n- **Role:** CEO", "- **Ali Kashani** (CEO)", "- **Håkan Agnevall** — CEO",
        "### Dr. Yifan (David) Li — Founder\n- x", "### Olga de la Cruz\n- x",
        "| Name | Role |\n|---|---|\n| **Ali Kashani** | CEO |"}) {
    INFO(without);
    CHECK(finding_lines("people-profile", file, with_people(without + reviewed)).size() == 1);
  }
  for (const char* with :
       {"### Ali Kashani — CEO\n- **LinkedIn:** not found in public search",
        "- **Ali Kashani** (CEO) — [LinkedIn](https://www.linkedin.com/in/ali/)",
        "- **Ali Kashani** (CEO)\n  - LinkedIn: Not found",
        "### Key Partner Organizations\n- **Acme Corporation** — x", "### Background\n- x", "- **Role:** CEO",
        "### Jo Roe — CTO\n- [Scholar](https://scholar.google.com/x)"}) {
    INFO(with);
    CHECK_FALSE(has_finding("people-profile", file, with_people(with + reviewed)));
  }
}

TEST_CASE("Key People says when it was reviewed, and is stale by its own cadence") {
  CHECK(has_finding("people-review-date", file, with_people("None named.")));
  CHECK_FALSE(has_finding("people-review-date", file, with_people("None named." + reviewed)));
  CHECK_FALSE(has_finding("people-stale", file, with_people("None named." + reviewed)));
  CHECK(has_finding("people-stale", file, with_people("None.\n\n### People — Last Reviewed: 2026-05-26")));
  CHECK_FALSE(has_finding("people-stale", file, with_people("None.\n\n### People — Last Reviewed: 2026-05-27")));
  CHECK_FALSE(has_finding("people-review-date", file, valid_entry));
}

TEST_CASE("a company has Key People, and what is no company need not") {
  CHECK(has_finding("part-missing", file, valid_entry_with("- A\n", "- **Headquarters:** Basel\n")));
  CHECK(has_finding("part-missing", file, valid_entry_with("- A\n", "- Type: Private (venture-backed)\n")));
  CHECK_FALSE(has_finding("part-missing", file, valid_entry_with("- A\n", "- Type: Technology\n")));
  CHECK_FALSE(has_finding("part-missing", file, valid_entry));
}
