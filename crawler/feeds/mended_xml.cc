#include "crawler/feeds/mended_xml.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>

#include "schema/base/ascii.h"

namespace stubkeeper::crawler {
namespace {

bool is_forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

class Mending {
 public:
  explicit Mending(std::string_view xml)
      : xml_(xml), declares_entities_(xml.find("<!ENTITY") != std::string_view::npos) {}

  std::string run() {
    at_ = std::min(xml_.find('<'), xml_.size());
    mended_.reserve(xml_.size() - at_);
    while (at_ < xml_.size()) {
      const char c = xml_[at_];
      if (c == '<') {
        less_than();
      } else if (c == '&') {
        ampersand();
      } else {
        if (!is_forbidden(c)) mended_ += c;
        ++at_;
      }
    }
    return std::move(mended_);
  }

 private:
  void copy_to(std::size_t end) {
    for (; at_ < std::min(end, xml_.size()); ++at_) {
      if (!is_forbidden(xml_[at_])) mended_ += xml_[at_];
    }
  }

  void copy_through(std::string_view closing) {
    const std::size_t end = xml_.find(closing, at_);
    copy_to(end == std::string_view::npos ? xml_.size() : end + closing.size());
  }

  void less_than() {
    const std::string_view rest = xml_.substr(at_);
    if (rest.starts_with("<![CDATA[")) {
      copy_through("]]>");
    } else if (rest.starts_with("<!--")) {
      copy_through("-->");
    } else {
      const char next = rest.size() > 1 ? rest[1] : ' ';
      const bool markup = is_ascii_letter(next) || next == '/' || next == '!' || next == '?' || next == '_' ||
                          next == ':' || static_cast<unsigned char>(next) >= 0x80;
      mended_ += markup ? "<" : "&lt;";
      ++at_;
    }
  }

  void ampersand() {
    const std::size_t end = end_of_reference();
    if (end == 0) {
      mended_ += "&amp;";
      ++at_;
      return;
    }
    const std::string name{xml_.substr(at_ + 1, end - at_ - 2)};
    const htmlEntityDesc* entity = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str()));
    if (name.starts_with("#") || is_of_xml(name) || (entity == nullptr && declares_entities_)) {
      mended_ += xml_.substr(at_, end - at_);
    } else if (entity != nullptr) {
      mended_ += "&#" + std::to_string(entity->value) + ';';
    } else {
      mended_ += "&amp;" + name + ';';
    }
    at_ = end;
  }

  // One behind the ';' of a reference that is begun here; 0 where it is none.
  std::size_t end_of_reference() const {
    constexpr std::size_t longest = 40;
    std::size_t end = at_ + 1;
    if (end < xml_.size() && xml_[end] == '#') ++end;
    const std::size_t name = end;
    while (end < xml_.size() && end - at_ < longest &&
           (is_ascii_letter(xml_[end]) || is_ascii_digit(xml_[end])))
      ++end;
    return end > name && end < xml_.size() && xml_[end] == ';' ? end + 1 : 0;
  }

  static bool is_of_xml(std::string_view name) {
    constexpr std::array<std::string_view, 5> names{"amp", "lt", "gt", "quot", "apos"};
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  std::string_view xml_;
  bool declares_entities_;
  std::string mended_;
  std::size_t at_ = 0;
};

}  // namespace

std::string mended_xml(std::string_view utf8) {
  return Mending{utf8}.run();
}

}  // namespace stubkeeper::crawler
