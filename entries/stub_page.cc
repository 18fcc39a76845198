#include "entries/stub_page.h"

#include <cassert>

#include "schema/embedded_files.h"

namespace stubkeeper::entries {
namespace {

// A YAML double-quoted scalar.
std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    // Control characters do not stand in a title; a space keeps the words apart.
    result += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  }
  return result + '"';
}

void fill_in(std::string& page, std::string_view field, std::string_view value) {
  for (std::size_t at = page.find(field); at != std::string::npos; at = page.find(field, at + value.size())) {
    page.replace(at, field.size(), value);
  }
}

}  // namespace

std::string stub_page(std::string_view title, std::string_view path, std::string_view date) {
  const auto embedded = schema::embedded_file("templates/entry.md");
  assert(embedded);
  std::string page{*embedded};
  const std::size_t folder_end = path.rfind('/');
  const std::string description = "What its sources say about " + std::string{title} + ".";
  fill_in(page, "@date@", date);
  fill_in(page, "@research_area@",
          quoted(folder_end == std::string_view::npos ? "" : path.substr(0, folder_end)));
  // The title last, and only at its own mark: it is the one value that may hold another field's.
  fill_in(page, "title: @title@", "title: " + quoted(title));
  fill_in(page, "description: @description@", "description: " + quoted(description));
  return page;
}

std::string disclaimer() {
  const std::string_view page = schema::embedded_file("templates/entry.md").value_or("");
  const std::size_t quote = page.find("\n> ");
  assert(quote != std::string_view::npos);
  return std::string{page.substr(quote + 1, page.find('\n', quote + 1) - quote - 1)};
}

std::string title_from_path(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  std::string title{slash == std::string_view::npos ? path : path.substr(slash + 1)};
  bool word_begins = true;
  for (char& c : title) {
    if (c == '-') c = ' ';
    if (word_begins && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    word_begins = c == ' ';
  }
  return title;
}

}  // namespace stubkeeper::entries
