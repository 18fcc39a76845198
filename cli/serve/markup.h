#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace stubkeeper::cli {

// A piece of HTML in which everything that came from elsewhere is escaped. It is made by html() from a
// literal of this program and its arguments, and from nothing else: a text cannot become markup by mistake.
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

// A template: a literal in the program's own source, with "{}" where an argument goes in.
class Template {
 public:
  template <std::size_t size>
  consteval Template(const char (&literal)[size])  // NOLINT: implicit by design
      : text_(literal, size - 1) {}
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// A text between tags or within a quoted attribute, as HTML's syntax wants it (HTML standard §13.1.2.3,
// §13.3): & < > " ' become references; what printable() takes for unsafe to show becomes U+FFFD.
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
  // For text that is HTML already because a renderer of this program made it so (render_markdown).
  static Markup trusted_html(std::string html);

 private:
  void insert(std::string_view html);
  std::string_view rest_;
  Markup markup_;
};

// The template with each "{}" filled in by the next argument: Markup as it is, texts escaped, numbers in
// digits. There are as many arguments as places.
template <typename... Arguments>
Markup html(Template text, const Arguments&... arguments) {
  MarkupWriter writer{text};
  (writer.put(arguments), ...);
  return std::move(writer).finish();
}

// One after the other.
Markup concat(const std::vector<Markup>& parts);

}  // namespace stubkeeper::cli
