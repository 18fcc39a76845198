#include "cron/source_life.h"

#include "crawler/url.h"
#include "kb/runs/runs.h"
#include "kb/sources/source_life.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cron {
namespace {

constexpr std::size_t hosts_that_show_our_own_fault = 3;

}  // namespace

Status note_absence(const RefreshParts& parts, const kb::Source& source, bool at_once,
                    RefreshReport& report) {
  const Timestamp now = parts.clock.now();
  kb::SourceLife life{parts.store};
  if (source.state == kb::SourceState::gone) return {};
  const bool counts = !source.absent_at || *source.absent_at + time_between_absences <= now;
  if (counts) STUBKEEPER_TRY(life.note_absence(source.id, now));
  if (!at_once && source.absences + (counts ? 1 : 0) < absences_until_gone) return {};
  STUBKEEPER_TRY(life.call_gone(source.id, now));
  STUBKEEPER_TRY(kb::Sources{parts.store}.postpone(source.id, now + time_between_looks_at_gone));
  STUBKEEPER_TRY(life.settle_flags(now));
  report.gone.push_back(source.address);
  return {};
}

Status note_presence(const RefreshParts& parts, const kb::Source& source,
                     const crawler::FetchResponse& response, RefreshReport& report) {
  const Timestamp now = parts.clock.now();
  kb::SourceLife life{parts.store};
  if (source.state == kb::SourceState::gone) {
    STUBKEEPER_TRY(life.call_back(source.id));
    STUBKEEPER_TRY(life.settle_flags(now));
    report.back.push_back(source.address);
  }
  if (!response.moved_permanently || response.final_address == source.address)
    return source.seems_to_move ? life.forget_redirects(source.id) : Status{};
  STUBKEEPER_ASSIGN(const int days, life.see_redirect(source.id, response.final_address, iso_date(now)));
  if (days < sightings_until_moved) return {};
  STUBKEEPER_TRY(life.move(source, response.final_address, now));
  STUBKEEPER_TRY(life.settle_flags(now));
  report.moved.push_back({source.address, response.final_address});
  return {};
}

void Unreached::note(const kb::Source& source, const crawler::FetchResponse& response) {
  if (response.unreachable) {
    sources_.push_back(&source);
    silent_hosts_.insert(crawler::host_of(source.address));
  } else if (response.http_status != 0) {
    any_host_answered_ = true;
  }
}

Status Unreached::settle(const RefreshParts& parts, RefreshReport& report) const {
  if (sources_.empty()) return {};
  if (!any_host_answered_ && silent_hosts_.size() >= hosts_that_show_our_own_fault) {
    STUBKEEPER_ASSIGN(const bool heard,
                      kb::Runs{parts.store}.any_answer_since(parts.clock.now() - time_between_absences));
    if (!heard) return {};
  }
  return parts.store.atomically([&]() -> Status {
    for (const kb::Source* source : sources_) STUBKEEPER_TRY(note_absence(parts, *source, false, report));
    return {};
  });
}

}  // namespace stubkeeper::cron
