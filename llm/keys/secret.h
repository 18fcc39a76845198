#pragma once

#include <ostream>
#include <string>
#include <string_view>

namespace stubkeeper::llm {

// A key or token. It cannot be printed, formatted, compared or turned into a text by accident: its
// bytes are read by expose() alone, for the header of a request, and overwritten when it goes away.
class Secret {
 public:
  explicit Secret(std::string bytes) : bytes_(std::move(bytes)) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret other) noexcept;
  ~Secret();

  const std::string& expose() const { return bytes_; }

  // `text` with every occurrence of the bytes replaced by "[key]": an endpoint may repeat what it
  // was sent.
  std::string redact(std::string_view text) const;

  friend std::ostream& operator<<(std::ostream&, const Secret&) = delete;

 private:
  std::string bytes_;
};

}  // namespace stubkeeper::llm
