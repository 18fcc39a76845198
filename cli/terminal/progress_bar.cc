#include "cli/terminal/progress_bar.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/text/utf8.h"

namespace stubkeeper::cli {

using std::chrono::steady_clock;

ProgressBar::ProgressBar(Environment& environment, bool quiet, bool verbose)
    : environment_(environment),
      shows_bar_(environment.err_is_terminal && !quiet && !verbose && environment.variable("TERM") != "dumb"),
      prints_lines_(verbose && !quiet) {}

void ProgressBar::begin(const std::string& stage, std::int64_t total) {
  stage_ = stage;
  total_ = total;
  done_ = 0;
  started_at_ = steady_clock::now();
  last_drawn_ = {};
}

void ProgressBar::step(const std::string& what) {
  ++done_;
  if (prints_lines_) {
    environment_.err << fmt::format("{} {}/{} {}\n", stage_, done_, total_, sanitize_for_terminal(what));
    return;
  }
  const auto now = steady_clock::now();
  if (!shows_bar_ || now - started_at_ < std::chrono::seconds{1} ||
      now - last_drawn_ < std::chrono::milliseconds{100})
    return;
  last_drawn_ = now;
  draw();
}

void ProgressBar::draw() {
  const int width = std::clamp(environment_.columns - 40, 10, 40);
  const auto filled = total_ > 0 ? static_cast<int>(done_ * width / total_) : 0;
  environment_.err << fmt::format("\r{:<9} [{:#<{}}{:.<{}}] {}/{}", stage_, "", filled, "", width - filled,
                                  done_, total_)
                   << std::flush;
  drawn_ = true;
}

void ProgressBar::end() {
  if (drawn_)
    environment_.err << '\r' << std::string(static_cast<std::size_t>(environment_.columns - 1), ' ') << '\r'
                     << std::flush;
  drawn_ = false;
}

}  // namespace stubkeeper::cli
