#pragma once

#include <string>

#include "cli/serve/access.h"
#include "cli/serve/http_message.h"
#include "cli/session.h"

namespace stubkeeper::cli {

// What is at which address, and who gets it. Without the token there is the page that asks for it, with its
// style, its script and its icon, which are the same for everybody; all else is 403 without a word. The
// knowledge base is opened anew for every request. Borrows the session. Threads: one at a time.
class ReviewSite {
 public:
  ReviewSite(const Session& session, Access access) : session_(session), access_(std::move(access)) {}

  Response answer(const Request& request);
  const std::string& token() const { return access_.token(); }

 private:
  Response handle_token_form(const Request& request);
  const Session& session_;
  Access access_;
};

}  // namespace stubkeeper::cli
