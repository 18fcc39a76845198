#pragma once

#include <cstdint>
#include <string>

#include "cron/run_context.h"

namespace stubkeeper::testing {

// Shows nothing of how far a run is.
class SilentProgress final : public cron::Progress {
 public:
  void begin(const std::string&, std::int64_t) override {}
  void step(const std::string&) override {}
  void end() override {}
};

}  // namespace stubkeeper::testing
