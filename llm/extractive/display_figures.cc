#include "llm/extractive/display_figures.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/dates.h"

namespace stubkeeper::llm {
namespace {

bool is_year(const Figure& figure) {
  return figure.currency.empty() && !figure.is_measure && figure.number.size() == 4 &&
         !find_years(figure.number).empty();
}

// Without a unit after an amount of money ("€9,200 a year"), or a name after a number ("Ines
// Fuchs").
std::string display_text(const Figure& figure) {
  const std::size_t space = figure.text.rfind(' ');
  if (space == std::string::npos || space + 1 == figure.text.size()) return figure.text;
  const char first = figure.text[space + 1];
  const bool is_name = !figure.is_measure && figure.currency.empty() && is_ascii_upper(first);
  const bool is_beside_money = figure.is_measure && !figure.currency.empty();
  return is_name || is_beside_money ? figure.text.substr(0, space) : figure.text;
}

}  // namespace

std::vector<DisplayFigure> find_display_figures(std::string_view text) {
  const auto dates = find_dates(text);
  std::vector<DisplayFigure> displayed;
  for (Figure& figure : find_figures(text)) {
    const auto date = std::find_if(dates.begin(), dates.end(), [&](const DateMention& mention) {
      return figure.begin >= mention.begin && figure.begin < mention.end;
    });
    DisplayFigure each;
    if (date != dates.end()) {
      each.words = std::string{text.substr(date->begin, date->end - date->begin)};
    } else {
      each.words = is_year(figure) ? figure.number : display_text(figure);
    }
    each.is_date = date != dates.end() || is_year(figure);
    each.figure = std::move(figure);
    displayed.push_back(std::move(each));
  }
  return displayed;
}

bool has_unit(const DisplayFigure& displayed) {
  return !displayed.figure.currency.empty() || !displayed.figure.unit.empty();
}

std::string describe_figures(const std::vector<DisplayFigure>& figures) {
  const DisplayFigure* best = nullptr;
  for (const DisplayFigure& displayed : figures) {
    if (displayed.is_date) continue;
    if (best == nullptr || (has_unit(displayed) && !has_unit(*best))) best = &displayed;
  }
  if (best == nullptr) return "";
  return (has_unit(*best) ? "has a figure (" : "has a number (") + best->words + ")";
}

}  // namespace stubkeeper::llm
