#include "cli/serve/page_layout.h"

#include <fmt/format.h>

#include "cli/serve/addresses.h"
#include "entries/markdown_escape.h"
#include "kb/review/review_queue.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

struct Tab {
  std::string name;
  std::string address;
  std::string key;  // a capital, as small letters are what a page does
  Markup text;
};

Markup tab_markup(const Tab& tab, const std::string& current) {
  const Markup here = html_if(tab.name == current, R"( aria-current="page")");
  return html(R"(<li><a href="{}"{} data-key="{}" aria-keyshortcuts="Shift+{}">{} <kbd>{}</kbd></a></li>)",
              tab.address, here, tab.key, tab.key, tab.text, tab.key);
}

Markup html_document(const std::string& title, const Markup& scripts, const Markup& body) {
  return html(R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{} · stubkeeper</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
{}</head>
<body>
{}</body>
</html>
)",
              title, scripts, body);
}

int http_status(const Error& error) {
  constexpr std::pair<ErrorCode, int> statuses[] = {{ErrorCode::not_found, 404},
                                                    {ErrorCode::invalid_argument, 400},
                                                    {ErrorCode::conflict, 409},
                                                    {ErrorCode::refused, 422},
                                                    {ErrorCode::busy, 503}};
  for (const auto& [code, status] : statuses) {
    if (error.code == code) return status;
  }
  return 500;
}

}  // namespace

Result<Response> render_page(const Visit& visit, const PageHeader& head, const Markup& main) {
  STUBKEEPER_ASSIGN(const auto waiting, kb::waiting_counts(visit.store()));
  const Markup changes = html_if(
      waiting.changes != 0, R"( <span class="count">{}<span class="for-readers"> changes wait</span></span>)",
      waiting.changes);
  const Markup files = html_if(waiting.conflicts != 0, R"( <span class="count">+ {}</span>)",
                               format_count(waiting.conflicts, "file", "files"));
  const std::string filter = to_query_string(visit.browser.filter);
  const Markup body = html(
      R"(<a class="skip" href="#main">To the content</a>
<header class="top">
<nav aria-label="Pages">
<p class="program">stubkeeper</p>
<ul>{}{}{}{}</ul>
</nav>
<form class="find" role="search" action="/find">
<label class="for-readers" for="find">Search what waits: words, or a change's number</label>
<input id="find" name="q" type="search" maxlength="200" placeholder="Search or number"
       data-key="/" aria-keyshortcuts="/">
</form>
</header>
<main id="main" tabindex="-1">
{}</main>
)",
      tab_markup({"review", "/review" + filter, "R", html("Review{}{}", changes, files)}, head.tab),
      tab_markup({"queue", "/queue" + filter, "Q", html("Queue")}, head.tab),
      tab_markup({"entries", "/entries/", "E", html("Entries")}, head.tab),
      tab_markup({"overview", "/overview", "O", html("Overview")}, head.tab), main);
  Response response;
  response.body =
      html_document(head.title, html("<script src=\"/review.js\" defer></script>\n"), body).text();
  return response;
}

Response error_page(const Error& error) {
  Response response;
  response.status = http_status(error);
  const Markup advice = html_if(!error.advice.empty(), "<p>{}</p>\n", error.advice);
  response.body = html_document("Not done", html("<script src=\"/review.js\" defer></script>\n"),
                                html(R"(<main id="main" class="narrow"><h1>That did not work</h1>
<p>{}{}</p>
{}<p><a href="/review" data-key="R" data-escape aria-keyshortcuts="Shift+R">Back to review <kbd>R</kbd></a></p></main>
)",
                                     error.where.empty() ? "" : error.where + ": ", error.message, advice))
                      .text();
  return response;
}

Response token_page(const std::string& problem) {
  Response response;
  if (!problem.empty()) response.status = 403;
  response.body = html_document("Enter", html("<script src=\"/enter.js\" defer></script>\n"),
                                html(R"(<main id="main" class="narrow"><h1>stubkeeper</h1>
{}<form method="post" action="/enter" id="enter">
<p><label for="token">The token that stands in the terminal where <code>stubkeeper serve</code> was started</label></p>
<p class="row"><input id="token" name="token" type="password" autocomplete="off" maxlength="200" required autofocus>
<button class="primary">Enter</button></p>
</form></main>
)",
                                     problem_markup(problem)))
                      .text();
  return response;
}

Markup problem_markup(const std::string& problem) {
  return html_if(!problem.empty(), R"(<p class="problem" role="alert">{}</p>
)",
                 problem);
}

Markup csrf_field(const Visit& visit) {
  return html(R"(<input type="hidden" name="csrf" value="{}">)", visit.browser.csrf);
}

Markup hidden_fields(const Fields& fields) {
  Markup all;
  for (const auto& [name, value] : fields)
    all += html(R"(<input type="hidden" name="{}" value="{}">)", name, value);
  return all;
}

Markup external_link(std::string_view address, std::string_view text) {
  if (!entries::is_safe_link(address)) return html("{}", text);
  return html(R"(<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>)", address, text);
}

Markup date_markup(Timestamp time) {
  return html(R"(<time datetime="{}">{}</time>)", rfc3339(time), iso_date(time));
}

Markup timestamp_markup(Timestamp time) {
  return html(R"(<time datetime="{}">{}</time>)", rfc3339(time), review::format_timestamp(time));
}

Markup disabled_key(const std::string& key, const std::string& text, const std::string& why) {
  return html(R"(<span class="button off" data-off="{}" data-why="{}" title="{}">{} <kbd>{}</kbd></span>
)",
              key, why, why, text, key);
}

std::string format_count(std::int64_t count, const std::string& one, const std::string& more) {
  return fmt::format("{} {}", count, count == 1 ? one : more);
}

}  // namespace stubkeeper::cli
