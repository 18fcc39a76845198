#include "llm/keys/secret.h"

#include <utility>

namespace stubkeeper::llm {
namespace {

void overwrite(std::string& bytes) {
  // Through a volatile pointer, so that the compiler does not leave out a write that nobody reads.
  volatile char* at = bytes.data();
  for (std::size_t i = 0; i < bytes.size(); ++i) at[i] = 0;
  bytes.clear();
}

}  // namespace

Secret::Secret(Secret&& other) noexcept : bytes_(other.bytes_) {
  // Copied, not moved: a moved-from short string keeps its bytes.
  overwrite(other.bytes_);
}

Secret& Secret::operator=(Secret other) noexcept {
  bytes_.swap(other.bytes_);
  return *this;
}

Secret::~Secret() {
  overwrite(bytes_);
}

std::string Secret::redact(std::string_view text) const {
  if (bytes_.empty()) return std::string{text};
  std::string clean;
  for (std::size_t at = 0;;) {
    const std::size_t found = text.find(bytes_, at);
    clean += text.substr(at, found - at);
    if (found == std::string_view::npos) return clean;
    clean += "[key]";
    at = found + bytes_.size();
  }
}

}  // namespace stubkeeper::llm
