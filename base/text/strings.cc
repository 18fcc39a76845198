#include "base/text/strings.h"

#include "base/text/ascii.h"

namespace stubkeeper {

bool contains_ignoring_case(const std::vector<std::string>& list, std::string_view text) {
  return std::any_of(list.begin(), list.end(),
                     [&](const std::string& each) { return equals_ignoring_case(each, text); });
}

void append_with_separator(std::string& list, std::string_view separator, std::string_view text) {
  if (!list.empty()) list += separator;
  list += text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::vector<std::string_view> split_nonempty(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = text.find_first_not_of(separators); begin != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = text.find_first_not_of(separators, end);
  }
  return parts;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::string to_single_line(std::string_view text) {
  std::string line{text};
  std::replace_if(line.begin(), line.end(), is_ascii_space, ' ');
  return line;
}

std::optional<int> parse_digits(std::string_view text, std::size_t begin, std::size_t count) {
  if (text.size() < begin + count || !is_all_digits(text.substr(begin, count))) return std::nullopt;
  return parse_number<int>(text.substr(begin, count));
}

std::string pluralize(std::int64_t count, std::string_view one, std::string_view many) {
  std::string text = std::to_string(count) + " ";
  if (count == 1 || many.empty()) return text.append(one).append(count == 1 ? "" : "s");
  return text.append(many);
}

std::string_view file_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::string_view parent_folder(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

std::size_t page_at(std::string_view text, std::size_t byte) {
  std::size_t page = 1;
  bool any = false;
  for (std::size_t at = text.find("\n\f\n"); at != std::string_view::npos; at = text.find("\n\f\n", at + 2)) {
    any = true;
    if (at + 1 < byte) ++page;
  }
  return any ? page : 0;
}

}  // namespace stubkeeper
