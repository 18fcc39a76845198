#include "cli/serve/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace stubkeeper::cli {
namespace {

constexpr double width = 640;
constexpr double height = 190;
constexpr double left = 48;
constexpr double top = 10;
constexpr double bottom = 24;
constexpr double right = 6;

std::string format_value(double value, int decimals) {
  return fmt::format("{:.{}f}", value, decimals);
}
std::string format_coordinate(double value) {
  return fmt::format("{:.1f}", value);
}

// The next of 1, 2, 5, 10, 20, ... (or its tenths) that is no less.
double round_up(double value) {
  if (value <= 0) return 1;
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (step * power >= value) return step * power;
  }
  return 10 * power;
}

double sum_at(const Plot& plot, std::size_t step) {
  double sum = 0;
  for (const Series& series : plot.series) sum += series.values[step];
  return sum;
}

double max_sum(const Plot& plot) {
  double max_value = 0;
  for (std::size_t step = 0; step < plot.steps.size(); ++step)
    max_value = std::max(max_value, sum_at(plot, step));
  return max_value;
}

Markup columns(const Plot& plot, double scale) {
  Markup all;
  const double each = (width - left - right) / static_cast<double>(plot.steps.size());
  const double bar = std::min(each * 0.76, 48.0);
  for (std::size_t step = 0; step < plot.steps.size(); ++step) {
    double y = height - bottom;
    const double x = left + each * (static_cast<double>(step) + 0.5) - bar / 2;
    for (const Series& series : plot.series) {
      const double bar_height = series.values[step] / scale * (height - bottom - top);
      if (bar_height <= 0) continue;
      y -= bar_height;
      all += html(R"(<rect class="{}" x="{}" y="{}" width="{}" height="{}"><title>{}: {} {}</title></rect>
)",
                  series.colour, format_coordinate(x), format_coordinate(y), format_coordinate(bar),
                  format_coordinate(bar_height), plot.steps[step],
                  format_value(series.values[step], plot.decimals), series.name);
    }
  }
  return all;
}

Markup axes(const Plot& plot, double scale) {
  const double floor = height - bottom;
  Markup lines;
  for (const double part : {0.0, 0.5, 1.0}) {
    const double y = floor - part * (floor - top);
    const bool whole = plot.decimals > 0 || std::fmod(scale * part, 1.0) == 0;
    lines += html(R"(<line class="grid" x1="{}" y1="{}" x2="{}" y2="{}"/>)", format_coordinate(left),
                  format_coordinate(y), format_coordinate(width - right), format_coordinate(y));
    if (whole)
      lines += html(R"(<text class="axis end" x="{}" y="{}">{}</text>
)",
                    format_coordinate(left - 6), format_coordinate(y + 4),
                    format_value(scale * part, plot.decimals));
  }
  return html(R"({}<text class="axis" x="{}" y="{}">{}</text>
<text class="axis end" x="{}" y="{}">{}</text>
)",
              lines, format_coordinate(left), format_coordinate(height - 6), plot.steps.front(),
              format_coordinate(width - right), format_coordinate(height - 6),
              plot.steps.size() > 1 ? plot.steps.back() : std::string{});
}

Markup columns_drawing(const Plot& plot, double max_value) {
  const double scale = round_up(max_value);
  return html(
      R"(<svg viewBox="0 0 {} {}" role="img" aria-labelledby="{} {}-said"><desc id="{}-said">Columns from {} to {}; the figures stand in the table below.</desc>
{}{}</svg>
)",
      format_coordinate(width), format_coordinate(height), plot.id, plot.id, plot.id, plot.steps.front(),
      plot.steps.back(), axes(plot, scale), columns(plot, scale));
}

Markup share_drawing(const Plot& plot, double whole) {
  constexpr double bar_height = 22;
  Markup parts;
  double x = 0;
  for (const Series& series : plot.series) {
    const double wide = series.values.front() / whole * width;
    if (wide <= 0) continue;
    parts += html(R"(<rect class="{}" x="{}" y="0" width="{}" height="{}"><title>{} {}</title></rect>
)",
                  series.colour, format_coordinate(x), format_coordinate(wide), format_coordinate(bar_height),
                  format_value(series.values.front(), plot.decimals), series.name);
    x += wide;
  }
  return html(
      R"(<svg viewBox="0 0 {} {}" role="img" aria-labelledby="{} {}-said"><desc id="{}-said">A bar of shares; the figures stand below.</desc>
{}</svg>
)",
      format_coordinate(width), format_coordinate(bar_height), plot.id, plot.id, plot.id, parts);
}

Markup legend(const Plot& plot) {
  Markup all;
  for (const Series& series : plot.series)
    all += html(R"(<li><span class="swatch {}"></span>{}: <b>{}</b></li>
)",
                series.colour, series.name, format_value(series.values.back(), plot.decimals));
  return html(R"(<ul class="legend">
{}</ul>
)",
              all);
}

Markup table(const Plot& plot) {
  Markup head;
  for (const Series& series : plot.series) head += html(R"(<th scope="col">{}</th>)", series.name);
  Markup rows;
  for (std::size_t step = plot.steps.size(); step-- > 0;) {
    Markup cells;
    for (const Series& series : plot.series)
      cells += html("<td>{}</td>", format_value(series.values[step], plot.decimals));
    rows += html(R"(<tr><th scope="row">{}</th>{}</tr>
)",
                 plot.steps[step], cells);
  }
  return html(
      R"(<details><summary>The figures</summary><div class="wide" tabindex="0" role="region" aria-label="{}, as a table"><table><caption class="for-readers">{}</caption>
<thead><tr><th scope="col">{}</th>{}</tr></thead><tbody>
{}</tbody></table></div></details>
)",
      plot.title, plot.title, plot.step, head, rows);
}

}  // namespace

Markup plot_markup(const Plot& plot) {
  const double max_value = max_sum(plot);
  if (max_value <= 0) {
    return html(
        R"(<section class="plot card" aria-labelledby="{}"><h2 id="{}">{}</h2><p class="quiet">{}</p></section>
)",
        plot.id, plot.id, plot.title, plot.empty_message);
  }
  return html(R"(<section class="plot card" aria-labelledby="{}"><h2 id="{}">{}</h2>
{}{}{}</section>
)",
              plot.id, plot.id, plot.title,
              plot.is_share ? share_drawing(plot, max_value) : columns_drawing(plot, max_value), legend(plot),
              plot.is_share ? Markup{} : table(plot));
}

}  // namespace stubkeeper::cli
