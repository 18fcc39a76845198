#include "crawler/http/fetch_loop.h"

#include <algorithm>
#include <charconv>

#include "crawler/http/local_file.h"
#include "crawler/http/status_text.h"

namespace stubkeeper::crawler {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// A validator goes back as it came; one with a line break in it never came over HTTP.
void add_validator(std::vector<std::string>& headers, const char* name, const std::string& value) {
  if (!value.empty() && value.find_first_of("\r\n") == std::string::npos)
    headers.push_back(std::string{name} + ": " + value);
}

}  // namespace

FetchLoop::FetchLoop(const HttpOptions& options, const AddressRules& rules, RobotsCache& robots,
                     const Clock& clock, const std::function<void(FetchResponse)>& on_response,
                     const std::function<bool()>& keep_going)
    : options_(options),
      rules_(rules),
      robots_cache_(robots),
      clock_(clock),
      on_response_(on_response),
      keep_going_(keep_going) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  multi_.reset(curl_multi_init());
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(options_.parallel) * 2);
}

void FetchLoop::run(std::vector<FetchRequest> requests) {
  open_ = requests.size();
  for (FetchRequest& request : requests) {
    if (is_local_file(request.address)) {
      --open_;
      on_response_(fetch_local_file(request, options_.most_bytes));
      continue;
    }
    auto job = std::make_unique<Job>();
    const auto url = parse_url(request.address);
    job->request = std::move(request);
    if (!url || url->has_user) {
      fail(*job, Error{ErrorCode::invalid_argument, "is no http or https address that can be fetched",
                       without_user_info(job->request.address),
                       "remove the source and add it again as https://host/path"});
      continue;
    }
    job->url = *url;
    enqueue(std::move(job), false);
  }
  while (!all_done()) {
    if (!keep_going_()) return abandon_all();
    send_what_may_be();
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    take_finished();
    if (all_done()) return;
    curl_multi_poll(multi_.get(), nullptr, 0, wait_milliseconds(), nullptr);
  }
}

void FetchLoop::enqueue(std::unique_ptr<Job> job, bool first) {
  HostQueue& queue = hosts_[job->url.host];
  hosts_with_work_.insert(job->url.host);
  if (first) {
    queue.waiting.push_front(std::move(job));
  } else {
    queue.waiting.push_back(std::move(job));
  }
}

void FetchLoop::send_what_may_be() {
  const SteadyTime now = steady_clock::now();
  for (auto name = hosts_with_work_.begin(); name != hosts_with_work_.end();) {
    HostQueue& queue = hosts_[*name];
    while (!queue.closed_because.empty() && !queue.waiting.empty()) {
      const std::unique_ptr<Job> job = std::move(queue.waiting.front());
      queue.waiting.pop_front();
      fail(*job, Error{ErrorCode::network, queue.closed_because, job->url.text(), "it is tried again later"},
           0, queue.retry_after_seconds);
    }
    while (static_cast<int>(active_.size()) < options_.parallel && queue.may_send(options_, now)) {
      std::unique_ptr<Job> job = std::move(queue.waiting.front());
      queue.waiting.pop_front();
      send(queue, std::move(job));
    }
    name = queue.waiting.empty() ? hosts_with_work_.erase(name) : std::next(name);
  }
}

void FetchLoop::send(HostQueue& queue, std::unique_ptr<Job> job) {
  if (options_.obey_robots && !robots_allow(job)) return;
  if (options_.obey_robots) {
    const auto delay = origins_[job->url.origin()].robots.crawl_delay("stubkeeper").value_or(milliseconds{0});
    queue.crawl_delay = std::min<milliseconds>(delay, options_.most_crawl_delay);
  }
  const milliseconds delay = std::max(options_.host_delay, queue.crawl_delay);
  const auto spread =
      delay.count() > 0 ? static_cast<std::int64_t>(jitter_() % static_cast<unsigned>(delay.count() / 4 + 1))
                        : 0;
  queue.next_allowed = steady_clock::now() + delay + milliseconds{spread};

  std::vector<std::string> headers;
  add_validator(headers, "If-None-Match", job->request.etag);
  add_validator(headers, "If-Modified-Since", job->request.last_modified);
  Active active;
  active.transfer = std::make_unique<Transfer>(options_, rules_, job->url, headers, options_.most_bytes);
  active.host = job->url.host;
  active.job = std::move(job);
  start(std::move(active));
}

void FetchLoop::start(Active active) {
  CURL* easy = active.transfer->easy();
  ++hosts_[active.host].active;
  active_.emplace(easy, std::move(active));
  curl_multi_add_handle(multi_.get(), easy);
}

void FetchLoop::take_finished() {
  int left = 0;
  while (CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    CURL* easy = message->easy_handle;
    const CURLcode code = message->data.result;
    curl_multi_remove_handle(multi_.get(), easy);
    auto node = active_.extract(easy);
    Active active = std::move(node.mapped());
    --hosts_[active.host].active;
    if (active.job == nullptr) {
      finish_robots(std::move(active), code);
    } else {
      finish(std::move(active), code);
    }
    if (!keep_going_()) return;
  }
}

void FetchLoop::finish(Active active, CURLcode code) {
  Transfer& transfer = *active.transfer;
  const Status outcome = transfer.outcome(code);
  const int status = transfer.status();
  if (!outcome.ok()) return fail(*active.job, outcome.error(), status);
  if (is_redirect(status)) return follow_redirect(active);
  FetchResponse response;
  response.tag = active.job->request.tag;
  response.http_status = status;
  response.final_address = active.job->url.text();
  response.moved_permanently = active.job->redirects > 0 && active.job->all_permanent;
  response.content_type = transfer.header("content-type");
  response.etag = transfer.header("etag");
  response.last_modified = transfer.header("last-modified");
  if (status == 304) {
    response.outcome = FetchOutcome::not_modified;
  } else if (status >= 200 && status < 300) {
    response.outcome = FetchOutcome::ok;
    response.body = std::move(transfer.body());
  } else {
    response.retry_after_seconds = retry_after_of(transfer);
    close_host_if_asked(active, response.retry_after_seconds);
    const bool gone = status == 404 || status == 410;
    response.error = Error{gone ? ErrorCode::not_found : ErrorCode::network,
                           "answered " + status_text(status), response.final_address, ""};
  }
  --open_;
  on_response_(std::move(response));
}

void FetchLoop::follow_redirect(Active& active) {
  Job& job = *active.job;
  const std::string& location = active.transfer->header("location");
  const std::string where = job.url.text();
  const int status = active.transfer->status();
  if (location.empty()) {
    return fail(
        job,
        Error{ErrorCode::network, "answered " + status_text(status) + " without saying where to", where, ""},
        status);
  }
  if (job.redirects >= options_.most_redirects) {
    return fail(
        job,
        Error{ErrorCode::network, "redirects more than " + std::to_string(options_.most_redirects) + " times",
              where, "look at the address in a browser and use the one it ends at"},
        status);
  }
  const auto target = parse_url(resolve(where, location));
  if (!target) {
    return fail(
        job,
        Error{ErrorCode::refused,
              "redirects to \"" + without_user_info(location) + "\", which is no http or https address",
              where, ""},
        status);
  }
  ++job.redirects;
  job.all_permanent = job.all_permanent && (status == 301 || status == 308);
  job.url = *target;
  enqueue(std::move(active.job), true);
}

std::int64_t FetchLoop::retry_after_of(const Transfer& transfer) const {
  const int status = transfer.status();
  const std::string& text = transfer.header("retry-after");
  if ((status != 429 && status != 503) || text.empty()) return -1;
  std::int64_t seconds = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error == std::errc{} && end == text.data() + text.size()) return std::max<std::int64_t>(seconds, 0);
  const time_t date = curl_getdate(text.c_str(), nullptr);
  if (date < 0) return -1;
  const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now()).time_since_epoch().count();
  return std::max<std::int64_t>(date - now, 0);
}

void FetchLoop::close_host_if_asked(Active& active, std::int64_t retry_after) {
  if (retry_after < 0) return;
  HostQueue& queue = hosts_[active.host];
  queue.closed_because = "the host answered " + status_text(active.transfer->status()) +
                         " and asked to be left alone for " + std::to_string(retry_after) + " s";
  queue.retry_after_seconds = retry_after;
}

void FetchLoop::fail(const Job& job, Error error, int http_status, std::int64_t retry_after) {
  FetchResponse response;
  response.tag = job.request.tag;
  response.http_status = http_status;
  response.final_address = job.url.host.empty() ? without_user_info(job.request.address) : job.url.text();
  response.retry_after_seconds = retry_after;
  response.error = std::move(error);
  --open_;
  on_response_(std::move(response));
}

void FetchLoop::abandon_all() {
  const auto stopped = [](const Job& job) {
    return Error{ErrorCode::busy, "was not fetched: the run was asked to stop", job.url.text(), ""};
  };
  for (auto& [easy, active] : active_) {
    curl_multi_remove_handle(multi_.get(), easy);
    if (active.job) fail(*active.job, stopped(*active.job));
  }
  active_.clear();
  for (auto& [name, origin] : origins_) {
    for (const auto& job : origin.waiting) fail(*job, stopped(*job));
    origin.waiting.clear();
  }
  for (auto& [name, queue] : hosts_) {
    for (const auto& job : queue.waiting) fail(*job, stopped(*job));
    queue.waiting.clear();
  }
}

int FetchLoop::wait_milliseconds() const {
  // At most this long, so that a wish to stop is heard.
  constexpr int most = 200;
  const SteadyTime now = steady_clock::now();
  milliseconds wait{most};
  if (static_cast<int>(active_.size()) < options_.parallel) {
    for (const std::string& name : hosts_with_work_) {
      const HostQueue& queue = hosts_.at(name);
      if (queue.active >= options_.parallel_per_host) continue;
      wait = std::min(wait, std::chrono::ceil<milliseconds>(queue.next_allowed - now));
    }
  }
  return static_cast<int>(std::clamp<std::int64_t>(wait.count(), 0, most));
}

}  // namespace stubkeeper::crawler
