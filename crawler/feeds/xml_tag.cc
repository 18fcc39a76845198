#include "crawler/feeds/xml_tag.h"

#include <algorithm>

#include "base/text/ascii.h"

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t max_attributes = 64;

// Of the names in feeds; XML has more of other languages.
constexpr bool begins_name(char c) {
  return is_ascii_letter(c) || c == '_' || c == ':';
}
constexpr bool is_in_name(char c) {
  return begins_name(c) || is_ascii_digit(c) || c == '-' || c == '.';
}

class TagReader {
 public:
  TagReader(std::string_view xml, std::size_t begin) : xml_(xml), at_(begin + 1) {}

  std::optional<XmlTag> read() {
    tag_.name = read_xml_name(xml_, at_);
    at_ += tag_.name.size();
    if (tag_.name.empty() || !ends_word()) return std::nullopt;
    while (at_ < xml_.size() && xml_[at_] != '<') {
      const char c = xml_[at_];
      if (c == '>') {
        tag_.end = at_ + 1;
        return std::move(tag_);
      }
      if (is_ascii_space(c) || c == '/') {
        tag_.is_empty = tag_.is_empty || c == '/';
        ++at_;
      } else {
        read_attribute();
      }
    }
    return std::nullopt;
  }

 private:
  bool ends_word() const {
    return at_ < xml_.size() && (is_ascii_space(xml_[at_]) || xml_[at_] == '/' || xml_[at_] == '>');
  }

  void skip_spaces() {
    while (at_ < xml_.size() && is_ascii_space(xml_[at_])) ++at_;
  }

  std::string_view read_up_to_any(std::string_view marks) {
    const std::size_t begin = at_;
    at_ = std::min(xml_.find_first_of(marks, at_), xml_.size());
    return xml_.substr(begin, at_ - begin);
  }

  void read_attribute() {
    tag_.is_empty = false;  // a slash before an attribute says nothing
    const std::string_view name = read_up_to_any(" \t\r\n\f\v=></\"'");
    if (name.empty()) ++at_;  // a stray mark
    skip_spaces();
    std::string_view value;
    if (!name.empty() && at_ < xml_.size() && xml_[at_] == '=') {
      ++at_;
      skip_spaces();
      value = read_value();
    }
    const bool is_known = std::any_of(tag_.attributes.begin(), tag_.attributes.end(),
                                      [&](const XmlTag::Attribute& known) { return known.name == name; });
    const bool is_name = !name.empty() && read_xml_name(name, 0).size() == name.size();
    if (is_name && !is_known && tag_.attributes.size() < max_attributes)
      tag_.attributes.push_back({name, value});
  }

  std::string_view read_value() {
    const char quote = at_ < xml_.size() ? xml_[at_] : ' ';
    if (quote == '"' || quote == '\'') {
      ++at_;
      const std::size_t end = xml_.find(quote, at_);
      const std::string_view value = xml_.substr(at_, end - at_);
      // The quote that ends another tag's value: this one's is missing.
      const std::size_t next_tag = value.find('<');
      const bool is_closed =
          end != std::string_view::npos && (next_tag == std::string_view::npos || value.find('>') > next_tag);
      if (is_closed) {
        at_ = end + 1;
        return value;
      }
    }
    std::string_view value = read_up_to_any(" \t\r\n\f\v><");
    if (value.ends_with('/') && at_ < xml_.size() && xml_[at_] == '>') {
      tag_.is_empty = true;
      value.remove_suffix(1);
    }
    return value;
  }

  std::string_view xml_;
  std::size_t at_;
  XmlTag tag_;
};

}  // namespace

std::string XmlTag::text() const {
  std::string text = "<" + std::string{name};
  for (const Attribute& attribute : attributes) {
    text += ' ';
    text += attribute.name;
    text += "=\"";
    for (const char c : attribute.value) {
      if (c == '"') {
        text += "&#34;";
      } else if (c == '<') {
        text += "&#60;";
      } else {
        text += c;
      }
    }
    text += '"';
  }
  return text + (is_empty ? "/>" : ">");
}

std::optional<XmlTag> read_xml_tag(std::string_view xml, std::size_t begin) {
  return TagReader{xml, begin}.read();
}

std::string_view read_xml_name(std::string_view xml, std::size_t begin) {
  if (begin >= xml.size() || !begins_name(xml[begin])) return {};
  std::size_t end = begin;
  while (end < xml.size() && is_in_name(xml[end])) ++end;
  return xml.substr(begin, end - begin);
}

}  // namespace stubkeeper::crawler
