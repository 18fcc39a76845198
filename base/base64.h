#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper {

// The bytes that Base64 stands for (RFC 4648 §4; white space may stand anywhere), or nothing where it is
// none.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace stubkeeper
