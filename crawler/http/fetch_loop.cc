// FetchLoop: the order of requests.

#include "crawler/http/fetch_loop.h"

#include "base/file_system.h"
#include "base/sha256.h"

namespace stubkeeper::crawler {
namespace {

using std::chrono::milliseconds;

struct FileExtension {
  const char* extension;
  const char* content_type;
};
constexpr FileExtension file_extensions[] = {{".html", "text/html"},
                                             {".htm", "text/html"},
                                             {".xhtml", "application/xhtml+xml"},
                                             {".md", "text/markdown"},
                                             {".markdown", "text/markdown"},
                                             {".txt", "text/plain"},
                                             {".pdf", "application/pdf"},
                                             {".xml", "application/xml"},
                                             {".rss", "application/rss+xml"},
                                             {".atom", "application/atom+xml"},
                                             {".json", "application/json"}};

// Whether an address is a local file: an absolute path, or file:///path.
bool is_local_file(const std::string& address) {
  return address.starts_with("file:///") || address.starts_with('/');
}

// Reads it, at most `max_bytes`. Its etag is the hash of its bytes, so that an unchanged file is
// not_modified; the content type is guessed from the name's ending.
FetchResponse fetch_local_file(const FetchRequest& request, std::uint64_t max_bytes) {
  FetchResponse response;
  response.tag = request.tag;
  response.final_address = request.address;
  const std::string path =
      request.address.starts_with("file://") ? request.address.substr(7) : request.address;
  auto bytes = DiskFileSystem{}.read(path, max_bytes);
  if (!bytes.ok()) {
    response.error = bytes.error();
    return response;
  }
  response.etag = "sha256:" + sha256_hex(*bytes);
  if (response.etag == request.etag) {
    response.outcome = FetchOutcome::not_modified;
    return response;
  }
  for (const FileExtension& known : file_extensions) {
    if (path.ends_with(known.extension)) response.content_type = known.content_type;
  }
  response.outcome = FetchOutcome::ok;
  response.body = *std::move(bytes);
  return response;
}

// A wish to stop is heard within this time.
constexpr milliseconds max_poll_interval{200};

// A validator goes back as it came; one with a line break in it never came over HTTP.
void add_validator(std::vector<std::string>& headers, const char* name, const std::string& value) {
  if (!value.empty() && value.find_first_of("\r\n") == std::string::npos)
    headers.push_back(std::string{name} + ": " + value);
}

std::vector<std::string> validator_headers(const Job& job) {
  std::vector<std::string> headers;
  const std::string& validated_by = job.request.validated_address;
  const bool validators_apply = validated_by.empty() ? job.redirects == 0 : validated_by == job.url.text();
  if (validators_apply) {
    add_validator(headers, "If-None-Match", job.request.etag);
    add_validator(headers, "If-Modified-Since", job.request.last_modified);
  }
  return headers;
}

}  // namespace

FetchLoop::FetchLoop(const FetchContext& context, const std::function<void(FetchResponse)>& on_response,
                     const std::function<bool()>& keep_going)
    : context_(context), on_response_(on_response), keep_going_(keep_going), multi_(make_curl_multi()) {
  sockets_.emplace(multi_.get());
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(context_.options.parallel) * 2);
}

void FetchLoop::run(std::vector<FetchRequest> requests) {
  pending_responses_ = requests.size();
  for (FetchRequest& request : requests) accept(std::move(request));
  while (!all_done()) {
    if (!keep_going_()) return cancel_all();
    send_ready_requests();
    sockets_->advance();
    // A finished transfer makes room for a request, which is sent without a wait.
    if (!process_finished()) wait();
  }
}

void FetchLoop::accept(FetchRequest request) {
  if (is_local_file(request.address)) {
    --pending_responses_;
    return on_response_(fetch_local_file(request, context_.options.max_bytes));
  }
  auto job = std::make_unique<Job>();
  const auto url = parse_url(request.address);
  job->request = std::move(request);
  job->time_left = context_.options.total_timeout;
  if (!url || url->has_userinfo) {
    return fail(*job, Error{ErrorCode::invalid_argument,
                            url ? "has a user name or password in it, which is not sent"
                                : "is no http or https address that can be fetched",
                            strip_userinfo(job->request.address),
                            "remove the source and add it again as https://host/path"});
  }
  job->url = *url;
  enqueue(std::move(job), false);
}

HostQueue& FetchLoop::queue_for(const Url& url) {
  const auto [found, is_new] = hosts_.try_emplace(url.host_and_port());
  HostQueue& queue = found->second;
  if (is_new) {
    queue.host = found->first;
    queue.pause = context_.pauses.find(queue.host);
    if (queue.pause && queue.pause->until <= context_.clock.now()) queue.pause.reset();
  }
  return queue;
}

void FetchLoop::enqueue(std::unique_ptr<Job> job, bool first) {
  HostQueue& queue = queue_for(job->url);
  if (queue.pause) return postpone(*job, *queue.pause);
  if (first) {
    queue.waiting.push_front(std::move(job));
  } else {
    queue.waiting.push_back(std::move(job));
  }
  if (!queue.in_work_list) hosts_with_work_.push_back(&queue);
  queue.in_work_list = true;
}

// Round robin: begins after the last host that was sent a request.
void FetchLoop::send_ready_requests() {
  const SteadyTime now = context_.steady_clock.now();
  const std::size_t count = hosts_with_work_.size();
  const std::size_t first = count == 0 ? 0 : round_robin_start_ % count;
  const auto has_slot = [&] { return static_cast<int>(active_.size()) < context_.options.parallel; };
  for (std::size_t i = 0; i < count && has_slot(); ++i) {
    HostQueue& queue = *hosts_with_work_[(first + i) % count];
    while (has_slot() && queue.may_send(context_.options, now)) {
      round_robin_start_ = first + i + 1;
      std::unique_ptr<Job> job = std::move(queue.waiting.front());
      queue.waiting.pop_front();
      send(queue, std::move(job));
    }
  }
  std::erase_if(hosts_with_work_, [](HostQueue* queue) {
    queue->in_work_list = !queue->waiting.empty();
    return !queue->in_work_list;
  });
}

void FetchLoop::send(HostQueue& queue, std::unique_ptr<Job> job) {
  if (context_.options.obey_robots) {
    if (!robots_allow(job)) return;
    const auto delay = origins_[job->url.origin()].robots.crawl_delay("stubkeeper").value_or(milliseconds{0});
    queue.crawl_delay = std::min<milliseconds>(delay, context_.options.max_crawl_delay);
  }
  const milliseconds delay = std::max(context_.options.host_delay, queue.crawl_delay);
  std::uniform_int_distribution<std::int64_t> spread{0, delay.count() / 4};
  queue.next_allowed = context_.steady_clock.now() + delay + milliseconds{spread(jitter_)};

  ActiveTransfer active;
  active.transfer = acquire_transfer();
  const std::vector<std::string> validators = validator_headers(*job);
  job->is_conditional = !validators.empty();
  active.transfer->prepare(job->url, validators, context_.options.max_bytes, job->time_left);
  active.queue = &queue;
  active.job = std::move(job);
  start(std::move(active));
}

std::unique_ptr<Transfer> FetchLoop::acquire_transfer() {
  if (idle_transfers_.empty()) return std::make_unique<Transfer>(context_.options, context_.rules);
  std::unique_ptr<Transfer> transfer = std::move(idle_transfers_.back());
  idle_transfers_.pop_back();
  return transfer;
}

void FetchLoop::start(ActiveTransfer active) {
  CURL* easy = active.transfer->easy();
  ++active.queue->active;
  active_.emplace(easy, std::move(active));
  curl_multi_add_handle(multi_.get(), easy);
}

void FetchLoop::wait() {
  milliseconds time = max_poll_interval;
  if (static_cast<int>(active_.size()) < context_.options.parallel) {
    const SteadyTime now = context_.steady_clock.now();
    for (const HostQueue* queue : hosts_with_work_) {
      if (queue->active >= queue->max_concurrent(context_.options)) continue;
      time = std::min(time, std::chrono::ceil<milliseconds>(queue->next_allowed - now));
    }
  }
  time = std::max(time, milliseconds{0});
  if (active_.empty()) {
    context_.steady_clock.sleep(time);
  } else {
    sockets_->wait(time);
  }
}

void FetchLoop::cancel_all() {
  const auto stop_error = [](const Job& job) {
    return Error{ErrorCode::busy, "was not fetched: the run was asked to stop", job.url.text(), ""};
  };
  for (auto& [easy, active] : active_) {
    curl_multi_remove_handle(multi_.get(), easy);
    if (active.job) fail(*active.job, stop_error(*active.job));
  }
  active_.clear();
  for (auto& [name, origin] : origins_) {
    for (const auto& job : origin.waiting) fail(*job, stop_error(*job));
    origin.waiting.clear();
  }
  for (auto& [name, queue] : hosts_) {
    for (const auto& job : queue.waiting) fail(*job, stop_error(*job));
    queue.waiting.clear();
  }
}

HttpFetcher::HttpFetcher(HttpOptions options, RobotsCache& robots, HostPauseStore& pauses, const Clock& clock,
                         SteadyClock& steady_clock)
    : options_(std::move(options)),
      robots_(robots),
      pauses_(pauses),
      clock_(clock),
      steady_clock_(steady_clock) {}

HttpFetcher::~HttpFetcher() = default;

void HttpFetcher::fetch(std::vector<FetchRequest> requests,
                        const std::function<void(FetchResponse)>& on_response,
                        const std::function<bool()>& keep_going) {
  const auto rules = AddressRules::parse(options_.allow_addresses);
  if (!rules.ok()) {
    for (const FetchRequest& request : requests) {
      FetchResponse response;
      response.tag = request.tag;
      response.error = rules.error();
      on_response(std::move(response));
    }
    return;
  }
  FetchLoop{{options_, *rules, robots_, pauses_, clock_, steady_clock_}, on_response, keep_going}.run(
      std::move(requests));
}

}  // namespace stubkeeper::crawler
