#include "cli/commands/review_outcomes.h"

#include <fmt/format.h>

#include <ostream>

#include "base/text/utf8.h"
#include "cli/exit_code.h"
#include "cli/json_output.h"

namespace stubkeeper::cli {

Result<int> report_outcomes(const Session& session, const std::string& word,
                          const std::vector<std::string>& lists, const std::vector<IdOutcome>& outcomes) {
  nlohmann::ordered_json answer{{"outcome", word}};
  for (const std::string& list : lists) answer[list] = nlohmann::ordered_json::array();
  answer["failed"] = nlohmann::ordered_json::array();
  for (const IdOutcome& outcome : outcomes) {
    if (outcome.status.ok()) {
      answer[outcome.list].push_back(outcome.id);
      continue;
    }
    const Error& error = outcome.status.error();
    if (outcomes.size() == 1 && !session.options.json) return error;
    answer["failed"].push_back(
        {{"id", outcome.id}, {"code", error_code_name(error.code)}, {"message", error.text()}});
    session.environment.err << fmt::format("{}: {}\n", outcome.name, sanitize_for_terminal(error.text()));
  }
  const std::size_t failed = answer["failed"].size();
  const std::size_t succeeded = outcomes.size() - failed;
  if (session.options.json) {
    print_json(session, answer);
  } else {
    session.say(fmt::format("{} {}", succeeded, word));
  }
  if (failed == 0) return done;
  return succeeded == 0 ? failed_or_found : partially_done;
}

}  // namespace stubkeeper::cli
