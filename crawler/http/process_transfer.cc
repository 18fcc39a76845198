// FetchLoop: the outcome of a transfer.

#include <algorithm>

#include "crawler/extract/meta_refresh.h"
#include "crawler/http/fetch_loop.h"
#include "crawler/http/header_fields.h"

namespace stubkeeper::crawler {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

}  // namespace

bool FetchLoop::process_finished() {
  bool any = false;
  int left = 0;
  while (CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    CURL* easy = message->easy_handle;
    const CURLcode code = message->data.result;
    curl_multi_remove_handle(multi_.get(), easy);
    auto node = active_.extract(easy);
    ActiveTransfer& active = node.mapped();
    --active.queue->active;
    ++active.queue->finished_transfers;
    if (active.job == nullptr) {
      finish_robots(active, code);
    } else {
      finish(active, code);
    }
    idle_transfers_.push_back(std::move(active.transfer));
    any = true;
    if (!keep_going_()) break;
  }
  return any;
}

void FetchLoop::finish(ActiveTransfer& active, CURLcode code) {
  Transfer& transfer = *active.transfer;
  const Status outcome = transfer.outcome(code);
  const int status = transfer.status();
  if (!outcome.ok()) return fail(*active.job, outcome.error(), status, transfer.is_unreachable(code));
  if (is_redirect(status)) {
    const bool is_permanent = status == 301 || status == 308;
    return follow_redirect(active, transfer.header("location"), is_permanent);
  }
  if (status == 304 && !active.job->is_conditional) {
    return fail(*active.job,
                Error{ErrorCode::network, "answered 304 (not modified) to a request without a condition",
                      active.job->url.text(), "its server, or a cache before it, is set up wrongly"},
                status);
  }
  FetchResponse response;
  response.http_status = status;
  if (status == 304) {
    response.outcome = FetchOutcome::not_modified;
  } else if (status >= 200 && status < 300) {
    const auto move = find_declared_move(transfer.body(), transfer.header("content-type"),
                                         transfer.header("refresh"), active.job->url.text());
    if (move) return follow_redirect(active, move->address, move->is_instant);
    response.outcome = FetchOutcome::ok;
    response.body = std::move(transfer.body());
  } else {
    response.retry_after_seconds = get_retry_after(transfer);
    if (response.retry_after_seconds >= 0) {
      if (retry_after_pause(active, response.retry_after_seconds)) return;
      pause_host(*active.queue, status, response.retry_after_seconds);
    }
    const bool gone = status == 404 || status == 410;
    response.error = Error{gone ? ErrorCode::not_found : ErrorCode::network,
                           "answered " + status_text(status), active.job->url.text(), ""};
    // It may say why: a check for robots, a login.
    response.body = std::move(transfer.body());
  }
  deliver_response(active, std::move(response));
}

void FetchLoop::deliver_response(const ActiveTransfer& active, FetchResponse response) {
  const Transfer& transfer = *active.transfer;
  const Job& job = *active.job;
  response.tag = job.request.tag;
  response.final_address = job.url.text();
  response.moved_permanently = job.redirects > 0 && job.all_permanent;
  response.content_type = transfer.header("content-type");
  response.etag = transfer.header("etag");
  response.last_modified = transfer.header("last-modified");
  response.remaining_freshness =
      remaining_freshness({joined_header_values(transfer.headers(), "cache-control"),
                           transfer.header("expires"), transfer.header("date"), transfer.header("age")},
                          context_.clock.now());
  --pending_responses_;
  on_response_(std::move(response));
}

void FetchLoop::follow_redirect(ActiveTransfer& active, const std::string& location, bool is_permanent) {
  Job& job = *active.job;
  const std::string where = job.url.text();
  const int status = active.transfer->status();
  if (location.empty()) {
    return fail(
        job,
        Error{ErrorCode::network, "answered " + status_text(status) + " without saying where to", where, ""},
        status);
  }
  if (job.redirects >= context_.options.max_redirects) {
    return fail(job,
                Error{ErrorCode::network,
                      "redirects more than " + std::to_string(context_.options.max_redirects) + " times",
                      where, "look at the address in a browser and use the one it ends at"},
                status);
  }
  const auto target = parse_url(resolve(where, location));
  if (!target) {
    const std::string shown = "\"" + strip_userinfo(location) + "\"";
    const auto named = parse_url(location.starts_with("//") ? job.url.scheme + ":" + location : location);
    const bool has_userinfo = named && named->has_userinfo;
    return fail(
        job,
        Error{ErrorCode::refused,
              has_userinfo
                  ? "redirects to an address with a user name or password, which is not followed: " + shown
                  : "redirects to " + shown + ", which is no http or https address",
              where, ""},
        status);
  }
  // One deadline holds for the whole way.
  job.time_left -= active.transfer->elapsed();
  if (job.time_left <= milliseconds{0}) {
    return fail(
        job,
        Error{ErrorCode::timeout,
              "no whole answer within " + std::to_string(context_.options.total_timeout.count()) + " ms",
              where, "[fetch] timeout_ms sets how long is waited"},
        status);
  }
  ++job.redirects;
  job.all_permanent = job.all_permanent && is_permanent;
  job.url = *target;
  enqueue(std::move(active.job), true);
}

std::int64_t FetchLoop::get_retry_after(const Transfer& transfer) const {
  const int status = transfer.status();
  if (status != 429 && status != 503) return -1;
  const auto wait = parse_retry_after(transfer.header("retry-after"), context_.clock.now());
  return wait ? wait->count() : -1;
}

// Whether the job goes back into its queue, to be sent once more after the short time that the host
// asked for.
bool FetchLoop::retry_after_pause(ActiveTransfer& active, std::int64_t retry_after) {
  Job& job = *active.job;
  if (job.has_retried || seconds{retry_after} > context_.options.max_retry_wait) return false;
  job.has_retried = true;
  active.queue->next_allowed =
      std::max(active.queue->next_allowed, context_.steady_clock.now() + seconds{retry_after});
  enqueue(std::move(active.job), true);
  return true;
}

void FetchLoop::pause_host(HostQueue& queue, int status, std::int64_t retry_after) {
  const seconds wait = std::min<seconds>(seconds{retry_after}, context_.options.max_host_pause);
  queue.pause = HostPause{context_.clock.now() + wait, "answered " + status_text(status)};
  context_.pauses.keep(queue.host, *queue.pause);
  std::deque<std::unique_ptr<Job>> waiting;
  waiting.swap(queue.waiting);
  for (const auto& job : waiting) postpone(*job, *queue.pause);
}

void FetchLoop::postpone(const Job& job, const HostPause& pause) {
  FetchResponse response;
  response.tag = job.request.tag;
  response.outcome = FetchOutcome::postponed;
  response.final_address = job.url.text();
  response.retry_after_seconds =
      std::max<std::int64_t>(std::chrono::ceil<seconds>(pause.until - context_.clock.now()).count(), 0);
  response.error = Error{
      ErrorCode::network,
      "was not asked: the host " + pause.reason + " and asked to be left alone until " + rfc3339(pause.until),
      job.url.text(), "it is looked at after that"};
  --pending_responses_;
  on_response_(std::move(response));
}

void FetchLoop::fail(const Job& job, Error error, int http_status, bool unreachable) {
  FetchResponse response;
  response.tag = job.request.tag;
  response.http_status = http_status;
  response.final_address = job.url.host.empty() ? strip_userinfo(job.request.address) : job.url.text();
  response.unreachable = unreachable;
  response.error = std::move(error);
  --pending_responses_;
  on_response_(std::move(response));
}

}  // namespace stubkeeper::crawler
