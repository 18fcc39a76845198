#include "cron/source_lifecycle.h"

#include "base/text/url.h"
#include "kb/runs/runs.h"
#include "kb/sources/source_lifecycle.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cron {
namespace {

constexpr std::size_t min_silent_hosts_for_outage = 3;

}  // namespace

Status record_absence(kb::Store& store, const kb::Source& source, bool permanently_gone, Timestamp now,
                      RefreshReport& report) {
  kb::SourceLifecycle lifecycle{store};
  if (source.state == kb::SourceState::gone) return {};
  const bool counts = !source.absent_at || *source.absent_at + min_time_between_absences <= now;
  if (counts) STUBKEEPER_TRY(lifecycle.record_absence(source.id, now));
  if (!permanently_gone && source.absences + (counts ? 1 : 0) < max_absences) return {};
  STUBKEEPER_TRY(lifecycle.mark_gone(source.id, now));
  STUBKEEPER_TRY(kb::Sources{store}.postpone(source.id, now + gone_source_revisit_interval));
  STUBKEEPER_TRY(lifecycle.sync_gone_flags(now));
  report.gone.push_back(source.address);
  return {};
}

Status record_presence(kb::Store& store, const kb::Source& source, const crawler::FetchResponse& response,
                       Timestamp now, RefreshReport& report) {
  kb::SourceLifecycle lifecycle{store};
  if (source.state == kb::SourceState::gone) {
    STUBKEEPER_TRY(lifecycle.mark_active(source.id));
    STUBKEEPER_TRY(lifecycle.sync_gone_flags(now));
    report.recovered.push_back(source.address);
  }
  if (!response.moved_permanently || response.final_address == source.address)
    return source.has_permanent_redirect ? lifecycle.clear_redirects(source.id) : Status{};
  STUBKEEPER_ASSIGN(const int days,
                    lifecycle.record_redirect(source.id, response.final_address, iso_date(now)));
  if (days < redirect_days_until_moved) return {};
  STUBKEEPER_TRY(lifecycle.move(source, response.final_address, now));
  STUBKEEPER_TRY(lifecycle.sync_gone_flags(now));
  report.moved.push_back({source.address, response.final_address});
  return {};
}

void UnreachableSources::note(const kb::Source& source, const crawler::FetchResponse& response) {
  if (response.unreachable) {
    sources_.push_back(&source);
    silent_hosts_.insert(url_host(source.address));
  } else if (response.http_status != 0) {
    any_host_responded_ = true;
  }
}

Status UnreachableSources::settle(kb::Store& store, Timestamp now, RefreshReport& report) const {
  if (sources_.empty()) return {};
  if (!any_host_responded_ && silent_hosts_.size() >= min_silent_hosts_for_outage) {
    STUBKEEPER_ASSIGN(const bool any_recent_response,
                      kb::Runs{store}.has_http_answer_since(now - min_time_between_absences));
    if (!any_recent_response) return {};
  }
  return store.run_in_transaction([&]() -> Status {
    for (const kb::Source* source : sources_)
      STUBKEEPER_TRY(record_absence(store, *source, false, now, report));
    return {};
  });
}

}  // namespace stubkeeper::cron
