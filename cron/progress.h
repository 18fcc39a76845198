#pragma once

#include <cstdint>
#include <string>

namespace stubkeeper::cron {

// What a run is doing, for whoever watches. Called from the running thread.
class Progress {
 public:
  virtual ~Progress() = default;
  // A stage begins: "fetching", of `total` steps.
  virtual void begin(const std::string& stage, std::int64_t total) = 0;
  // One step is done; `what` names it for --verbose.
  virtual void step(const std::string& what) = 0;
  virtual void end() = 0;
};

// Says nothing.
class SilentProgress final : public Progress {
 public:
  void begin(const std::string&, std::int64_t) override {}
  void step(const std::string&) override {}
  void end() override {}
};

}  // namespace stubkeeper::cron
