#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "llm/verification/figures.h"

namespace stubkeeper::llm {

// A figure in words for a reader.
struct DisplayFigure {
  Figure figure;
  std::string words;  // the number with its currency, scale and unit: "€9,200", "3.1 MW", "120 employees"
  bool is_date = false;  // a part of a date, or a year: then `words` are all of the date, "9 July 2026"
};

// The figures of a text in digits (find_figures()), in order, each with its words. A name after a
// number is not its unit.
std::vector<DisplayFigure> find_display_figures(std::string_view text);

// Whether it has a currency or a unit.
bool has_unit(const DisplayFigure& displayed);

// "has a figure (3.1 MW)": the first that is no date, preferably with a unit; "" where all are
// dates.
std::string describe_figures(const std::vector<DisplayFigure>& figures);

}  // namespace stubkeeper::llm
