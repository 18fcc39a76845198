#pragma once

#include <span>
#include <string>

#include "cli/serve/access.h"
#include "cli/serve/http_message.h"
#include "cli/session.h"
#include "schema/embedded_files.h"

namespace stubkeeper::cli {

// The files of cli/serve/assets as they were at build time, sorted by name: "style.css".
std::span<const schema::EmbeddedFile> serve_assets();

// The pages by address, for browsers that have the token. Without it there is the page that asks
// for it, with its style, script and icon; everything else is 403 without a body. The knowledge
// base is opened for every request. Borrows the session. Threads: one at a time.
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
