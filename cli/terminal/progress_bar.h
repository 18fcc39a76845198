#pragma once

#include <chrono>
#include <string>

#include "cli/environment.h"
#include "cron/run_context.h"

namespace stubkeeper::cli {

// Progress on standard error: at a terminal a bar, once a stage takes more than a second; with
// --verbose a line for each step; else nothing.
class ProgressBar final : public cron::Progress {
 public:
  ProgressBar(Environment& environment, bool quiet, bool verbose);
  void begin(const std::string& stage, std::int64_t total) override;
  void step(const std::string& what) override;
  void end() override;

 private:
  void draw();
  Environment& environment_;
  bool shows_bar_;
  bool prints_lines_;
  bool drawn_ = false;
  std::string stage_;
  std::int64_t total_ = 0;
  std::int64_t done_ = 0;
  std::chrono::steady_clock::time_point started_at_;
  std::chrono::steady_clock::time_point last_drawn_;
};

}  // namespace stubkeeper::cli
