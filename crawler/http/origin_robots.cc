// FetchLoop: robots.txt, before an origin's first page (RFC 9309).

#include "crawler/http/fetch_loop.h"
#include "crawler/http/header_fields.h"

namespace stubkeeper::crawler {
namespace {

constexpr std::uint64_t max_robots_bytes = 512'000;
constexpr int max_robots_redirects = 5;
constexpr auto robots_lifetime = std::chrono::hours{24};  // RFC 9309 §2.4

}  // namespace

// True where the job may be sent now. Else it waits for robots.txt, or has been answered.
bool FetchLoop::robots_allow(std::unique_ptr<Job>& job) {
  const std::string name = job->url.origin();
  Origin& origin = origins_[name];
  if (origin.state == Origin::State::unknown) {
    const auto kept = context_.robots.find(name);
    const bool fresh = kept && !kept->unreachable_since && kept->fetched_at <= context_.clock.now() &&
                       context_.clock.now() - kept->fetched_at < robots_lifetime;
    if (fresh) {
      apply_robots_record(origin, *kept);
    } else {
      Url url = job->url;
      url.path = "/robots.txt";
      origin.waiting.push_back(std::move(job));
      request_robots(origin, name, url, 0);
      return false;
    }
  }
  if (origin.state == Origin::State::requested) {
    origin.waiting.push_back(std::move(job));
    return false;
  }
  if (origin.state == Origin::State::failed) {
    Error failure = origin.failure;
    failure.where = job->url.text();
    fail(*job, std::move(failure), 0, origin.unreachable);
    return false;
  }
  const RobotsDecision decision = origin.robots.decide("stubkeeper", job->url.text());
  if (decision.allowed) return true;
  const std::string why =
      decision.rule
          ? "robots.txt disallows it (line " + std::to_string(decision.rule->line) +
                ": Disallow: " + decision.rule->pattern + ")"
          : "robots.txt answered " + status_text(origin.http_status) + ", so nothing may be fetched for now";
  fail(*job, Error{ErrorCode::refused, why, job->url.text(), ""});
  return false;
}

void FetchLoop::apply_robots_record(Origin& origin, const RobotsRecord& record) {
  origin.robots = Robots::from_record(record, context_.clock.now());
  origin.http_status = record.http_status;
  origin.state = Origin::State::known;
}

void FetchLoop::request_robots(Origin& origin, const std::string& name, const Url& url, int redirects) {
  origin.state = Origin::State::requested;
  ActiveTransfer active;
  active.transfer = acquire_transfer();
  active.transfer->prepare(url, {}, max_robots_bytes, context_.options.total_timeout);
  active.queue = &queue_for(url);
  active.url = url;
  active.origin = name;
  active.redirects = redirects;
  start(std::move(active));
}

void FetchLoop::finish_robots(ActiveTransfer& active, CURLcode code) {
  Origin& origin = origins_[active.origin];
  Transfer& transfer = *active.transfer;
  const Status outcome = transfer.outcome(code);
  const bool too_large = !outcome.ok() && outcome.error().code == ErrorCode::limit;
  const bool answered = outcome.ok() || too_large;
  if (answered && is_redirect(transfer.status()) && active.redirects < max_robots_redirects) {
    const auto target = parse_url(resolve(active.url.text(), transfer.header("location")));
    if (target && !target->has_userinfo)
      return request_robots(origin, active.origin, *target, active.redirects + 1);
  }
  // More redirects than five, or one to nowhere, may be taken as "unavailable", which allows
  // (§2.3.1.2).
  const int status = !answered ? 0 : is_redirect(transfer.status()) ? 404 : transfer.status();
  const RobotsRecord record = update_record(context_.robots.find(active.origin), status,
                                            std::move(transfer.body()), context_.clock.now());
  context_.robots.keep(active.origin, record);
  apply_robots_record(origin, record);
  if (!answered && origin.robots.disallows_all()) {
    // Where the host itself cannot be reached, its pages would say the same.
    origin.state = Origin::State::failed;
    origin.failure = outcome.error();
    origin.unreachable = transfer.is_unreachable(code);
  }
  const std::int64_t retry_after = answered ? get_retry_after(transfer) : -1;
  if (retry_after >= 0) pause_host(*active.queue, transfer.status(), retry_after);
  release_waiting_jobs(active.origin);
}

void FetchLoop::release_waiting_jobs(const std::string& name) {
  std::vector<std::unique_ptr<Job>> waiting = std::move(origins_[name].waiting);
  origins_[name].waiting.clear();
  // In the order in which they came, before those that came later.
  for (auto job = waiting.rbegin(); job != waiting.rend(); ++job) enqueue(std::move(*job), true);
}

}  // namespace stubkeeper::crawler
