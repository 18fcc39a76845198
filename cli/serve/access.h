#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/serve/http_message.h"
#include "review/decisions.h"

namespace stubkeeper::cli {

// Decisions that a browser made at once.
struct BrowserDecision {
  kb::Id displayed_change = 0;  // on the page where it was decided
  review::UndoStep step;
};

// One browser that has shown the token.
struct BrowserSession {
  std::string id;                        // the cookie's value
  std::string csrf;                      // the token of its forms
  std::vector<BrowserDecision> decided;  // the last at the back
  Fields filter;                         // the last one of its reviews

  // Records a decision for undo; the oldest are forgotten.
  void push_decision(BrowserDecision decision);
};

// Who may do what. The token is printed at the start; a browser sends it once, by a form, and gets
// a session cookie. Every request must name this server as its host (against DNS rebinding), and
// come from no other site; every POST must have its session's form token. Secrets are compared in
// constant time. At most 32 sessions: then the oldest has to send the token again. Threads: one at
// a time.
class Access {
 public:
  // With a token of 256 random bits. `port`: of the server.
  static Result<Access> create(int port);

  const std::string& token() const { return token_; }

  // Whether a request names this server as its host and comes from a page of it, or from no page at
  // all (typed, or opened by a program).
  bool is_same_origin(const Request& request) const;
  // Whether it names this server as its host: enough for the page that asks for the token, which
  // another program's page may open.
  bool has_own_host(const Request& request) const;

  // The session of a request by its cookie, or nullptr.
  BrowserSession* find_session(const Request& request);
  // Whether a POST has the form token of its session.
  static bool has_csrf_token(const Request& request, const BrowserSession& session);

  // A session for a browser that sent the token; gives the value of Set-Cookie. refused for another
  // token.
  Result<std::string> authenticate(std::string_view token);

 private:
  Access(int port, std::string token);
  std::string cookie_name() const;

  int port_;
  std::string token_;
  std::deque<BrowserSession> sessions_;
};

}  // namespace stubkeeper::cli
