#pragma once

#include <string>
#include <vector>

#include "entries/checks/check.h"

// A small section, and an entry of it that breaks no rule.
namespace stubkeeper::entries::checks {

inline const std::string file = "energy/solar/first-solar.md";
extern const std::string good;

// The good entry with its first `old_text` replaced.
std::string good_with(const std::string& old_text, const std::string& new_text);

// Findings of a page in that section on 2026-11-23. `others` are pages that the section has beside it.
struct OtherPage {
  std::string file;
  std::string text;
};
std::vector<Finding> findings(const std::string& file, const std::string& text,
                              const std::vector<OtherPage>& others = {},
                              const Conventions& conventions = built_in_conventions());

// "id:line" of each finding with this id.
std::vector<std::string> places(const std::string& id, const std::string& file, const std::string& text,
                                const std::vector<OtherPage>& others = {});
bool has(const std::string& id, const std::string& file, const std::string& text,
         const std::vector<OtherPage>& others = {});
std::string fixed(const std::string& file, const std::string& text,
                  const std::vector<OtherPage>& others = {});

extern const PageIndex pages;

}  // namespace stubkeeper::entries::checks
