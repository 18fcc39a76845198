#include "llm/http/http_message.h"

#include <algorithm>

namespace stubkeeper::llm {

const std::string& header_value(const HttpHeaders& headers, std::string_view name) {
  static const std::string missing;
  const auto found =
      std::find_if(headers.begin(), headers.end(), [&](const auto& header) { return header.first == name; });
  return found == headers.end() ? missing : found->second;
}

}  // namespace stubkeeper::llm
