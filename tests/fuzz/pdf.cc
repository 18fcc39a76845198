#include "crawler/content.h"
#include "crawler/passages.h"

#include <algorithm>
#include <charconv>

#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "tests/fuzz/input.h"
#include "tests/support/pdf_writer.h"

using namespace stubkeeper;

namespace {

double parse_next_number(std::string_view& line) {
  int number = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
  line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  if (!line.empty()) line.remove_prefix(1);
  return std::clamp(number, -2000, 2000);
}

// Lines of "x y size text", pages parted by a form feed.
std::string make_pdf(std::string_view layout) {
  testing::PdfWriter pdf;
  while (!layout.empty()) {
    const std::size_t page_end = std::min(layout.find('\f'), layout.size());
    std::string_view page = layout.substr(0, page_end);
    layout.remove_prefix(std::min(page_end + 1, layout.size()));
    std::vector<testing::PdfText> lines;
    while (!page.empty()) {
      const std::size_t end = std::min(page.find('\n'), page.size());
      std::string_view line = page.substr(0, end);
      page.remove_prefix(std::min(end + 1, page.size()));
      testing::PdfText text;
      text.x = parse_next_number(line);
      text.y = parse_next_number(line);
      text.size = parse_next_number(line);
      text.text = line;
      std::erase_if(text.text, [](char c) { return c < ' ' || c > '~'; });
      lines.push_back(std::move(text));
    }
    pdf.add_page(std::move(lines));
  }
  return pdf.bytes();
}

}  // namespace

// A PDF as it is, or the lines of one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input = as_text(bytes, size);
  const bool is_pdf = input.starts_with("%PDF");
  const auto content = crawler::parse_pdf(is_pdf ? std::string{input} : make_pdf(input));
  if (!content.ok()) {
    check_invariant(!content.error().message.empty());
    return 0;
  }
  for (const std::string* text :
       {&content->text, &content->title, &content->author, &content->published, &content->modified}) {
    check_invariant(!first_invalid_utf8(*text) && text->find('\0') == std::string::npos);
  }
  check_invariant(!content->text.empty() && content->pages > 0);
  check_invariant(std::is_sorted(content->pages_without_text.begin(), content->pages_without_text.end()));
  for (const int page : content->pages_without_text) check_invariant(page >= 1 && page <= content->pages);
  std::size_t at = 0;
  for (const crawler::TextRange& range : crawler::split_passages(content->text)) {
    const std::string_view passage =
        std::string_view{content->text}.substr(range.begin, range.end - range.begin);
    check_invariant(range.begin >= at && range.end > range.begin &&
                    passage.find('\f') == std::string_view::npos);
    at = range.end;
  }
  return 0;
}
