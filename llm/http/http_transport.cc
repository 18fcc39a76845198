#include "llm/http/http_transport.h"

#include <map>

#include "base/http/curl_transfer.h"

namespace stubkeeper::llm {
namespace {

constexpr long keep_alive_seconds = 60;

// One request on an easy handle of its own, and its response.
class Exchange {
 public:
  Exchange(const CurlLimits& limits, std::int64_t id, const HttpRequest& request,
           const std::optional<Secret>& key)
      : id_(id), body_(request.body), transfer_(user_agent(), limits.connect) {
    transfer_.prepare(request.url, limits.total, limits.max_bytes);
    CURL* easy = transfer_.easy();
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, keep_alive_seconds);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, keep_alive_seconds);
    if (request.is_get) {
      curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    } else {
      curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body_.size()));
      curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body_.c_str());
    }
    for (const auto& [name, value] : request.headers) transfer_.add_header(name + ": " + value);
    if (key)
      transfer_.add_header(request.key_header.name + ": " + request.key_header.value_prefix + key->expose());
    // Servers that do not know "100-continue" would be waited for.
    transfer_.add_header("Expect:");
  }

  CURL* easy() { return transfer_.easy(); }
  std::int64_t id() const { return id_; }

  // Whether the connection, with TLS, was ready and the request's first byte went out.
  bool was_sent() const {
    curl_off_t microseconds = 0;
    curl_easy_getinfo(transfer_.easy(), CURLINFO_PRETRANSFER_TIME_T, &microseconds);
    return microseconds > 0;
  }

  // After it ended with `code`.
  HttpResponse response(CURLcode code) {
    HttpResponse response;
    response.id = id_;
    response.transport_error = to_transport_error(code);
    const std::string limit = transfer_.limit_error(code);
    response.transport_error_text = limit.empty() ? std::string{curl_easy_strerror(code)} : limit;
    response.was_sent = was_sent();
    response.status = transfer_.status();
    response.headers = transfer_.headers();
    response.body = std::move(transfer_.body());
    return response;
  }

 private:
  TransportError to_transport_error(CURLcode code) const {
    if (!transfer_.limit_error(code).empty()) return TransportError::too_large;
    if (code == CURLE_OK) return TransportError::none;
    if (code == CURLE_PEER_FAILED_VERIFICATION) return TransportError::certificate_rejected;
    if (!was_sent()) return TransportError::connect_failed;
    return code == CURLE_OPERATION_TIMEDOUT ? TransportError::timed_out : TransportError::connection_lost;
  }

  const std::int64_t id_;
  const std::string body_;
  CurlTransfer transfer_;
};

}  // namespace

struct CurlTransport::Exchanges {
  explicit Exchanges(CurlLimits given) : limits(given), multi(make_curl_multi()) {}
  ~Exchanges() {
    for (auto& [easy, exchange] : active) curl_multi_remove_handle(multi.get(), easy);
  }
  Exchanges(const Exchanges&) = delete;
  Exchanges& operator=(const Exchanges&) = delete;

  std::vector<HttpResponse> collect_finished() {
    std::vector<HttpResponse> responses;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURL* easy = message->easy_handle;
      const CURLcode code = message->data.result;
      curl_multi_remove_handle(multi.get(), easy);
      responses.push_back(active.at(easy)->response(code));
      active.erase(easy);
    }
    return responses;
  }

  CurlLimits limits;
  CurlMulti multi;
  std::map<CURL*, std::unique_ptr<Exchange>> active;
};

CurlTransport::CurlTransport(CurlLimits limits) : exchanges_(std::make_unique<Exchanges>(limits)) {}

CurlTransport::~CurlTransport() = default;

void CurlTransport::start(std::int64_t id, const HttpRequest& request, const std::optional<Secret>& key) {
  auto exchange = std::make_unique<Exchange>(exchanges_->limits, id, request, key);
  CURL* easy = exchange->easy();
  exchanges_->active.emplace(easy, std::move(exchange));
  curl_multi_add_handle(exchanges_->multi.get(), easy);
}

std::vector<HttpResponse> CurlTransport::wait(std::chrono::milliseconds max_wait) {
  int running = 0;
  curl_multi_perform(exchanges_->multi.get(), &running);
  std::vector<HttpResponse> responses = exchanges_->collect_finished();
  if (!responses.empty() || exchanges_->active.empty()) return responses;
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
