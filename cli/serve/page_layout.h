#pragma once

#include <string>

#include "base/clock.h"
#include "cli/serve/markup.h"
#include "cli/serve/visit.h"

namespace stubkeeper::cli {

struct PageHeader {
  std::string title;  // of the window, without the program's name
  std::string
      tab;  // which of the page's own links it belongs to: "review", "queue", "entries", "overview", ""
};

// A whole page around its main part.
Result<Response> render_page(const Visit& visit, const PageHeader& head, const Markup& main);

// A page for an error, with the status that fits it.
Response error_page(const Error& error);

// The page that asks for the token; `problem` is said above the field.
Response token_page(const std::string& problem);

// The hidden field of a form that carries its session's token.
Markup csrf_field(const Visit& visit);

// Hidden fields that take a filter along.
Markup hidden_fields(const Fields& fields);

// An address from outside as a link that opens beside this page and tells nothing to it (rel=noopener
// noreferrer), its words being `text`; the words alone where it is no plain http or https address.
Markup external_link(std::string_view address, std::string_view text);

// A moment as a date for people and, in the attribute, for machines; how long ago it was.
Markup date_markup(Timestamp time);
// The same with hour and minute, in UTC.
Markup timestamp_markup(Timestamp time);
std::string format_relative_time(Timestamp time, Timestamp now);

// A key that does nothing here, and what it says when it is pressed.
Markup disabled_key(const std::string& key, const std::string& text, const std::string& why);

// "1 change", "12 changes".
std::string format_count(std::int64_t count, const std::string& one, const std::string& more);

}  // namespace stubkeeper::cli
