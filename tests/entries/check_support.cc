#include "tests/entries/check_support.h"

#include "entries/page_templates.h"
#include "tests/support/catch.h"

namespace stubkeeper::entries::checks {

const PageIndex pages{{"_index.md", "energy/_index.md", "energy/solar/_index.md",
                       "energy/solar/first-solar.md", "energy/solar/spectrolab/_index.md",
                       "energy/wind/index-one.md", "energy/wind/twin.md", "energy/solar/twin.md",
                       "changelog/index.md", "robotics/_index.md"}};

const std::string valid_entry =
    "---\ntitle: \"First Solar\"\ndate: 2026-01-02\nlastmod: 2026-10-02\ndraft: false\ndescription: "
    "\"d\"\nresearch_area: \"energy/solar\"\n"
    "source_urls:\n  - \"https://a.org/x\"\nlast_reviewed: 2026-10-02\nstale_after_days: 180\n---\n\n" +
    entry_disclaimer(built_in_conventions()) +
    "\n\n## Summary\n\nText.\n\n## Key Facts\n\n- A\n\n## Notable Developments\n\n- **2026-05:** B "
    "([X](https://a.org/x))\n- **2026-05-01:** C\n- **2025:** D\n\n"
    "## Sources\n\n- [X](https://a.org/x) — note\n";

std::string valid_entry_with(const std::string& old_text, const std::string& new_text) {
  std::string text = valid_entry;
  REQUIRE(text.find(old_text) != std::string::npos);
  return text.replace(text.find(old_text), old_text.size(), new_text);
}

std::vector<Finding> run_checks(const std::string& name, const std::string& text,
                              const std::vector<SectionPage>& others, const Conventions& conventions) {
  SectionIndex facts;
  facts.add(conventions.style, name, text);
  for (const SectionPage& other : others) facts.add(conventions.style, other.file, other.text);
  const CheckContext context{conventions, pages, facts, "2026-11-23", {}, true};
  return check_page(name, Document::parse(text), context);
}

std::vector<std::string> finding_lines(const std::string& id, const std::string& name, const std::string& text,
                                const std::vector<SectionPage>& others) {
  std::vector<std::string> found;
  for (const Finding& finding : run_checks(name, text, others)) {
    if (finding.id == id) found.push_back(id + ":" + std::to_string(finding.line));
  }
  return found;
}

bool has_finding(const std::string& id, const std::string& name, const std::string& text,
         const std::vector<SectionPage>& others) {
  return !finding_lines(id, name, text, others).empty();
}

std::string apply_all_fixes(const std::string& name, const std::string& text, const std::vector<SectionPage>& others) {
  return apply_fixes(text, run_checks(name, text, others));
}

}  // namespace stubkeeper::entries::checks
