#pragma once

#include <string>
#include <vector>

#include "entries/checks/check.h"

// A small section, and an entry of it that breaks no rule.
namespace stubkeeper::entries::checks {

inline const std::string file = "energy/solar/first-solar.md";
extern const std::string valid_entry;

// The good entry with its first `old_text` replaced.
std::string valid_entry_with(const std::string& old_text, const std::string& new_text);

// Findings of a page in that section on 2026-11-23. `others` are pages that the section has beside it.
struct SectionPage {
  std::string file;
  std::string text;
};
std::vector<Finding> run_checks(const std::string& file, const std::string& text,
                              const std::vector<SectionPage>& others = {},
                              const Conventions& conventions = built_in_conventions());

// "id:line" of each finding with this id.
std::vector<std::string> finding_lines(const std::string& id, const std::string& file, const std::string& text,
                                const std::vector<SectionPage>& others = {});
bool has_finding(const std::string& id, const std::string& file, const std::string& text,
         const std::vector<SectionPage>& others = {});
std::string apply_all_fixes(const std::string& file, const std::string& text,
                  const std::vector<SectionPage>& others = {});

extern const PageIndex pages;

}  // namespace stubkeeper::entries::checks
