#include "cron/refusal.h"

#include <array>

#include "crawler/content.h"
#include "crawler/reading/document_reader.h"

namespace stubkeeper::cron {
namespace {

using crawler::NonContentKind;

// In the order of the enumeration.
constexpr std::array rules = std::to_array<RefusalRules>({
    {RefusalKind::failed, Absence::none, false},
    {RefusalKind::forbidden, Absence::none, true},
    {RefusalKind::missing, Absence::counted, true},
    {RefusalKind::gone, Absence::permanent, true},
    {RefusalKind::unreadable, Absence::none, false},
    {RefusalKind::unread, Absence::none, false},
    {RefusalKind::substitute, Absence::none, false},
    {RefusalKind::front_page, Absence::none, false},
    {RefusalKind::moved_to_front_page, Absence::counted, true},
});

std::string describe(const crawler::NonContentInfo& page) {
  return std::string{page.reason} + " [" + std::string{page.id} + "]";
}

// The check for robots or the login that came with a refusing status; else `none`.
NonContentKind detect_access_wall(const crawler::FetchResponse& response) {
  const int status = response.http_status;
  const bool refuses = status == 401 || status == 403 || status == 429 || status == 503;
  if (!refuses || response.body.empty()) return NonContentKind::none;
  const NonContentKind page = detect_substitute_page(response);
  return page == NonContentKind::bot_challenge || page == NonContentKind::login_wall ? page
                                                                                     : NonContentKind::none;
}

RefusalKind kind_of_failure(const crawler::FetchResponse& response) {
  if (response.http_status == 410) return RefusalKind::gone;
  if (response.error.code == ErrorCode::not_found) return RefusalKind::missing;
  return response.error.code == ErrorCode::refused ? RefusalKind::forbidden : RefusalKind::failed;
}

}  // namespace

const RefusalRules& rules_of(RefusalKind kind) {
  return rules.at(static_cast<std::size_t>(kind));
}

std::optional<Refusal> find_refusal(const std::string& address, bool is_list,
                                    const crawler::FetchResponse& response) {
  if (response.outcome == crawler::FetchOutcome::postponed) return std::nullopt;
  if (response.outcome == crawler::FetchOutcome::failed) {
    Refusal refusal{kind_of_failure(response), response.error, detect_access_wall(response)};
    if (const auto* wall = crawler::find_non_content_info(refusal.page)) {
      refusal.error.message += " and " + describe(*wall);
      refusal.error.advice = wall->advice;
    }
    return refusal;
  }
  if (is_list || !crawler::redirects_to_front_page(address, response.final_address)) return std::nullopt;
  Refusal refusal = substitute(address, NonContentKind::front_page);
  refusal.kind = response.moved_permanently ? RefusalKind::moved_to_front_page : RefusalKind::front_page;
  return refusal;
}

Refusal unreadable(std::string where, std::string message, std::string advice) {
  return {RefusalKind::unreadable,
          {ErrorCode::invalid_argument, std::move(message), std::move(where), std::move(advice)}};
}

Refusal substitute(std::string where, NonContentKind page) {
  const crawler::NonContentInfo& info = *crawler::find_non_content_info(page);
  return {RefusalKind::substitute,
          {ErrorCode::network, describe(info), std::move(where), std::string{info.advice}},
          page};
}

NonContentKind detect_substitute_page(const crawler::FetchResponse& response) {
  const auto kind =
      crawler::detect_content_kind(response.body, response.content_type, response.final_address);
  const crawler::DocumentBytes document{kind, response.body, response.content_type, response.final_address};
  if (kind != crawler::ContentKind::page || crawler::is_heavy(document)) return NonContentKind::none;
  const auto page = crawler::parse_page(response.body, response.content_type, response.final_address);
  return page.ok() ? page->non_content : NonContentKind::none;
}

}  // namespace stubkeeper::cron
