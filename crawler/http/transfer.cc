#include "crawler/http/transfer.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>

#include "base/text/ascii.h"
#include "crawler/http/proxy.h"

namespace stubkeeper::crawler {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t max_header_bytes = 64 * 1024;
constexpr std::size_t max_headers = 200;
constexpr long dns_cache_seconds = 600;

struct KeptField {
  std::string_view name;
  bool is_list;
};
constexpr std::array<KeptField, Transfer::kept_field_count> kept_header_fields{{{"content-type", false},
                                                             {"etag", false},
                                                             {"last-modified", false},
                                                             {"location", false},
                                                             {"retry-after", false},
                                                             {"cache-control", true},
                                                             {"expires", false},
                                                             {"date", false},
                                                             {"age", false}}};

void initialize_curl() {
  // A function-local static is initialized once, whatever threads come first.
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(code);
}

}  // namespace

Transfer::Transfer(const HttpOptions& options, const AddressRules& rules) : options_(options), rules_(rules) {
  initialize_curl();
  easy_.reset(curl_easy_init());
  CURL* easy = easy_.get();
#if LIBCURL_VERSION_NUM >= 0x075500
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, user_agent(options_.contact).c_str());
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(options_.min_bytes_per_second));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(options_.low_speed_time.count()));
  curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, dns_cache_seconds);
  curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  if (!options_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
}

void Transfer::prepare(const Url& url, const std::vector<std::string>& extra_headers, std::uint64_t max_bytes,
                   milliseconds timeout) {
  url_ = url;
  max_bytes_ = max_bytes;
  timeout_ = std::max(timeout, milliseconds{1});
  refused_address_.clear();
  limit_error_.clear();
  header_bytes_ = 0;
  header_count_ = 0;
  for (std::string& field : fields_) field.clear();
  body_.clear();

  CURL* easy = easy_.get();
  const std::string address = url_.text();
  const std::string proxy = proxy_for(url_);
  through_proxy_ = !proxy.empty();
  curl_easy_setopt(easy, CURLOPT_URL, address.c_str());
  curl_easy_setopt(easy, CURLOPT_PROXY, proxy.c_str());
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_.count()));
  headers_.reset();
  for (const std::string& line : extra_headers) {
    curl_slist* extended_list = curl_slist_append(headers_.get(), line.c_str());
    if (extended_list == nullptr) continue;
    static_cast<void>(headers_.release());
    headers_.reset(extended_list);
  }
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers_.get());
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t bytes = size * count;
  if (transfer.body_.size() + bytes > transfer.max_bytes_) {
    transfer.limit_error_ = "the answer is larger than " + std::to_string(transfer.max_bytes_) + " bytes";
    return 0;
  }
  transfer.body_.append(data, bytes);
  return bytes;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  return transfer.process_header({data, size * count}) ? size * count : 0;
}

bool Transfer::process_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > max_header_bytes || ++header_count_ > max_headers) {
    limit_error_ = "the answer has too many headers";
    return false;
  }
  if (line.starts_with("HTTP/")) {
    // An interim answer (1xx) or a proxy's comes before the final one; only the last one's headers count.
    for (std::string& field : fields_) field.clear();
    return true;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return true;
  for (std::size_t i = 0; i < kept_header_fields.size(); ++i) {
    if (!equals_ignoring_case(line.substr(0, colon), kept_header_fields[i].name)) continue;
    const std::string_view value = trim_ascii(line.substr(colon + 1));
    if (fields_[i].empty()) {
      fields_[i] = value;
    } else if (kept_header_fields[i].is_list) {
      fields_[i].append(", ").append(value);
    }
  }
  return true;
}

curl_socket_t Transfer::on_open_socket(void* self, curlsocktype purpose, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (purpose != CURLSOCKTYPE_IPCXN) return CURL_SOCKET_BAD;
  // A proxy is where the user wants to go; what it connects to is out of sight from here.
  if (!transfer.through_proxy_ && !transfer.rules_.allows(address->addr)) {
    transfer.refused_address_ = AddressRules::text(address->addr);
    return CURL_SOCKET_BAD;
  }
#ifdef SOCK_CLOEXEC
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
#else
  return ::socket(address->family, address->socktype, address->protocol);
#endif
}

Status Transfer::outcome(CURLcode code) const {
  const std::string where = url_.text();
  if (!limit_error_.empty())
    return Error{ErrorCode::limit, limit_error_, where,
                 "[fetch] max_bytes sets the largest answer that is taken"};
  if (!refused_address_.empty() && code != CURLE_OK) {
    return Error{ErrorCode::refused, "leads to " + refused_address_ + ", which is not a public address",
                 where, "name it in [fetch] allow_addresses if you mean it"};
  }
  switch (code) {
    case CURLE_OK:
      return {};
    case CURLE_COULDNT_RESOLVE_HOST:
      return Error{ErrorCode::network, "the host \"" + url_.host + "\" is not known", where,
                   "is the address right, and is there a network?"};
    case CURLE_COULDNT_CONNECT:
      return Error{ErrorCode::network, "the host cannot be connected to", where, ""};
    case CURLE_COULDNT_RESOLVE_PROXY:
      return Error{ErrorCode::network, "the proxy that the environment names is not known", where,
                   "see http_proxy, https_proxy and all_proxy"};
    case CURLE_OPERATION_TIMEDOUT:
      return timeout_error();
    case CURLE_BAD_CONTENT_ENCODING:
      return Error{ErrorCode::network, "the answer's compression is broken", where, ""};
    case CURLE_GOT_NOTHING:
      return Error{ErrorCode::network, "the server closed the connection without an answer", where, ""};
    case CURLE_PARTIAL_FILE:
      return Error{ErrorCode::network, "the answer ended before its end", where, ""};
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return Error{ErrorCode::network, "the server does not answer in HTTP", where, ""};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
      return Error{ErrorCode::network, std::string{"no trusted connection: "} + curl_easy_strerror(code),
                   where, ""};
    default:
      return Error{ErrorCode::network, std::string{"could not be fetched: "} + curl_easy_strerror(code),
                   where, ""};
  }
}

Error Transfer::timeout_error() const {
  curl_off_t connected_after = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_CONNECT_TIME_T, &connected_after);
  const std::string where = url_.text();
  if (elapsed() >= timeout_) {
    return Error{ErrorCode::timeout,
                 "no whole answer within " + std::to_string(options_.total_timeout.count()) + " ms", where,
                 "[fetch] timeout_ms sets how long is waited"};
  }
  if (connected_after == 0) {
    return Error{ErrorCode::timeout,
                 "no connection within " + std::to_string(options_.connect_timeout.count()) + " ms", where,
                 "[fetch] connect_timeout_ms sets how long is waited"};
  }
  return Error{ErrorCode::timeout,
               "sent fewer than " + std::to_string(options_.min_bytes_per_second) + " bytes a second for " +
                   std::to_string(options_.low_speed_time.count()) + " s",
               where, ""};
}

bool Transfer::is_unreachable(CURLcode code) const {
  if (through_proxy_ || !refused_address_.empty() || status() != 0) return false;
  return code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_CONNECT || code == CURLE_GOT_NOTHING ||
         code == CURLE_OPERATION_TIMEDOUT || code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR;
}

int Transfer::status() const {
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

milliseconds Transfer::elapsed() const {
  curl_off_t microseconds = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_TOTAL_TIME_T, &microseconds);
  return std::chrono::ceil<milliseconds>(std::chrono::microseconds{microseconds});
}

const std::string& Transfer::header(std::string_view name) const {
  const auto field =
      std::find_if(kept_header_fields.begin(), kept_header_fields.end(), [&](const KeptField& each) { return each.name == name; });
  assert(field != kept_header_fields.end());
  return fields_[static_cast<std::size_t>(field - kept_header_fields.begin())];
}

}  // namespace stubkeeper::crawler
