#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "crawler/content.h"
#include "crawler/fetcher.h"

namespace stubkeeper::cron {

enum class RefusalKind {
  failed,               // no usable response: the network, or the server's error
  forbidden,            // by robots.txt or an address rule
  missing,              // 404, or no such file
  gone,                 // 410
  unreadable,           // not of the source's form, without text, or too heavy to read
  unread,               // by this program's own failure, which the source is not blamed for
  substitute,           // a page in place of content: an error page sent with 200, a wall, a challenge
  front_page,           // a redirect to the site's front page
  moved_to_front_page,  // such a redirect for good
};

// Why a response is not the content of its source: what the source is blamed for.
struct Refusal {
  RefusalKind kind = RefusalKind::failed;
  Error error;  // the reason, its place, and the advice
  // The page that came in place of content, also with an error status; the source gets its flag.
  crawler::NonContentKind page = crawler::NonContentKind::none;
};

enum class Absence { none, counted, permanent };

// The consequences of a refusal.
struct RefusalRules {
  RefusalKind kind;
  Absence absence;    // whether it counts towards calling the source gone
  bool is_permanent;  // a link is given up at once
};
const RefusalRules& rules_of(RefusalKind kind);

// The refusal of a response that failed, or that ended at the site's front page where `address` is another
// page's (never for a list, such as a feed). Nothing for other responses, whose body is still to be read.
std::optional<Refusal> find_refusal(const std::string& address, bool is_list,
                                    const crawler::FetchResponse& response);

Refusal unreadable(std::string where, std::string message, std::string advice);
Refusal substitute(std::string where, crawler::NonContentKind page);

// The page that came where something else was asked for; `none` for a page with content, for no page, and for one so
// large that it is none of those.
crawler::NonContentKind detect_substitute_page(const crawler::FetchResponse& response);

}  // namespace stubkeeper::cron
