#pragma once

#include <string>
#include <vector>

#include "kb/review/change_filter.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {

// A filter as SQL's condition over change, proposal and entry, with the values of its parameters. Outlives
// the statement that it is part of; the filter outlives it.
class FilterCondition {
 public:
  explicit FilterCondition(const ChangeFilter& filter);
  FilterCondition(const FilterCondition&) = delete;
  FilterCondition& operator=(const FilterCondition&) = delete;

  const std::string& sql() const { return sql_; }
  const std::vector<Value>& parameters() const { return parameters_; }

 private:
  std::string sql_ = "1";
  std::vector<Value> parameters_;
  std::string path_prefix_;  // what the paths of a section's pages begin with
};

}  // namespace stubkeeper::kb
