#include "tests/bench/hostile_pages.h"

namespace stubkeeper::bench {
namespace {

constexpr std::size_t page_bytes = 10'000'000;
constexpr std::size_t levels = 100'000;
constexpr std::size_t attributes = 1'000'000;

std::string repeat(std::string_view part, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + part.size());
  while (text.size() < bytes) text += part;
  return text;
}

}  // namespace

const std::vector<std::string>& list_hostile_pages() {
  static const std::vector<std::string> names{"depth 100,000",
                                              "a million attributes",
                                              "paragraphs",
                                              "unclosed formatting",
                                              "posts of a thread",
                                              "unclosed paragraphs",
                                              "unclosed links",
                                              "fonts of many colours",
                                              "ends without beginnings",
                                              "ends of paragraphs",
                                              "rows of tables",
                                              "text beside cells",
                                              "character references",
                                              "list items"};
  return names;
}

std::string hostile_page(std::string_view name) {
  if (name == "depth 100,000") {
    std::string page;
    for (std::size_t i = 0; i < levels; ++i) page += "<div class=post-content>";
    return page + repeat("deep text ", page_bytes - page.size());
  }
  if (name == "a million attributes") {
    std::string page = "<p ";
    for (std::size_t i = 0; i < attributes; ++i) page += "a" + std::to_string(i) + "=1 ";
    return page + ">text";
  }
  if (name == "paragraphs")
    return repeat("<p class=text>Some words of a paragraph, <a href=/a>linked</a> in part.</p>",
                    page_bytes);
  if (name == "unclosed formatting") return repeat("<b><i><p>x", page_bytes);
  if (name == "posts of a thread") {
    return "<body class=phpbb>" + repeat(
                                      "<div class=post><a href=/user/a>ann</a><div class=body>7 May 2026 or "
                                      "so, said somebody at length "
                                      "and went on.</div></div>",
                                      page_bytes);
  }
  const auto below = [](std::size_t count, std::string_view tag, std::string_view part) {
    return repeat(tag, count * tag.size()) + repeat(part, page_bytes);
  };
  if (name == "unclosed paragraphs") return repeat("<p>x", page_bytes);
  if (name == "unclosed links") return repeat("<a href=a><p>x", page_bytes);
  if (name == "fonts of many colours") {
    std::string page;
    for (std::size_t i = 0; page.size() < page_bytes; ++i)
      page += "<font color=" + std::to_string(i) + "><p>x";
    return page;
  }
  if (name == "ends without beginnings") return below(390, "<span>", "</i></u></b>");
  if (name == "ends of paragraphs") return below(390, "<div>", "</p>");
  if (name == "rows of tables") return "<table>" + repeat("<tr><td>x<td>", page_bytes);
  if (name == "text beside cells") return repeat("<table>x<tr>y", page_bytes);
  if (name == "character references") return repeat("&notit; &#128;", page_bytes);
  if (name == "list items") return below(390, "<span>", "<li>");
  return "";
}

}  // namespace stubkeeper::bench
