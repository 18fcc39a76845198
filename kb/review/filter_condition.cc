#include "kb/review/filter_condition.h"

namespace stubkeeper::kb {

FilterCondition::FilterCondition(const ChangeFilter& filter) : path_prefix_(filter.path + "/") {
  const auto add = [&](std::string_view condition, std::initializer_list<Value> values) {
    sql_ += " AND ";
    sql_ += condition;
    parameters_.insert(parameters_.end(), values.begin(), values.end());
  };
  const auto text = [](const std::string& value) { return Value{std::string_view{value}}; };
  if (filter.state) add("change.state = ?", {Value{std::string_view{change_state_name(*filter.state)}}});
  if (!filter.path.empty()) {
    add("(entry.path = ? OR substr(entry.path, 1, ?) = ?)",
        {text(filter.path), Value{static_cast<std::int64_t>(path_prefix_.size())}, text(path_prefix_)});
  }
  if (!filter.kind.empty()) add("change.kind = ?", {text(filter.kind)});
  if (!filter.flag.empty())
    add("change.id IN (SELECT change_id FROM flag WHERE name = ? AND resolved_at IS NULL)",
        {text(filter.flag)});
  if (filter.flagged) {
    add("EXISTS (SELECT 1 FROM flag WHERE flag.change_id = change.id AND resolved_at IS NULL) = ?",
        {Value{std::int64_t{*filter.flagged}}});
  }
  if (filter.first_look)
    add("(change.first_look_source_id IS NOT NULL) = ?", {Value{std::int64_t{*filter.first_look}}});
  if (filter.run_id != 0) add("proposal.run_id = ?", {filter.run_id});
  if (filter.source_id != 0) {
    add("change.id IN (SELECT change_id FROM citation JOIN snapshot ON snapshot.id = snapshot_id JOIN "
        "document ON document.id = document_id WHERE source_id = ?)",
        {filter.source_id});
  }
  if (!filter.snapshots.empty()) {
    std::string places;
    for (const Id snapshot : filter.snapshots) {
      places += places.empty() ? "?" : ", ?";
      parameters_.emplace_back(snapshot);
    }
    sql_ += " AND change.id IN (SELECT change_id FROM citation WHERE snapshot_id IN (" + places + "))";
  }
  if (filter.proposed_from) add("proposal.created_at >= ?", {to_value(*filter.proposed_from)});
  if (filter.proposed_before) add("proposal.created_at < ?", {to_value(*filter.proposed_before)});
  if (!filter.words.empty()) {
    add("instr(lower(change.new_text || char(10) || change.old_text || char(10) || entry.path || char(10) || "
        "entry.title), lower(?)) > 0",
        {text(filter.words)});
  }
}

}  // namespace stubkeeper::kb
