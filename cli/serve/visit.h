#pragma once

#include <string>

#include "cli/serve/access.h"
#include "cli/serve/http_message.h"
#include "cli/session.h"

namespace stubkeeper::cli {

// One request of a browser that has shown the token, with the knowledge base as it is opened for it: so other
// programs may write between two requests, and each sees what the others did. All is borrowed.
struct Visit {
  const Session& session;
  const OpenKnowledgeBase& kb;
  const Request& request;
  BrowserSession& browser;

  kb::Store& store() const { return *kb.store; }
  Timestamp now() const { return session.environment.clock.now(); }
};

}  // namespace stubkeeper::cli
