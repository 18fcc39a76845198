#include "kb/review/policies.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text/strings.h"
#include "kb/review/review.h"
#include "kb/review/review_queue.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

bool is_below(const std::string& path, const std::string& section) {
  return path == section || path.starts_with(section + "/");
}

bool matches_address(const std::string& address, const std::string& rule) {
  if (!rule.ends_with('*')) return address == rule;
  return address.starts_with(std::string_view{rule}.substr(0, rule.size() - 1));
}

// The addresses of the sources that waiting changes quote, by change.
Result<std::map<Id, std::set<std::string>>> quoted_source_addresses(Store& store) {
  std::map<Id, std::set<std::string>> quoted;
  STUBKEEPER_TRY(store.database().run(
      "SELECT DISTINCT change.id, source.address FROM change JOIN citation ON citation.change_id = change.id "
      "JOIN snapshot ON snapshot.id = snapshot_id JOIN document ON document.id = document_id "
      "JOIN source ON source.id = document.source_id WHERE change.state = 'waiting'",
      {}, [&](const Row& row) -> Status {
        quoted[row.integer(0)].insert(row.text(1));
        return {};
      }));
  return quoted;
}

bool policy_applies(const Policy& policy, const QueuedChange& change, const std::set<std::string>& sources) {
  if (!contains(policy.kinds, change.kind)) return false;
  const auto in_section = [&](const std::string& section) { return is_below(change.entry_path, section); };
  if (!policy.sections.empty() && std::none_of(policy.sections.begin(), policy.sections.end(), in_section))
    return false;
  if (policy.sources.empty()) return true;
  return !sources.empty() && std::all_of(sources.begin(), sources.end(), [&](const std::string& address) {
    return std::any_of(policy.sources.begin(), policy.sources.end(),
                       [&](const std::string& rule) { return matches_address(address, rule); });
  });
}

}  // namespace

Policy auto_approve_policy(const std::vector<std::string>& kinds) {
  return {"auto_approve", kinds, {}, {}};
}

Result<int> approve_by_policy(Store& store, const Clock& clock, const std::vector<Policy>& policies,
                              std::vector<ItemFailure>& failures) {
  const bool any = std::any_of(policies.begin(), policies.end(),
                               [](const Policy& policy) { return !policy.kinds.empty(); });
  if (!any) return 0;
  ChangeFilter unflagged;
  unflagged.flagged = false;
  STUBKEEPER_ASSIGN(const auto queue, review_queue(store, unflagged));
  STUBKEEPER_ASSIGN(const auto quoted, quoted_source_addresses(store));
  std::map<std::string, std::vector<Id>> by_policy;
  std::map<Id, std::string> entry_paths;
  for (const QueuedChange& change : queue) {
    const auto sources = quoted.find(change.id);
    const auto policy = std::find_if(policies.begin(), policies.end(), [&](const Policy& each) {
      return policy_applies(each, change,
                            sources == quoted.end() ? std::set<std::string>{} : sources->second);
    });
    if (policy == policies.end()) continue;
    by_policy[policy->name].push_back(change.id);
    entry_paths.emplace(change.id, change.entry_path);
  }
  Review review{store, clock};
  int approved = 0;
  for (const auto& [name, ids] : by_policy) {
    STUBKEEPER_ASSIGN(const auto outcomes, review.approve_all(ids, {AuthorKind::policy, "policy:" + name},
                                                              "by the policy \"" + name + "\""));
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      if (outcomes[i].ok()) {
        ++approved;
      } else if (outcomes[i].error().code != ErrorCode::conflict) {
        STUBKEEPER_TRY(collect_item_failure(failures, entry_paths.at(ids[i]), outcomes[i]));
      }
    }
  }
  return approved;
}

}  // namespace stubkeeper::kb
