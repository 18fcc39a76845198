#include "crawler/pdf/pdf_layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <unordered_set>

#include "base/text/ascii.h"
#include "base/text/strings.h"

namespace stubkeeper::crawler {
namespace {

constexpr double edge_share = 0.12;  // the part of a page's height with running lines

bool is_near_edge(const PdfLine& line, const PdfPage& page) {
  return line.bottom < edge_share * page.height || line.top > (1 - edge_share) * page.height;
}

// With all numbers alike: "Annual report 2026, 17" and "Annual report 2026, 18" run.
std::string mask_numbers(std::string_view text) {
  std::string key;
  for (const char c : text) {
    if (!is_ascii_digit(c)) {
      key += c;
    } else if (key.empty() || key.back() != '#') {
      key += '#';
    }
  }
  return key;
}

// "17", "- 17 -", "Page 17 of 20", "xii".
bool is_page_number(std::string_view text) {
  constexpr std::size_t max_bytes = 24;
  if (text.size() > max_bytes) return false;
  constexpr auto words =
      std::to_array<std::string_view>({"page", "p", "pg", "seite", "s", "página", "pagina", "pág", "strona",
                                       "str", "of", "von", "de", "sur", "di", "van"});
  bool number = false;
  for (const std::string_view part : split_nonempty(text, " ./|-()[]")) {
    if (part == "–" || part == "—" || part == "•") continue;
    const std::string word = ascii_lower(part);
    const bool digits = word.size() <= 4 && is_all_digits(word);
    const bool roman = word.size() <= 6 && word.find_first_not_of("ivxl") == std::string::npos;
    if (digits || roman) {
      number = true;
    } else if (!contains(words, word)) {
      return false;
    }
  }
  return number;
}

bool begins_lower_case(std::string_view text) {
  if (text.empty()) return false;
  return is_ascii_lower(text.front()) || static_cast<unsigned char>(text.front()) >= 0xC3;
}

bool ends_sentence(std::string_view text) {
  for (const std::string_view mark : {"\"", "”", "’", ")", "»", "'"}) {
    if (text.ends_with(mark)) text.remove_suffix(mark.size());
  }
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with(':') ||
         text.ends_with("。");
}

constexpr std::array<std::string_view, 8> bullets{"•", "▪", "●", "◦", "‣", "■", "–", "\xEF\x82\xB7"};

// The bytes of a line's bullet and the space after it.
std::size_t bullet_bytes(std::string_view text) {
  for (const std::string_view bullet : bullets) {
    if (text.starts_with(bullet) && text.substr(bullet.size()).starts_with(' ')) return bullet.size() + 1;
  }
  return text.starts_with("- ") ? 2 : 0;
}

// Joins the lines of paragraphs; knows the document's words, to distinguish hyphens of line ends
// from others.
class LineJoiner {
 public:
  explicit LineJoiner(const std::vector<PdfPage>& pages) {
    for (const PdfPage& page : pages) {
      for (const PdfLine& line : page.lines) learn(line.text);
    }
  }

  void append(std::string& text, std::string_view line) const {
    if (text.empty()) {
      text = line;
      return;
    }
    constexpr std::string_view soft_hyphen = "\xC2\xAD";
    constexpr std::string_view hyphen = "\xE2\x80\x90";
    if (text.ends_with(soft_hyphen)) {
      text.erase(text.size() - soft_hyphen.size());
    } else if (text.ends_with(hyphen) || (text.ends_with('-') && !text.ends_with(" -") && text.size() > 1)) {
      const std::size_t mark = text.ends_with(hyphen) ? hyphen.size() : 1;
      if (is_line_break_hyphen(std::string_view{text}.substr(0, text.size() - mark), line))
        text.erase(text.size() - mark);
    } else {
      text += ' ';
    }
    text += line;
  }

 private:
  void learn(std::string_view text) {
    for (const std::string_view each : split(text, ' ')) {
      if (std::string word = core(each); !word.empty()) words_.insert(std::move(word));
    }
  }

  static std::string core(std::string_view word) { return ascii_lower(trim_to_word_bytes(word)); }

  // Whether the hyphen between two lines is there only because the line ended.
  bool is_line_break_hyphen(std::string_view above, std::string_view below) const {
    if (!begins_lower_case(below)) return false;
    const std::string first = core(above.substr(above.rfind(' ') + 1));
    const std::string second = core(below.substr(0, below.find(' ')));
    if (words_.contains(first + second)) return true;
    if (words_.contains(first + "-" + second)) return false;
    return first.find('-') == std::string::npos && !first.empty() && !is_ascii_digit(first.back());
  }

  std::unordered_set<std::string> words_;
};

// The size that most of the document is printed in, in tenths of a point.
long find_body_size(const std::vector<PdfPage>& pages) {
  std::map<long, std::size_t> bytes;
  for (const PdfPage& page : pages) {
    for (const PdfLine& line : page.lines) bytes[std::lround(line.size * 10)] += line.text.size();
  }
  const auto commonest = std::max_element(bytes.begin(), bytes.end(),
                                          [](const auto& a, const auto& b) { return a.second < b.second; });
  return commonest == bytes.end() ? 0 : commonest->first;
}

struct PrintedBlock {
  std::string text;
  double size = 0;
  bool is_item = false;
  PdfLine last;          // its last line
  double left = 0;       // of its first line
  double max_right = 0;  // how far its lines reach
};

// Blocks out of a page's lines.
class LineGrouper {
 public:
  explicit LineGrouper(const LineJoiner& joiner) : joiner_(joiner) {}

  std::vector<PrintedBlock> group(const PdfPage& page) {
    std::vector<PrintedBlock> blocks;
    for (const PdfLine& line : page.lines) {
      const std::size_t bullet = bullet_bytes(line.text);
      const std::string_view words = std::string_view{line.text}.substr(bullet);
      if (words.empty()) continue;
      if (!blocks.empty() && bullet == 0 && continues_block(blocks.back(), line)) {
        joiner_.append(blocks.back().text, words);
      } else {
        blocks.push_back({std::string{words}, line.size, bullet > 0, line, line.left, line.right});
      }
      blocks.back().last = line;
      blocks.back().max_right = std::max(blocks.back().max_right, line.right);
    }
    return blocks;
  }

 private:
  static bool continues_block(const PrintedBlock& block, const PdfLine& line) {
    const PdfLine& above = block.last;
    if (std::abs(line.size - block.size) > 0.08 * block.size) return false;
    const double height = std::max(above.bottom - above.top, 1.0);
    const bool beside = line.left > above.right || line.right < above.left;
    const bool below = line.top > above.top && !beside;
    if (!below) {
      // At the top of the next column, or after something in between: only what is cut off in a
      // sentence.
      return !ends_sentence(block.text) && begins_lower_case(line.text);
    }
    const double gap = line.top - above.bottom;
    constexpr double max_gap = 0.75;
    if (gap > max_gap * height) return false;
    // An indent begins a paragraph, unless it follows a first line that hangs out.
    const bool indented = line.left > above.left + 0.8 * line.size;
    if (indented && ends_sentence(block.text)) return false;
    const bool is_outdented =
        line.left < above.left - 0.8 * line.size && ends_sentence(block.text) && block.is_item;
    if (is_outdented) return false;
    // A last line ends before the others do.
    const double width = block.max_right - std::min(block.left, above.left);
    const bool short_line = above.right < block.max_right - 0.2 * width;
    return !(short_line && ends_sentence(block.text) && !begins_lower_case(line.text));
  }

  const LineJoiner& joiner_;
};

constexpr double min_heading_ratio = 1.15;
constexpr std::size_t max_heading_bytes = 200;

}  // namespace

void drop_running_lines(std::vector<PdfPage>& pages) {
  const auto key_of = [](const PdfLine& line, const PdfPage& page) {
    // Rounded to a fiftieth of the page, so that lines at the same height have the same key.
    return std::pair{mask_numbers(line.text), std::lround(50 * line.top / std::max(page.height, 1.0))};
  };
  std::map<std::pair<std::string, long>, std::set<std::size_t>> seen;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    for (const PdfLine& line : pages[i].lines) {
      if (is_near_edge(line, pages[i])) seen[key_of(line, pages[i])].insert(i);
    }
  }
  const std::size_t min_pages = pages.size() == 2 ? 2 : 3;
  for (PdfPage& page : pages) {
    std::erase_if(page.lines, [&](const PdfLine& line) {
      if (!is_near_edge(line, page)) return false;
      return is_page_number(line.text) || seen[key_of(line, page)].size() >= min_pages;
    });
  }
}

std::vector<std::string> extract_page_texts(const std::vector<PdfPage>& pages) {
  const LineJoiner joiner{pages};
  const double body = static_cast<double>(find_body_size(pages)) / 10;
  std::set<long, std::greater<>> larger;
  for (const PdfPage& page : pages) {
    for (const PdfLine& line : page.lines) {
      if (line.size >= min_heading_ratio * body) larger.insert(std::lround(line.size));
    }
  }
  const auto heading_level = [&](const PrintedBlock& block) -> std::size_t {
    if (block.size < min_heading_ratio * body || block.text.size() > max_heading_bytes) return 0;
    const auto place = std::distance(larger.begin(), larger.find(std::lround(block.size)));
    return std::min<std::size_t>(static_cast<std::size_t>(place) + 1, 6);
  };
  std::vector<std::string> texts;
  for (const PdfPage& page : pages) {
    std::string text;
    for (const PrintedBlock& block : LineGrouper{joiner}.group(page)) {
      if (!text.empty()) text += "\n\n";
      if (block.is_item) {
        text += "- ";
      } else if (const std::size_t level = heading_level(block); level > 0) {
        text += std::string(level, '#') + ' ';
      }
      text += block.text;
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

std::string find_largest_text(const PdfPage& page) {
  constexpr double upper_share = 0.6;
  double largest = 0;
  double smallest = 1e9;
  for (const PdfLine& line : page.lines) {
    smallest = std::min(smallest, line.size);
    if (line.top < upper_share * page.height) largest = std::max(largest, line.size);
  }
  if (largest < min_heading_ratio * smallest) return "";
  std::string text;
  for (const PdfLine& line : page.lines) {
    const bool is_largest = line.size > 0.97 * largest && line.top < upper_share * page.height;
    if (is_largest) append_with_separator(text, " ", line.text);
    if (!is_largest && !text.empty()) break;
  }
  return text.size() > max_heading_bytes ? "" : text;
}

}  // namespace stubkeeper::crawler
