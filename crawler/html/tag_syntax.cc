#include "crawler/html/tag_syntax.h"

#include "base/text/ascii.h"

namespace stubkeeper::crawler {
namespace {

std::size_t end_of_value(std::string_view html, std::size_t at) {
  while (at < html.size() && is_ascii_space(html[at])) ++at;
  if (at >= html.size()) return html.size();
  if (html[at] == '"' || html[at] == '\'') {
    const std::size_t end = html.find(html[at], at + 1);
    return end == std::string_view::npos ? html.size() : end + 1;
  }
  while (at < html.size() && html[at] != '>' && !is_ascii_space(html[at])) ++at;
  return at;
}

}  // namespace

std::size_t end_of_tag_name(std::string_view html, std::size_t begin) {
  std::size_t end = begin;
  while (end < html.size() && !is_ascii_space(html[end]) && html[end] != '>' && html[end] != '/') ++end;
  return end;
}

std::size_t end_of_attribute(std::string_view html, std::size_t begin) {
  std::size_t end = begin + 1;
  while (end < html.size() && html[end] != '=' && html[end] != '>' && html[end] != '/' &&
         !is_ascii_space(html[end]))
    ++end;
  std::size_t value = end;
  while (value < html.size() && is_ascii_space(html[value])) ++value;
  return value < html.size() && html[value] == '=' ? end_of_value(html, value + 1) : end;
}

}  // namespace stubkeeper::crawler
