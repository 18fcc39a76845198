#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace stubkeeper {

// The kind of an error; cli/exit_code.h gives each an exit code.
enum class ErrorCode {
  invalid_argument,  // the caller or the user gave something unusable
  not_found,         // a named thing does not exist
  already_exists,
  corrupt,      // stored bytes have changed
  unsupported,  // of a newer program, or a form that is not handled
  conflict,     // the thing changed since it was looked at
  busy,         // another run holds the lock
  io,           // the file system refused
  network,      // no usable answer from a host
  timeout,
  refused,  // not allowed: by robots.txt, an address rule or a safety rule
  limit,    // too large, too deep, too many
  internal,
};

// The stable name of a code, as in JSON output: "invalid_argument".
const char* error_code_name(ErrorCode code);

// An error with its place and advice. `message` is a clause without a full stop that names the wrong value;
// `where` a place such as "stubkeeper.toml:12", an address or empty; `advice` the next step or empty. None
// holds a key or a token.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;
  std::string where;
  std::string advice;

  // "where: message (advice)" without empty parts.
  std::string text() const;
};

// A value or an Error. Libraries return it instead of throwing.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit by design
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit by design

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // The value; only where ok().
  T& value() & {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    assert(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // The error; only where !ok().
  const Error& error() const {
    assert(!ok());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

// Done, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit by design

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    assert(!ok());
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace stubkeeper

#define STUBKEEPER_CONCAT_INNER(a, b) a##b
#define STUBKEEPER_CONCAT(a, b) STUBKEEPER_CONCAT_INNER(a, b)

#define STUBKEEPER_TRY_INNER(status, expression)                         \
  do {                                                                   \
    if (auto status = (expression); !status.ok()) return status.error(); \
  } while (false)

// Returns the error of a Status or Result, if it has one, from the calling function.
#define STUBKEEPER_TRY(expression) STUBKEEPER_TRY_INNER(STUBKEEPER_CONCAT(status_, __COUNTER__), expression)

#define STUBKEEPER_ASSIGN_INNER(result, target, expression) \
  auto result = (expression);                               \
  if (!result.ok()) return result.error();                  \
  target = std::move(result).value()

// STUBKEEPER_ASSIGN(auto x, f()): x is the value of f(), or the calling function returns f()'s error.
#define STUBKEEPER_ASSIGN(target, expression) \
  STUBKEEPER_ASSIGN_INNER(STUBKEEPER_CONCAT(result_, __COUNTER__), target, expression)
