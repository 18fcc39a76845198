#include "cli/serve/access.h"

#include <utility>

#include "base/secrets.h"
#include "base/text/strings.h"

namespace stubkeeper::cli {
namespace {

constexpr std::size_t max_sessions = 32;
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t max_undo_steps = 1000;

// The value of a cookie in a Cookie header (RFC 6265 §5.4), or "".
std::string find_cookie(std::string_view header, std::string_view name) {
  for (std::string_view pair : split(header, ';')) {
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
      return std::string{pair.substr(name.size() + 1)};
  }
  return "";
}

}  // namespace

void BrowserSession::push_decision(BrowserDecision decision) {
  decided.push_back(std::move(decision));
  if (decided.size() > max_undo_steps) decided.erase(decided.begin());
}

Access::Access(int port, std::string token) : port_(port), token_(std::move(token)) {}

Result<Access> Access::create(int port) {
  STUBKEEPER_ASSIGN(auto token, random_secret(secret_bytes));
  return Access{port, std::move(token)};
}

// Cookies are shared by all ports of a host: each server has its own.
std::string Access::cookie_name() const {
  return "stubkeeper-" + std::to_string(port_);
}

bool Access::has_own_host(const Request& request) const {
  const std::string host = request.header("host");
  const std::string port = ":" + std::to_string(port_);
  return host == "127.0.0.1" + port || host == "localhost" + port;
}

bool Access::is_same_origin(const Request& request) const {
  if (!has_own_host(request)) return false;
  // Fetch Metadata: what a browser says of the page that asks, and no script can change.
  // "same-site" is another port of this machine.
  const std::string site = request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none") return false;
  const std::string origin = request.header("origin");
  if (origin.empty()) return true;
  // With "Referrer-Policy: no-referrer" a browser sends "null" for our own forms too (Fetch
  // standard, "append a request Origin header"); `site` above tells them from others'.
  if (origin == "null") return site == "same-origin";
  return origin == "http://" + request.header("host");
}

BrowserSession* Access::find_session(const Request& request) {
  const std::string id = find_cookie(request.header("cookie"), cookie_name());
  BrowserSession* found = nullptr;
  for (BrowserSession& session : sessions_) {
    if (constant_time_equal(id, session.id)) found = &session;
  }
  return found;
}

bool Access::has_csrf_token(const Request& request, const BrowserSession& session) {
  return constant_time_equal(request.field("csrf"), session.csrf);
}

Result<std::string> Access::authenticate(std::string_view token) {
  if (!constant_time_equal(token, token_))
    return Error{ErrorCode::refused, "this is not the token", "",
                 "it stands in the terminal where `stubkeeper serve` was started"};
  BrowserSession session;
  STUBKEEPER_ASSIGN(session.id, random_secret(secret_bytes));
  STUBKEEPER_ASSIGN(session.csrf, random_secret(secret_bytes));
  if (sessions_.size() == max_sessions) sessions_.pop_front();
  sessions_.push_back(session);
  return cookie_name() + "=" + session.id + "; Path=/; HttpOnly; SameSite=Strict";
}

}  // namespace stubkeeper::cli
