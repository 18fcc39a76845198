#include "llm/http/curl_transport.h"

#include <curl/curl.h>

#include <map>

#include "llm/http/curl_exchange.h"

namespace stubkeeper::llm {

struct CurlTransport::Exchanges {
  struct MultiHandleDeleter {
    void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
  };

  explicit Exchanges(CurlLimits given) : limits(given) {
    // A function-local static is initialized once, whatever threads come first.
    static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(code);
    multi.reset(curl_multi_init());
  }
  ~Exchanges() {
    for (auto& [easy, exchange] : active) curl_multi_remove_handle(multi.get(), easy);
  }
  Exchanges(const Exchanges&) = delete;
  Exchanges& operator=(const Exchanges&) = delete;

  std::vector<HttpResponse> collect_finished() {
    std::vector<HttpResponse> replies;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURL* easy = message->easy_handle;
      const CURLcode code = message->data.result;
      curl_multi_remove_handle(multi.get(), easy);
      replies.push_back(active.at(easy)->finish(code));
      active.erase(easy);
    }
    return replies;
  }

  CurlLimits limits;
  std::unique_ptr<CURLM, MultiHandleDeleter> multi;
  std::map<CURL*, std::unique_ptr<CurlExchange>> active;
};

CurlTransport::CurlTransport(CurlLimits limits) : exchanges_(std::make_unique<Exchanges>(limits)) {}

CurlTransport::~CurlTransport() = default;

void CurlTransport::start(std::int64_t id, const HttpRequest& request, const std::optional<Secret>& key) {
  auto exchange = std::make_unique<CurlExchange>(exchanges_->limits, id, request, key);
  CURL* easy = exchange->easy();
  exchanges_->active.emplace(easy, std::move(exchange));
  curl_multi_add_handle(exchanges_->multi.get(), easy);
}

std::vector<HttpResponse> CurlTransport::wait(std::chrono::milliseconds max_wait) {
  int running = 0;
  curl_multi_perform(exchanges_->multi.get(), &running);
  std::vector<HttpResponse> replies = exchanges_->collect_finished();
  if (!replies.empty() || exchanges_->active.empty()) return replies;
  curl_multi_poll(exchanges_->multi.get(), nullptr, 0, static_cast<int>(max_wait.count()), nullptr);
  curl_multi_perform(exchanges_->multi.get(), &running);
  return exchanges_->collect_finished();
}

bool CurlTransport::cancel(std::int64_t id) {
  for (auto& [easy, exchange] : exchanges_->active) {
    if (exchange->id() != id) continue;
    const bool was_sent = exchange->was_sent();
    curl_multi_remove_handle(exchanges_->multi.get(), easy);
    exchanges_->active.erase(easy);
    return was_sent;
  }
  return false;
}

}  // namespace stubkeeper::llm
