#include "llm/http/curl_exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/text/ascii.h"
#include "base/version.h"

namespace stubkeeper::llm {
namespace {

constexpr std::size_t max_header_bytes = 64 * 1024;
constexpr long keep_alive_seconds = 60;

}  // namespace

void CurlExchange::HeaderListDeleter::operator()(curl_slist* list) const {
  for (curl_slist* line = list; line != nullptr; line = line->next) {
    volatile char* at = line->data;
    for (std::size_t left = std::strlen(line->data); left > 0; --left) *at++ = ' ';
  }
  curl_slist_free_all(list);
}

CurlExchange::CurlExchange(const CurlLimits& limits, std::int64_t id, const HttpRequest& request,
                           const std::optional<Secret>& key)
    : limits_(limits), body_(request.body), easy_(curl_easy_init()) {
  reply_.id = id;
  CURL* easy = easy_.get();
  curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
#if LIBCURL_VERSION_NUM >= 0x075500
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(easy, CURLOPT_USERAGENT, ("stubkeeper/" + std::string{program_version()}).c_str());
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.total.count()));
  curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, keep_alive_seconds);
  curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, keep_alive_seconds);
  if (request.is_get) {
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
  } else {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body_.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body_.c_str());
  }
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &CurlExchange::on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &CurlExchange::on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  for (const auto& [name, value] : request.headers) add_header(name + ": " + value);
  if (key) add_header(request.key_header.name + ": " + request.key_header.value_prefix + key->expose());
  // Servers that do not know "100-continue" would be waited for.
  add_header("Expect:");
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers_.get());
}

void CurlExchange::add_header(std::string line) {
  if (curl_slist* longer = curl_slist_append(headers_.get(), line.c_str())) {
    static_cast<void>(headers_.release());
    headers_.reset(longer);
  }
  std::fill(line.begin(), line.end(), ' ');
}

std::size_t CurlExchange::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto& exchange = *static_cast<CurlExchange*>(self);
  const std::size_t bytes = size * count;
  if (exchange.reply_.body.size() + bytes > exchange.limits_.max_bytes) {
    exchange.too_large_ = true;
    return 0;
  }
  exchange.reply_.body.append(data, bytes);
  return bytes;
}

std::size_t CurlExchange::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  auto& exchange = *static_cast<CurlExchange*>(self);
  return exchange.process_header_line({data, size * count}) ? size * count : 0;
}

bool CurlExchange::process_header_line(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > max_header_bytes) {
    too_large_ = true;
    return false;
  }
  // An interim answer (1xx) or a proxy's comes before the final one; only the last one's headers count.
  if (line.starts_with("HTTP/")) {
    reply_.headers.clear();
    return true;
  }
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos)
    reply_.headers.emplace_back(ascii_lower(line.substr(0, colon)),
                                std::string{trim_ascii(line.substr(colon + 1))});
  return true;
}

bool CurlExchange::was_sent() const {
  // Set when the connection, with TLS, is ready and the request's first byte goes out.
  curl_off_t microseconds = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_PRETRANSFER_TIME_T, &microseconds);
  return microseconds > 0;
}

TransportError CurlExchange::to_transport_error(CURLcode code) const {
  if (too_large_) return TransportError::too_large;
  if (code == CURLE_OK) return TransportError::none;
  if (code == CURLE_PEER_FAILED_VERIFICATION) return TransportError::certificate_rejected;
  if (!was_sent()) return TransportError::connect_failed;
  return code == CURLE_OPERATION_TIMEDOUT ? TransportError::timed_out : TransportError::connection_lost;
}

HttpResponse CurlExchange::finish(CURLcode code) {
  reply_.was_sent = was_sent();
  reply_.transport_error = to_transport_error(code);
  reply_.transport_error_text = too_large_ ? fmt::format("the answer is larger than {} bytes", limits_.max_bytes)
                                 : std::string{curl_easy_strerror(code)};
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  reply_.status = static_cast<int>(status);
  return std::move(reply_);
}

}  // namespace stubkeeper::llm
