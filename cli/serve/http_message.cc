#include "cli/serve/http_message.h"

#include <algorithm>

#include "base/text/encoding.h"
#include "base/text/strings.h"

namespace stubkeeper::cli {
namespace {

constexpr std::size_t max_fields = 200;

std::string decode_component(std::string_view part) {
  std::string text{part};
  std::replace(text.begin(), text.end(), '+', ' ');
  text = percent_decode(text);
  std::string lines;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool line_end = text[i] == '\r';
    if (line_end && i + 1 < text.size() && text[i + 1] == '\n') continue;
    lines += line_end ? '\n' : text[i];
  }
  return lines;
}

}  // namespace

Fields parse_form_urlencoded(std::string_view text) {
  Fields fields;
  for (const std::string_view pair : split_nonempty(text, "&")) {
    if (fields.size() == max_fields) break;
    const std::size_t equals = pair.find('=');
    const std::string_view value = equals == std::string_view::npos ? "" : pair.substr(equals + 1);
    fields[decode_component(pair.substr(0, equals))] = decode_component(value);
  }
  return fields;
}

std::string Request::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

std::string Request::field(const std::string& name) const {
  const Fields& fields = method == "POST" ? form : query;
  const auto found = fields.find(name);
  return found == fields.end() ? "" : found->second;
}

Response see_other(std::string address) {
  Response response;
  response.status = 303;
  response.location = std::move(address);
  return response;
}

}  // namespace stubkeeper::cli
