#include "llm/extractive/told_figures.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "llm/verification/dates.h"

namespace stubkeeper::llm {
namespace {

bool is_year(const Figure& figure) {
  return figure.currency.empty() && !figure.is_measure && figure.number.size() == 4 &&
         !years_in(figure.number).empty();
}

// An amount of money has no unit of measure behind it ("€9,200 a year"), and a number no name ("Ines Fuchs").
std::string words_of_figure(const Figure& figure) {
  const std::size_t space = figure.text.rfind(' ');
  if (space == std::string::npos || space + 1 == figure.text.size()) return figure.text;
  const char first = figure.text[space + 1];
  const bool is_name = !figure.is_measure && figure.currency.empty() && first >= 'A' && first <= 'Z';
  const bool is_beside_money = figure.is_measure && !figure.currency.empty();
  return is_name || is_beside_money ? figure.text.substr(0, space) : figure.text;
}

}  // namespace

std::vector<ToldFigure> told_figures(std::string_view text) {
  const auto dates = date_mentions(text);
  std::vector<ToldFigure> told;
  for (Figure& figure : figures_in(text)) {
    const auto date = std::find_if(dates.begin(), dates.end(), [&](const DateMention& mention) {
      return figure.begin >= mention.begin && figure.begin < mention.end;
    });
    ToldFigure each;
    if (date != dates.end()) {
      each.words = std::string{text.substr(date->begin, date->end - date->begin)};
    } else {
      each.words = is_year(figure) ? figure.number : words_of_figure(figure);
    }
    each.is_date = date != dates.end() || is_year(figure);
    each.figure = std::move(figure);
    told.push_back(std::move(each));
  }
  return told;
}

bool is_of_something(const ToldFigure& told) {
  return !told.figure.currency.empty() || !told.figure.unit.empty();
}

std::string reason_of_figures(const std::vector<ToldFigure>& figures) {
  const ToldFigure* best = nullptr;
  for (const ToldFigure& told : figures) {
    if (told.is_date) continue;
    if (best == nullptr || (is_of_something(told) && !is_of_something(*best))) best = &told;
  }
  if (best == nullptr) return "";
  return (is_of_something(*best) ? "has a figure (" : "has a number (") + best->words + ")";
}

}  // namespace stubkeeper::llm
