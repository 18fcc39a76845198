#include "cli/serve/exchange.h"

#include <algorithm>

#include "base/text/percent_encoding.h"

namespace stubkeeper::cli {
namespace {

constexpr std::size_t most_fields = 200;

std::string decoded(std::string_view part) {
  std::string text{part};
  std::replace(text.begin(), text.end(), '+', ' ');
  text = percent_decoded(text);
  std::string lines;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool line_end = text[i] == '\r';
    if (line_end && i + 1 < text.size() && text[i + 1] == '\n') continue;
    lines += line_end ? '\n' : text[i];
  }
  return lines;
}

}  // namespace

Fields parse_fields(std::string_view text) {
  Fields fields;
  while (!text.empty() && fields.size() < most_fields) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    const std::size_t equals = pair.find('=');
    const std::string_view value = equals == std::string_view::npos ? "" : pair.substr(equals + 1);
    if (!pair.empty()) fields[decoded(pair.substr(0, equals))] = decoded(value);
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

Answer see_other(std::string address) {
  Answer answer;
  answer.status = 303;
  answer.location = std::move(address);
  return answer;
}

}  // namespace stubkeeper::cli
