#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include <algorithm>
#include <memory>

#include "crawler/content.h"
#include "crawler/dates.h"
#include "crawler/read/white_space.h"
#include "schema/base/utf8.h"

namespace stubkeeper::crawler {
namespace {

constexpr int most_pages = 2'000;
constexpr std::size_t most_bytes_of_text = 20'000'000;

void say_nothing(const std::string&, void*) {}

std::string utf8(const poppler::ustring& text) {
  const poppler::byte_array bytes = text.to_utf8();
  return to_valid_utf8(std::string_view{bytes.data(), bytes.size()});
}

// A date of ISO 32000-1 §7.9.4, "D:20260507093000+02'00'"; "" where there is none.
std::string date_of(const poppler::document& document, const char* key) {
  std::string date = utf8(document.info_key(key));
  if (date.starts_with("D:")) date.erase(0, 2);
  const std::size_t digits = std::min(date.find_first_not_of("0123456789"), date.size());
  if (digits < 14) return parse_date(date.substr(0, digits == 8 || digits == 4 ? digits : 0));
  std::string zone = date.substr(digits);
  std::erase(zone, '\'');
  return parse_date(date.substr(0, 8) + 'T' + date.substr(8, 6) + zone);
}

// The lines of a page as blocks: an empty line ends one, a word broken by a hyphen at a line's end is left
// broken, as it is printed.
void append_page(std::string& text, const std::string& page) {
  for (const TextRange& range : split_passages(page)) {
    const std::string block =
        fold_white_space(std::string_view{page}.substr(range.begin, range.end - range.begin));
    if (block.empty()) continue;
    if (!text.empty()) text += "\n\n";
    text += block;
  }
}

}  // namespace

Result<Content> read_pdf(std::string_view bytes) {
  poppler::set_debug_error_function(say_nothing, nullptr);
  poppler::byte_array data{bytes.begin(), bytes.end()};
  const std::unique_ptr<poppler::document> document{poppler::document::load_from_data(&data)};
  if (document == nullptr) {
    return Error{ErrorCode::invalid_argument, "the document is no PDF that can be read", "",
                 "it may be cut off, or a page that says so"};
  }
  if (document->is_locked()) {
    return Error{ErrorCode::unsupported, "the PDF is locked by a password", "",
                 "use a copy without one as a file source"};
  }
  Content content;
  content.title = fold_white_space(utf8(document->get_title()));
  content.author = fold_white_space(utf8(document->get_author()));
  content.published = date_of(*document, "CreationDate");
  content.modified = date_of(*document, "ModDate");
  for (int i = 0; i < document->pages() && i < most_pages && content.text.size() < most_bytes_of_text; ++i) {
    const std::unique_ptr<poppler::page> page{document->create_page(i)};
    if (page != nullptr)
      append_page(content.text, utf8(page->text(poppler::rectf(), poppler::page::raw_order_layout)));
  }
  if (content.text.empty()) {
    return Error{ErrorCode::unsupported, "the PDF has no text: it is scanned", "",
                 "run it through optical character recognition and add the result as a file source"};
  }
  return content;
}

}  // namespace stubkeeper::crawler
