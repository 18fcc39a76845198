#include "crawler/http/status_text.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace stubkeeper::crawler {
namespace {

struct ReasonPhrase {
  int status;
  std::string_view phrase;
};
constexpr std::array reason_phrases = std::to_array<ReasonPhrase>({{300, "Multiple Choices"},
                                                                   {301, "Moved Permanently"},
                                                                   {302, "Found"},
                                                                   {303, "See Other"},
                                                                   {307, "Temporary Redirect"},
                                                                   {308, "Permanent Redirect"},
                                                                   {400, "Bad Request"},
                                                                   {401, "Unauthorized"},
                                                                   {402, "Payment Required"},
                                                                   {403, "Forbidden"},
                                                                   {404, "Not Found"},
                                                                   {405, "Method Not Allowed"},
                                                                   {406, "Not Acceptable"},
                                                                   {408, "Request Timeout"},
                                                                   {410, "Gone"},
                                                                   {412, "Precondition Failed"},
                                                                   {416, "Range Not Satisfiable"},
                                                                   {418, "I'm a teapot"},
                                                                   {421, "Misdirected Request"},
                                                                   {429, "Too Many Requests"},
                                                                   {451, "Unavailable For Legal Reasons"},
                                                                   {500, "Internal Server Error"},
                                                                   {501, "Not Implemented"},
                                                                   {502, "Bad Gateway"},
                                                                   {503, "Service Unavailable"},
                                                                   {504, "Gateway Timeout"}});

}  // namespace

std::string status_text(int status) {
  const auto found = std::find_if(reason_phrases.begin(), reason_phrases.end(),
                                  [&](const ReasonPhrase& reason) { return reason.status == status; });
  std::string text = std::to_string(status);
  if (found != reason_phrases.end()) text += " " + std::string{found->phrase};
  return text;
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace stubkeeper::crawler
