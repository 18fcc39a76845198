#include "cron/guarded_reader.h"

#include "kb/sources/reading_attempts.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cron {

Result<crawler::Document> GuardedReader::read(const crawler::DocumentBytes& document) {
  kb::ReadingAttempts attempts{store_};
  STUBKEEPER_ASSIGN(const int earlier, attempts.count(address_));
  if (earlier == 0 && !crawler::is_heavy(document)) return reader_.read(document);
  STUBKEEPER_TRY(attempts.begin(address_, clock_.now()));
  auto result = earlier > 0 ? reader_.read_suspected(document) : reader_.read(document);
  const bool is_broken_off = !result.ok() && result.error().code == ErrorCode::busy;
  STUBKEEPER_TRY(is_broken_off ? attempts.take_back(address_) : attempts.end(address_));
  return result;
}

Status leave_out_resting(kb::Store& store, Timestamp now, const RefreshOptions& options,
                         std::vector<kb::Source>& planned, RefreshReport& report) {
  if (!options.sources.empty()) return {};
  kb::ReadingAttempts attempts{store};
  STUBKEEPER_ASSIGN(const auto suspected, attempts.list());
  if (suspected.empty()) return {};
  Status status;
  std::erase_if(planned, [&](const kb::Source& source) {
    const auto found = suspected.find(source.address);
    if (!status.ok() || found == suspected.end() || found->second.attempts < max_reading_attempts)
      return false;
    const auto& until = found->second.rests_until;
    if (until) return *until > now;
    const std::string reason = "rests until " + iso_date(now + document_rest) + ": " +
                               std::to_string(found->second.attempts) + " runs ended while it was read";
    status = store.run_in_transaction([&]() -> Status {
      STUBKEEPER_TRY(attempts.rest(source.address, now + document_rest));
      return kb::Sources{store}.failed(source.id, now, reason, now + document_rest);
    });
    report.add_failure(source.address, reason + " (`stubkeeper refresh --source " +
                                           std::to_string(source.id) + " --force` tries it all the same)");
    return true;
  });
  return status;
}

}  // namespace stubkeeper::cron
