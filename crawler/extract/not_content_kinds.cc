#include <array>

#include "crawler/content.h"

namespace stubkeeper::crawler {

std::span<const NotContentKind> not_content_kinds() {
  static constexpr std::array kinds = std::to_array<NotContentKind>({
      {NotContent::bot_challenge, "bot-challenge", "sent a check for robots in place of the page",
       "The site lets only people in. Look at it in a browser; ask its operator, or take another source."},
      {NotContent::consent_wall, "consent-wall", "sent a question for consent in place of the page",
       "The site shows its text only to who agreed to something. Take another source, or a copy as a file."},
      {NotContent::error_page, "error-page", "sent an error page as if it were the page",
       "The page is probably gone. Look for its new address, or remove the source."},
      {NotContent::front_page, "front-page", "led to its site's front page in place of the page",
       "The page is probably gone. Look for its new address, or remove the source."},
      {NotContent::login_wall, "login-wall", "sent a login in place of the page",
       "Only who has an account sees the text. Take another source, or a copy as a file."},
      {NotContent::parked_domain, "parked-domain", "sent the page of a parked domain",
       "Nobody's site stands at the address any more. Remove the source, or look for the new address."},
      {NotContent::script_shell, "script-shell", "sent an empty page that is filled in by JavaScript",
       "stubkeeper runs no scripts. Take the site's feed, or another address that has the text."},
  });
  return kinds;
}

const NotContentKind* find_not_content_kind(NotContent kind) {
  for (const NotContentKind& one : not_content_kinds()) {
    if (one.kind == kind) return &one;
  }
  return nullptr;
}

}  // namespace stubkeeper::crawler
