#pragma once

#include <string>

#include "base/clock.h"
#include "cli/serve/access.h"
#include "cli/serve/http_message.h"
#include "cli/serve/markup.h"
#include "cli/session.h"

namespace stubkeeper::cli {

// One request of a browser that has shown the token. The knowledge base is opened for each, so that
// other programs can write between two. All is borrowed.
struct Visit {
  const Session& session;
  const OpenKnowledgeBase& kb;
  const Request& request;
  BrowserSession& browser;

  kb::Store& store() const { return *kb.store; }
  Timestamp now() const { return session.now(); }
};

struct PageHeader {
  std::string title;  // of the window, without the program's name
  std::string tab;    // that it belongs to: "review", "queue", "entries", "overview", ""
};

// A whole page around its main part.
Result<Response> render_page(const Visit& visit, const PageHeader& head, const Markup& main);

// A page for an error, with its HTTP status.
Response error_page(const Error& error);

// The page that asks for the token, with `problem` above the field.
Response token_page(const std::string& problem);

// A problem for the person to read; nothing for "".
Markup problem_markup(const std::string& problem);

// The hidden field with the session's form token.
Markup csrf_field(const Visit& visit);

// Hidden fields, to keep a filter.
Markup hidden_fields(const Fields& fields);

// A link to an outside address, beside this page and without a referrer; plain text for an address
// that is neither http nor https.
Markup external_link(std::string_view address, std::string_view text);

// <time>: a date, or with hour and minute in UTC.
Markup date_markup(Timestamp time);
Markup timestamp_markup(Timestamp time);

// A key that does nothing here, and the reason that it shows when pressed.
Markup disabled_key(const std::string& key, const std::string& text, const std::string& why);

// "1 change", "12 changes".
std::string format_count(std::int64_t count, const std::string& one, const std::string& more);

}  // namespace stubkeeper::cli
