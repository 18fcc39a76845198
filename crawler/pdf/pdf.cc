#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include <algorithm>
#include <map>
#include <memory>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "crawler/content.h"
#include "crawler/html/fold_text.h"
#include "crawler/pdf/pdf_information.h"
#include "crawler/pdf/pdf_layout.h"

namespace stubkeeper::crawler {
namespace {

constexpr int max_pages = 2'000;
constexpr std::size_t max_text_bytes = 20'000'000;

void ignore_message(const std::string&, void*) {}

std::string utf8(const poppler::ustring& text) {
  const poppler::byte_array bytes = text.to_utf8();
  return to_valid_utf8(std::string_view{bytes.data(), bytes.size()});
}

// Joins words in poppler's reading order to lines.
class LineBuilder {
 public:
  void add(const poppler::text_box& word) {
    const std::string text = utf8(word.text());
    if (text.empty()) return;
    const poppler::rectf box = word.bbox();
    const double size =
        word.has_font_info() && word.get_font_size() > 0 ? word.get_font_size() : box.height();
    if (lines_.empty() || !is_in_line(lines_.back(), box)) {
      lines_.push_back({text, box.left(), box.right(), box.top(), box.bottom(), size});
    } else {
      PdfLine& line = lines_.back();
      const bool apart = space_before_next_ || box.left() - line.right > 0.15 * size;
      line.text += (apart ? " " : "") + text;
      line.right = std::max(line.right, box.right());
      line.bottom = std::max(line.bottom, box.bottom());
      // A raised figure is no change of the line's print.
      line.size = std::max(line.size, size);
    }
    space_before_next_ = word.has_space_after();
  }

  std::vector<PdfLine> finish() {
    for (PdfLine& line : lines_) line.text = fold_white_space(line.text);
    std::erase_if(lines_, [](const PdfLine& line) { return line.text.empty(); });
    return std::move(lines_);
  }

 private:
  static bool is_in_line(const PdfLine& line, const poppler::rectf& box) {
    const double overlap = std::min(line.bottom, box.bottom()) - std::max(line.top, box.top());
    const double height = std::min(line.bottom - line.top, box.height());
    constexpr double max_gap = 4;  // times the line's height; more is another column
    const double gap = box.left() - line.right;
    return overlap > 0.5 * height && gap > -0.5 * height && gap < max_gap * std::max(height, 1.0);
  }

  std::vector<PdfLine> lines_;
  bool space_before_next_ = false;
};

PdfPage extract_lines(const poppler::page& page) {
  const std::vector<poppler::text_box> words = page.text_list(poppler::page::text_list_include_font);
  // Text in another direction than most of the page is a stamp or a watermark.
  std::map<int, std::size_t> by_rotation;
  for (const poppler::text_box& word : words) ++by_rotation[word.rotation()];
  const auto commonest = std::max_element(by_rotation.begin(), by_rotation.end(),
                                          [](const auto& a, const auto& b) { return a.second < b.second; });
  LineBuilder lines;
  for (const poppler::text_box& word : words) {
    if (word.rotation() == commonest->first) lines.add(word);
  }
  return {page.page_rect().height(), lines.finish()};
}

Error no_text_error(int pages) {
  return Error{ErrorCode::unsupported,
               "the PDF has no text: " +
                   (pages == 1 ? std::string{"its one page is scanned, or blank"}
                               : "all of its " + std::to_string(pages) + " pages are scanned, or blank"),
               "", "run it through optical character recognition and add the result as a file source"};
}

}  // namespace

Result<Content> parse_pdf(std::string_view bytes) {
  poppler::set_debug_error_function(ignore_message, nullptr);
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
  content.published = parse_pdf_date(utf8(document->info_key("CreationDate")));
  content.modified = parse_pdf_date(utf8(document->info_key("ModDate")));
  content.pages = document->pages();

  std::vector<PdfPage> pages;
  std::size_t text_bytes = 0;
  for (int i = 0; i < content.pages && i < max_pages && text_bytes < max_text_bytes; ++i) {
    const std::unique_ptr<poppler::page> page{document->create_page(i)};
    pages.push_back(page == nullptr ? PdfPage{} : extract_lines(*page));
    for (const PdfLine& line : pages.back().lines) text_bytes += line.text.size();
  }
  drop_running_lines(pages);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (pages[i].lines.empty()) content.pages_without_text.push_back(static_cast<int>(i) + 1);
  }
  if (content.pages_without_text.size() == pages.size()) return no_text_error(content.pages);
  if (is_placeholder_title(content.title)) content.title = find_largest_text(pages.front());
  const std::vector<std::string> texts = extract_page_texts(pages);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) content.text += page_break;
    content.text += texts[i];
  }
  return content;
}

std::string format_page_ranges(const std::vector<int>& pages) {
  std::string words;
  for (std::size_t begin = 0; begin < pages.size();) {
    std::size_t end = begin + 1;
    while (end < pages.size() && pages[end] == pages[end - 1] + 1) ++end;
    if (!words.empty()) words += ", ";
    words += std::to_string(pages[begin]);
    if (end - begin > 1) words += (end - begin == 2 ? ", " : " to ") + std::to_string(pages[end - 1]);
    begin = end;
  }
  return words;
}

}  // namespace stubkeeper::crawler
