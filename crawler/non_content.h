#pragma once

#include <span>
#include <string_view>

namespace stubkeeper::crawler {

// The kinds of pages that a server sends in place of a document. A front page is recognized by the
// way there (front_page.h), the others by their text and markup.
enum class NonContentKind {
  none,
  error_page,
  front_page,
  consent_wall,
  login_wall,
  bot_challenge,
  script_shell,
  parked_domain
};

struct NonContentInfo {
  NonContentKind kind = NonContentKind::none;
  std::string_view id;      // stable, and a flag's name: "bot-challenge"
  std::string_view reason;  // after an address: "sent an error page as if it were the page"
  std::string_view advice;  // what to do about it
};

// All kinds but `none`, by id.
std::span<const NonContentInfo> list_non_content_kinds();
const NonContentInfo* find_non_content_info(NonContentKind kind);  // null for `none`

}  // namespace stubkeeper::crawler
