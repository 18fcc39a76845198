#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

#include "base/consteval.h"

namespace stubkeeper::cli {

// A piece of HTML in which all text from outside is escaped. Only html() makes it, of a literal of
// this program and its arguments: a text cannot become markup by mistake.
class Markup {
 public:
  Markup() = default;
  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  Markup& operator+=(const Markup& other) {
    text_ += other.text_;
    return *this;
  }

 private:
  friend class MarkupWriter;
  std::string text_;
};

// A template: a literal of the program's source, with "{}" for each argument.
class Template {
 public:
  template <std::size_t size>
  STUBKEEPER_CONSTEVAL Template(const char (&literal)[size])  // NOLINT: implicit by design
      : text_(literal, size - 1) {}
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// A text for between tags or for a quoted attribute (HTML standard §13.1.2.3, §13.3): & < > " '
// become references; what sanitize_for_terminal() replaces becomes U+FFFD.
std::string escape_html(std::string_view text);

// Fills templates in; used through html().
class MarkupWriter {
 public:
  explicit MarkupWriter(Template text) : rest_(text.text()) {}
  void put(const Markup& markup) { insert(markup.text()); }
  void put(std::string_view text) { insert(escape_html(text)); }
  void put(const char* text) { insert(escape_html(text)); }
  void put(const std::string& text) { insert(escape_html(text)); }
  template <std::integral Number>
  requires(!std::same_as<Number, bool> && !std::same_as<Number, char>) void put(Number number) {
    insert(std::to_string(number));
  }
  Markup finish() &&;
  // For HTML of a renderer of this program (render_markdown).
  static Markup trusted_html(std::string html);

 private:
  void insert(std::string_view html);
  std::string_view rest_;
  Markup markup_;
};

// The template with each "{}" replaced by the next argument: Markup as it is, texts escaped,
// numbers in digits. As many arguments as places.
template <typename... Arguments>
Markup html(Template text, const Arguments&... arguments) {
  MarkupWriter writer{text};
  (writer.put(arguments), ...);
  return std::move(writer).finish();
}

// The same, or nothing if not `shown`.
template <typename... Arguments>
Markup html_if(bool shown, Template text, const Arguments&... arguments) {
  return shown ? html(text, arguments...) : Markup{};
}

Markup concat(const std::vector<Markup>& parts);

}  // namespace stubkeeper::cli
