#include "base/http/curl_transfer.h"

#include <algorithm>
#include <cstring>
#include <mutex>

#include "base/text/ascii.h"
#include "base/version.h"

namespace stubkeeper {
namespace {

constexpr std::size_t max_header_bytes = 64 * 1024;
constexpr std::size_t max_header_lines = 200;

std::string headers_too_large() {
  return "its headers are larger than " + std::to_string(max_header_bytes) + " bytes";
}

void initialize_curl() {
  static std::once_flag initialized;
  std::call_once(initialized, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace

std::string user_agent(const std::string& contact) {
  const std::string product = "stubkeeper/" + std::string{program_version()};
  return contact.empty() ? product : product + " (+" + contact + ")";
}

CurlMulti make_curl_multi() {
  initialize_curl();
  return CurlMulti{curl_multi_init()};
}

void CurlTransfer::HeaderListDeleter::operator()(curl_slist* list) const {
  for (curl_slist* line = list; line != nullptr; line = line->next) {
    volatile char* at = line->data;
    for (std::size_t left = std::strlen(line->data); left > 0; --left) *at++ = ' ';
  }
  curl_slist_free_all(list);
}

CurlTransfer::CurlTransfer(const std::string& user_agent, std::chrono::milliseconds connect_timeout) {
  initialize_curl();
  easy_.reset(curl_easy_init());
  CURL* easy = easy_.get();
#if LIBCURL_VERSION_NUM >= 0x075500
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, user_agent.c_str());
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect_timeout.count()));
  curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &CurlTransfer::on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &CurlTransfer::on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
}

void CurlTransfer::prepare(const std::string& url, std::chrono::milliseconds timeout,
                           std::uint64_t max_bytes) {
  max_bytes_ = max_bytes;
  header_bytes_ = 0;
  header_lines_ = 0;
  is_body_too_large_ = false;
  header_error_.clear();
  headers_.clear();
  body_.clear();
  curl_easy_setopt(easy(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy(), CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
  curl_easy_setopt(easy(), CURLOPT_HTTPHEADER, nullptr);
  request_headers_.reset();
}

void CurlTransfer::add_header(std::string line) {
  if (curl_slist* longer = curl_slist_append(request_headers_.get(), line.c_str())) {
    static_cast<void>(request_headers_.release());
    request_headers_.reset(longer);
  }
  std::fill(line.begin(), line.end(), ' ');
  curl_easy_setopt(easy(), CURLOPT_HTTPHEADER, request_headers_.get());
}

std::string CurlTransfer::limit_error(CURLcode code) const {
  if (is_body_too_large_) return "the answer is larger than " + std::to_string(max_bytes_) + " bytes";
  if (!header_error_.empty()) return header_error_;
  // libcurl's own limit for one line is above ours, and has another name.
  bool is_refused_by_curl = code == CURLE_OUT_OF_MEMORY;
#if LIBCURL_VERSION_NUM >= 0x080600
  is_refused_by_curl = is_refused_by_curl || code == CURLE_TOO_LARGE;
#endif
  return is_refused_by_curl && status() != 0 && body_.empty() ? headers_too_large() : "";
}

int CurlTransfer::status() const {
  long status = 0;
  curl_easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

std::size_t CurlTransfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<CurlTransfer*>(self);
  const std::size_t bytes = size * count;
  if (transfer.body_.size() + bytes > transfer.max_bytes_) {
    transfer.is_body_too_large_ = true;
    return 0;
  }
  transfer.body_.append(data, bytes);
  return bytes;
}

std::size_t CurlTransfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  return static_cast<CurlTransfer*>(self)->process_header_line({data, size * count}) ? size * count : 0;
}

bool CurlTransfer::process_header_line(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > max_header_bytes) header_error_ = headers_too_large();
  if (++header_lines_ > max_header_lines)
    header_error_ = "its headers are more than " + std::to_string(max_header_lines) + " lines";
  if (!header_error_.empty()) return false;
  if (line.starts_with("HTTP/")) {
    headers_.clear();
    return true;
  }
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos)
    headers_.emplace_back(ascii_lower(line.substr(0, colon)),
                          std::string{trim_ascii(line.substr(colon + 1))});
  return true;
}

}  // namespace stubkeeper
