#include "crawler/http/transfer.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace stubkeeper::crawler {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

short to_poll_events(int wanted) {
  switch (wanted) {
    case CURL_POLL_IN:
      return POLLIN;
    case CURL_POLL_OUT:
      return POLLOUT;
    case CURL_POLL_INOUT:
      return POLLIN | POLLOUT;
    default:
      return 0;
  }
}

int to_curl_actions(short events) {
  int actions = 0;
  if ((events & (POLLIN | POLLHUP)) != 0) actions |= CURL_CSELECT_IN;
  if ((events & POLLOUT) != 0) actions |= CURL_CSELECT_OUT;
  if ((events & (POLLERR | POLLNVAL)) != 0) actions |= CURL_CSELECT_ERR;
  return actions;
}

std::string environment_variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string first_set_variable(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (std::string value = environment_variable(name); !value.empty()) return value;
  }
  return "";
}

// Whether no_proxy names the host: itself, or a domain that it is under.
bool bypasses_proxy(std::string_view host, std::string_view no_proxy) {
  while (!no_proxy.empty()) {
    const std::size_t end = no_proxy.find_first_of(", ");
    std::string_view name = no_proxy.substr(0, end);
    no_proxy = end == std::string_view::npos ? std::string_view{} : no_proxy.substr(end + 1);
    if (name == "*") return true;
    if (name.starts_with('.')) name.remove_prefix(1);
    if (name.empty()) continue;
    if (host == name || (host.ends_with(name) && host[host.size() - name.size() - 1] == '.')) return true;
  }
  return false;
}

// The proxy of the environment for an address (http_proxy, https_proxy, all_proxy and no_proxy, as
// curl reads them), or "".
std::string proxy_for(const Url& url) {
  if (bypasses_proxy(url.host, first_set_variable({"no_proxy", "NO_PROXY"}))) return "";
  // HTTP_PROXY in capitals is not read: a CGI program's client can set it (httpoxy, CVE-2016-5385).
  const std::string scheme_proxy = url.scheme == "https" ? first_set_variable({"https_proxy", "HTTPS_PROXY"})
                                                         : first_set_variable({"http_proxy"});
  return scheme_proxy.empty() ? first_set_variable({"all_proxy", "ALL_PROXY"}) : scheme_proxy;
}

constexpr long dns_cache_seconds = 600;

}  // namespace

Transfer::Transfer(const HttpOptions& options, const AddressRules& rules)
    : options_(options), rules_(rules), transfer_(user_agent(options.contact), options.connect_timeout) {
  CURL* easy = transfer_.easy();
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(options_.min_bytes_per_second));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(options_.low_speed_time.count()));
  curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, dns_cache_seconds);
  if (!options_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
}

void Transfer::prepare(const Url& url, const std::vector<std::string>& extra_headers, std::uint64_t max_bytes,
                       milliseconds timeout) {
  url_ = url;
  timeout_ = std::max(timeout, milliseconds{1});
  refused_address_.clear();
  const std::string proxy = proxy_for(url_);
  through_proxy_ = !proxy.empty();
  transfer_.prepare(url_.text(), timeout_, max_bytes);
  curl_easy_setopt(easy(), CURLOPT_PROXY, proxy.c_str());
  for (const std::string& line : extra_headers) transfer_.add_header(line);
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
  if (std::string limit = transfer_.limit_error(code); !limit.empty())
    return Error{
        ErrorCode::limit, std::move(limit), where,
        transfer_.is_body_too_large() ? "[fetch] max_bytes sets the largest answer that is taken" : ""};
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
  curl_easy_getinfo(transfer_.easy(), CURLINFO_CONNECT_TIME_T, &connected_after);
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

milliseconds Transfer::elapsed() const {
  curl_off_t microseconds = 0;
  curl_easy_getinfo(transfer_.easy(), CURLINFO_TOTAL_TIME_T, &microseconds);
  return std::chrono::ceil<milliseconds>(std::chrono::microseconds{microseconds});
}

SocketLoop::SocketLoop(CURLM* multi) : multi_(multi) {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &SocketLoop::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &SocketLoop::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
}

SocketLoop::~SocketLoop() {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, nullptr);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, nullptr);
}

void SocketLoop::advance() {
  if (!timer_ || *timer_ > steady_clock::now()) return;
  timer_.reset();
  int running = 0;
  curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
}

void SocketLoop::wait(milliseconds timeout) {
  milliseconds time = timeout;
  if (timer_) time = std::min(time, std::chrono::ceil<milliseconds>(*timer_ - steady_clock::now()));
  time = std::max(time, milliseconds{0});
  ready_ = sockets_;
  if (::poll(ready_.data(), static_cast<nfds_t>(ready_.size()), static_cast<int>(time.count())) > 0) {
    int running = 0;
    for (const pollfd& socket : ready_) {
      if (socket.revents != 0)
        curl_multi_socket_action(multi_, socket.fd, to_curl_actions(socket.revents), &running);
    }
  }
  advance();
}

int SocketLoop::on_socket(CURL*, curl_socket_t socket, int wanted, void* self, void*) {
  std::vector<pollfd>& sockets = static_cast<SocketLoop*>(self)->sockets_;
  const auto known =
      std::find_if(sockets.begin(), sockets.end(), [&](const pollfd& each) { return each.fd == socket; });
  if (wanted == CURL_POLL_REMOVE) {
    if (known != sockets.end()) sockets.erase(known);
  } else if (known != sockets.end()) {
    known->events = to_poll_events(wanted);
  } else {
    sockets.push_back({socket, to_poll_events(wanted), 0});
  }
  return 0;
}

int SocketLoop::on_timer(CURLM*, long time, void* self) {
  auto& timer = static_cast<SocketLoop*>(self)->timer_;
  if (time < 0) {
    timer.reset();
  } else {
    timer = steady_clock::now() + milliseconds{time};
  }
  return 0;
}

}  // namespace stubkeeper::crawler
