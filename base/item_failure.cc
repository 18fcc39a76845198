#include "base/item_failure.h"

#include <utility>

namespace stubkeeper {

bool is_item_failure(const Error& error) {
  switch (error.code) {
    case ErrorCode::corrupt:
    case ErrorCode::busy:
    case ErrorCode::io:
    case ErrorCode::internal:
      return false;
    default:
      return true;
  }
}

Status collect_item_failure(std::vector<ItemFailure>& failures, std::string item, const Status& outcome) {
  if (outcome.ok()) return {};
  if (!is_item_failure(outcome.error())) return outcome;
  failures.push_back({std::move(item), outcome.error()});
  return {};
}

}  // namespace stubkeeper
