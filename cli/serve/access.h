#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/serve/http_message.h"

namespace stubkeeper::cli {

// Changes that were decided together, refusals ("never again") that were made, or a conflict that was
// settled: to be taken back together.
struct UndoStep {
  std::int64_t displayed_change = 0;  // the change at which it was done
  std::vector<std::int64_t> changes;
  std::vector<std::int64_t> refusals;
  std::int64_t conflict = 0;  // that was settled; 0 for none
};

// One browser that has shown the token.
struct BrowserSession {
  std::string id;                        // the cookie's value
  std::string csrf;                      // stands in each form that this browser was given
  std::vector<UndoStep> decided;  // by it, the last at the back
  Fields filter;                         // that it reviewed with last

  // Notes what was decided, for undo; what was long ago is forgotten.
  void push_undo_step(UndoStep what);
};

// Who may ask for what. The token is printed where the program was started; a browser gives it once, by a
// form, and gets a session cookie for it. Every request must name this server as its host (against DNS
// rebinding), and come from no other site; every POST must carry its session's form token. Compares secrets
// in constant time. At most 32 sessions: beyond, the oldest has to give the token again. Threads: one at a
// time.
class Access {
 public:
  // With a token of 256 random bits. `port` is the one that is listened on.
  static Result<Access> create(int port);

  const std::string& token() const { return token_; }

  // Whether a request names this server as its host and comes from a page of it, or from no page at all
  // (typed, or opened by a program). Without that it gets 403, whatever it asks for.
  bool is_same_origin(const Request& request) const;
  // Whether it names this server as its host: all that the page for the token asks, as what opens that page
  // may be another program's page.
  bool has_own_host(const Request& request) const;

  // The session of a request by its cookie, or nullptr.
  BrowserSession* find_session(const Request& request);
  // Whether a POST carries the form token of its session.
  static bool has_csrf_token(const Request& request, const BrowserSession& session);

  // A session for a browser that gave the token; the value of Set-Cookie. refused where it is not the token.
  Result<std::string> authenticate(std::string_view token);

 private:
  Access(int port, std::string token);
  std::string cookie_name() const;

  int port_;
  std::string token_;
  std::deque<BrowserSession> sessions_;
};

}  // namespace stubkeeper::cli
