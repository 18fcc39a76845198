#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "kb/store/id.h"

namespace stubkeeper::kb {

enum class RunState { running, done, partial, failed, interrupted };
const char* run_state_name(RunState state);
std::optional<RunState> run_state_from_name(const std::string& name);

struct Run {
  Id id = 0;
  Timestamp started_at;
  std::optional<Timestamp> ended_at;
  RunState state = RunState::running;
  std::string drafter;
  std::string report_json;
  std::int64_t tokens_spent = 0;
  std::int64_t micro_usd_spent = 0;
};

enum class FetchResultKind { new_document, changed, unchanged, not_modified, failed };
const char* fetch_result_name(FetchResultKind kind);

struct FetchRecord {
  Id run_id = 0;
  Id source_id = 0;
  Timestamp at;
  FetchResultKind outcome = FetchResultKind::failed;
  int http_status = 0;
  std::string error;
  std::int64_t bytes = 0;
};

}  // namespace stubkeeper::kb
