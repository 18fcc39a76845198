#include "crawler/non_content.h"

#include <array>

namespace stubkeeper::crawler {

std::span<const NonContentInfo> list_non_content_kinds() {
  static constexpr std::array kinds = std::to_array<NonContentInfo>({
      {NonContentKind::bot_challenge, "bot-challenge", "sent a check for robots in place of the page",
       "The site lets only people in. Look at it in a browser; ask its operator, or take another source."},
      {NonContentKind::consent_wall, "consent-wall", "sent a question for consent in place of the page",
       "The site shows its text only to who agreed to something. Take another source, or a copy as a file."},
      {NonContentKind::error_page, "error-page", "sent an error page as if it were the page",
       "The page is probably gone. Look for its new address, or remove the source."},
      {NonContentKind::front_page, "front-page", "led to its site's front page in place of the page",
       "The page is probably gone. Look for its new address, or remove the source."},
      {NonContentKind::login_wall, "login-wall", "sent a login in place of the page",
       "Only who has an account sees the text. Take another source, or a copy as a file."},
      {NonContentKind::parked_domain, "parked-domain", "sent the page of a parked domain",
       "Nobody's site stands at the address any more. Remove the source, or look for the new address."},
      {NonContentKind::script_shell, "script-shell", "sent an empty page that is filled in by JavaScript",
       "stubkeeper runs no scripts. Take the site's feed, or another address that has the text."},
  });
  return kinds;
}

const NonContentInfo* find_non_content_info(NonContentKind kind) {
  for (const NonContentInfo& one : list_non_content_kinds()) {
    if (one.kind == kind) return &one;
  }
  return nullptr;
}

}  // namespace stubkeeper::crawler
