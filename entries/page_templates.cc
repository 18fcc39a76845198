#include "entries/page_templates.h"

#include <map>

#include "entries/markdown_escape.h"

namespace stubkeeper::entries {
namespace {

// A YAML double-quoted scalar.
std::string quote_yaml_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    // Control characters do not stand in a title; a space keeps the words apart.
    result += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  }
  return result + '"';
}

// The template with each "@field@" replaced by its value. The values are put in at once, so that a title that
// holds "@date@" stays what it is.
std::string fill_template(std::string_view page, const std::map<std::string_view, std::string>& fields) {
  std::string result;
  while (!page.empty()) {
    const std::size_t open = page.find('@');
    const std::size_t close = open == std::string_view::npos ? open : page.find('@', open + 1);
    if (close == std::string_view::npos) break;
    const auto field = fields.find(page.substr(open + 1, close - open - 1));
    if (field == fields.end()) {
      result += page.substr(0, close);
      page.remove_prefix(close);
      continue;
    }
    result += page.substr(0, open);
    result += field->second;
    page.remove_prefix(close + 1);
  }
  return result += page;
}

std::string_view find_template(const Conventions& conventions, std::string_view name) {
  const auto found = conventions.templates.find(name);
  return found == conventions.templates.end() ? std::string_view{} : std::string_view{found->second};
}

}  // namespace

std::string render_stub_page(const Conventions& conventions, const NewPage& page) {
  const std::size_t folder_end = page.path.rfind('/');
  const std::string_view folder = folder_end == std::string_view::npos ? "" : page.path.substr(0, folder_end);
  return fill_template(find_template(conventions, "entry"),
                   {{"title", quote_yaml_string(page.title)},
                    {"name", escape_markdown(page.title)},
                    {"date", std::string{page.date}},
                    {"description", quote_yaml_string("What its sources say about " + std::string{page.title} + ".")},
                    {"research_area", quote_yaml_string(folder)}});
}

std::string render_section_page(const Conventions& conventions, const NewPage& page) {
  return fill_template(find_template(conventions, "section"),
                   {{"title", quote_yaml_string(page.title)},
                    {"name", escape_markdown(page.title)},
                    {"date", std::string{page.date}},
                    {"description", quote_yaml_string("Entries on " + std::string{page.title} + ".")},
                    {"research_area", quote_yaml_string(page.path)}});
}

std::string render_changelog_page(const Conventions& conventions, std::string_view date) {
  return fill_template(find_template(conventions, "changelog"), {{"date", std::string{date}}});
}

std::string entry_disclaimer(const Conventions& conventions) {
  const std::string_view page = find_template(conventions, "entry");
  const std::size_t quote = page.find("\n> ");
  if (quote == std::string_view::npos) return "";
  return std::string{page.substr(quote + 1, page.find_first_of("\r\n", quote + 1) - quote - 1)};
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
