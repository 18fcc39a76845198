#include "cli/serve/review_site.h"

#include <optional>

#include "cli/serve/page_layout.h"
#include "cli/serve/pages.h"

namespace stubkeeper::cli {
namespace {

Response empty_response(int status) {
  Response answer;
  answer.status = status;
  return answer;
}

const char* media_type(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "text/javascript; charset=utf-8";
}

std::optional<Response> find_asset(std::string_view path) {
  for (const schema::EmbeddedFile& file : serve_assets()) {
    if (path.substr(1) != file.path) continue;
    Response answer;
    answer.content_type = media_type(file.path);
    answer.body = std::string{file.text};
    return answer;
  }
  return std::nullopt;
}

bool is_public(std::string_view path) {
  return path == "/enter" || path == "/enter.js" || path == "/style.css" || path == "/icon.svg";
}

using PageHandler = Result<Response> (*)(const Visit&, const std::string&);

Result<Response> dispatch(const Visit& visit) {
  const std::string& path = visit.request.path;
  if (visit.request.method == "POST") {
    if (path == "/review") return decide_on_change(visit);
    if (path == "/conflict") return decide_on_conflict(visit);
    return Error{ErrorCode::not_found, "there is nothing to send to at this address", path, ""};
  }
  if (path == "/review") return review_page(visit);
  if (path == "/queue") return queue_page(visit);
  if (path == "/find") return find_page(visit);
  if (path == "/overview") return overview_page(visit);
  constexpr std::pair<std::string_view, PageHandler> routes[] = {
      {"/entries/", entries_page},   {"/entry/", entry_page},       {"/history/", history_page},
      {"/evidence/", evidence_page}, {"/snapshot/", snapshot_page}, {"/conflict/", conflict_page}};
  for (const auto& [begin, page] : routes) {
    if (path.starts_with(begin)) return page(visit, path.substr(begin.size()));
  }
  return Error{ErrorCode::not_found, "there is no page at this address", path, ""};
}

}  // namespace

Response ReviewSite::handle_token_form(const Request& request) {
  if (request.method != "POST") return token_page("");
  if (!access_.is_same_origin(request)) return empty_response(403);
  const auto cookie = access_.authenticate(request.field("token"));
  if (!cookie.ok()) return token_page("This is not the token.");
  Response answer = see_other("/review");
  answer.set_cookie = *cookie;
  return answer;
}

Response ReviewSite::answer(const Request& request) {
  if (!access_.has_own_host(request)) return empty_response(403);
  if (request.path == "/enter") return handle_token_form(request);
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (reads && is_public(request.path)) return *find_asset(request.path);
  BrowserSession* browser = access_.find_session(request);
  if (browser == nullptr || !access_.is_same_origin(request)) return empty_response(403);
  if (!reads && request.method != "POST") return empty_response(405);
  if (!reads && !Access::has_csrf_token(request, *browser)) return empty_response(403);
  if (request.path == "/") return see_other("/review");
  if (reads && request.path.starts_with('/')) {
    if (auto found = find_asset(request.path)) return *std::move(found);
  }
  const auto kb = session_.open_knowledge_base();
  if (!kb.ok()) return error_page(kb.error());
  auto page = dispatch({session_, *kb, request, *browser});
  return page.ok() ? *std::move(page) : error_page(page.error());
}

}  // namespace stubkeeper::cli
