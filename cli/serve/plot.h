#pragma once

#include <string>
#include <vector>

#include "cli/serve/markup.h"

namespace stubkeeper::cli {

// A row of figures, one for each step of its plot.
struct Series {
  std::string name;
  std::string colour;  // a class of style.css: "good", "soon", "bad", "plain", "other"
  std::vector<double> values;
};

struct Plot {
  std::string id;  // unique on the page
  std::string title;
  std::string step;  // the heading of the steps: "Week from"
  std::vector<std::string> steps;
  std::vector<Series> series;
  int decimals = 0;           // of the figures
  std::string empty_message;  // where all figures are zero
  bool is_share = false;      // of one step: a bar of the series' shares of the whole
};

// Stacked columns as an inline SVG with a name and a description, a legend, and the figures as a
// table that can be opened: nobody has to see the colours. No scripts, no styles of its own.
Markup plot_markup(const Plot& plot);

}  // namespace stubkeeper::cli
