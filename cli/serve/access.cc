#include "cli/serve/access.h"

#include <utility>

#include "base/secrets.h"

namespace stubkeeper::cli {
namespace {

constexpr std::size_t most_sessions = 32;
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t most_undone = 1000;

// The value of a cookie in a Cookie header (RFC 6265 §5.4), or "".
std::string cookie(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    std::string_view pair = header.substr(0, header.find(';'));
    header.remove_prefix(std::min(header.size(), pair.size() + 1));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
      return std::string{pair.substr(name.size() + 1)};
  }
  return "";
}

}  // namespace

void BrowserSession::remember(DecidedTogether what) {
  decided.push_back(std::move(what));
  if (decided.size() > most_undone) decided.erase(decided.begin());
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

bool Access::names_this_host(const Request& request) const {
  const std::string host = request.header("host");
  const std::string port = ":" + std::to_string(port_);
  return host == "127.0.0.1" + port || host == "localhost" + port;
}

bool Access::comes_from_here(const Request& request) const {
  if (!names_this_host(request)) return false;
  // Fetch Metadata: what a browser says of the page that asks, and no script can change. "same-site" is
  // another port of this machine.
  const std::string site = request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none") return false;
  const std::string origin = request.header("origin");
  if (origin.empty()) return true;
  // With "Referrer-Policy: no-referrer" a browser sends "null" for our own forms too (Fetch standard, "append
  // a request Origin header"); the browser's word above tells them from others'.
  if (origin == "null") return site == "same-origin";
  return origin == "http://" + request.header("host");
}

BrowserSession* Access::session_of(const Request& request) {
  const std::string id = cookie(request.header("cookie"), cookie_name());
  BrowserSession* found = nullptr;
  for (BrowserSession& session : sessions_) {
    if (equal_secrets(id, session.id)) found = &session;
  }
  return found;
}

bool Access::carries_form_token(const Request& request, const BrowserSession& session) {
  return equal_secrets(request.field("csrf"), session.csrf);
}

Result<std::string> Access::enter(std::string_view token) {
  if (!equal_secrets(token, token_))
    return Error{ErrorCode::refused, "this is not the token", "",
                 "it stands in the terminal where `stubkeeper serve` was started"};
  BrowserSession session;
  STUBKEEPER_ASSIGN(session.id, random_secret(secret_bytes));
  STUBKEEPER_ASSIGN(session.csrf, random_secret(secret_bytes));
  if (sessions_.size() == most_sessions) sessions_.pop_front();
  sessions_.push_back(session);
  return cookie_name() + "=" + session.id + "; Path=/; HttpOnly; SameSite=Strict";
}

}  // namespace stubkeeper::cli
