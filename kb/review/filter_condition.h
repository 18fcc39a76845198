#pragma once

#include <string>
#include <vector>

#include "kb/review/records.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {

// A ChangeFilter as a SQL condition on change, proposal and entry, with its parameters. It has to
// outlive the statement, and the filter has to outlive it.
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
  std::string path_prefix_;  // of the paths of a section's pages
};

}  // namespace stubkeeper::kb
