#include "tests/world/web.h"

#include <fmt/format.h>

#include <algorithm>

#include "tests/world/markup.h"
#include "tests/world/page_content.h"
#include "tests/world/pages.h"

namespace stubkeeper::world {
namespace {

// Behind the address of a page that moved.
constexpr std::string_view moved_suffix = "-2026";

WebAnswer not_found() {
  return {404, "<html><head><title>Not found</title></head><body><h1>Not found</h1></body></html>",
          "text/html", "", ""};
}

WebAnswer page_of(const World& world, const Source& source, int day) {
  WebAnswer answer;
  const bool sends_feed = is_feed(source.kind);
  answer.body = sends_feed ? render_feed(world, source, day) : render_page(world, source, day);
  if (sends_feed) answer.content_type = "application/rss+xml; charset=utf-8";
  // A third of the servers tell their pages apart.
  if (source.id % 3 == 0 || sends_feed) answer.etag = fmt::format("\"{:016x}\"", fingerprint(answer.body));
  return answer;
}

WebAnswer wall(const World& world, const Source& source, int day, FaultKind kind) {
  const PageContent content = page_content(world, source, day);
  const std::string title = escape(content.title);
  const std::string teaser = escape(content.parts.front().paragraphs.front().front());
  switch (kind) {
    case FaultKind::paywall:
      return {
          200,
          "<!doctype html><html lang=\"en\"><head><title>" + title +
              "</title><script type=\"application/ld+json\">{\"@context\": \"https://schema.org\", \"@type\": "
              "\"NewsArticle\", \"headline\": \"" +
              title + "\", \"isAccessibleForFree\": false}</script></head><body><article><h1>" + title +
              "</h1><p>" + teaser +
              "</p><div class=\"offer\"><h2>Subscribe to read the full story</h2><p>Already a subscriber? Log "
              "in.</p></div></article></body></html>",
          "text/html; charset=utf-8", "", ""};
    case FaultKind::login_wall:
      return {
          200,
          "<!doctype html><html lang=\"en\"><head><title>Log in</title></head><body><main><h1>Log in</h1><p>Log "
          "in to continue.</p><form action=\"/login\"><input type=\"email\" name=\"user\"><input "
          "type=\"password\" name=\"password\"><button>Log in</button></form></main></body></html>",
          "text/html; charset=utf-8", "", ""};
    case FaultKind::consent_wall:
      return {
          200,
          "<!doctype html><html lang=\"en\"><head><title>Before you continue</title></head><body><main><h1>Before "
          "you continue</h1><p>We use cookies and data to deliver and maintain our services. Accept all cookies to "
          "continue.</p><button>Accept all</button><button>Reject all</button></main></body></html>",
          "text/html; charset=utf-8", "", ""};
    default:
      return {
          403,
          "<!doctype html><html lang=\"en\"><head><title>Just a moment...</title></head><body><h1>Checking your "
          "browser before accessing the site</h1><p>Please enable JavaScript and cookies to continue.</p><div "
          "id=\"challenge-form\"></div></body></html>",
          "text/html; charset=utf-8", "", ""};
  }
}

WebAnswer fault_answer(const World& world, const Source& source, const Fault& fault, int day) {
  switch (fault.kind) {
    case FaultKind::moved:
      return {301, "", "text/html", "http://" + source.host + source.path + std::string{moved_suffix}, ""};
    case FaultKind::missing:
      return not_found();
    case FaultKind::gone:
      return {410, "gone", "text/plain", "", ""};
    case FaultKind::server_error:
      return {500, "internal server error", "text/plain", "", ""};
    case FaultKind::shrunk:
      return {200, render_shrunk_page(world, source, day), "text/html; charset=utf-8", "", ""};
    default:
      return wall(world, source, day, fault.kind);
  }
}

}  // namespace

WebAnswer answer_request(const World& world, const std::string& host, const std::string& path, int day) {
  const auto at = [&](const std::string& wanted) {
    return std::ranges::find_if(
        world.sources, [&](const Source& source) { return source.host == host && source.path == wanted; });
  };
  auto source = at(path);
  if (source != world.sources.end()) {
    const Fault* fault = world.fault_of(source->id);
    if (fault != nullptr && day >= fault->first_day && day <= fault->last_day)
      return fault_answer(world, *source, *fault, day);
    return page_of(world, *source, day);
  }
  if (!path.ends_with(moved_suffix)) return not_found();
  source = at(path.substr(0, path.size() - moved_suffix.size()));
  if (source == world.sources.end()) return not_found();
  const Fault* fault = world.fault_of(source->id);
  if (fault == nullptr || fault->kind != FaultKind::moved || day < fault->first_day) return not_found();
  return page_of(world, *source, day);
}

}  // namespace stubkeeper::world
