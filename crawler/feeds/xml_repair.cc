#include "crawler/feeds/xml_tree.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "base/text/ascii.h"

namespace stubkeeper::crawler {
namespace {

constexpr bool is_forbidden(unsigned byte) {
  return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
}

constexpr std::array<bool, 256> make_special_byte_table() {
  std::array<bool, 256> bytes{};
  for (unsigned byte = 0; byte < bytes.size(); ++byte)
    bytes[byte] = byte == '<' || byte == '&' || is_forbidden(byte);
  return bytes;
}

// Reads the text once. Unchanged text is copied in one piece when something after it changes; where
// nothing does, the text itself is what comes out.
class XmlRepairer {
 public:
  XmlRepairer(std::string xml, PredefinedReferences references)
      : text_(std::move(xml)),
        xml_(text_),
        references_(references),
        declares_entities_(xml_.find("<!ENTITY") != std::string_view::npos) {}

  std::string repair() && {
    replace(std::min(xml_.find('<'), xml_.size()), "");
    while (at_ < xml_.size()) {
      const char c = xml_[at_];
      if (c == '<') {
        repair_less_than();
      } else if (c == '&') {
        repair_ampersand();
      } else if (is_forbidden(static_cast<unsigned char>(c))) {
        replace(at_ + 1, "");
      } else {
        at_ = end_of_text();
      }
    }
    if (kept_ == 0) return std::move(text_);
    replace(xml_.size(), "");
    return std::move(repaired_);
  }

 private:
  std::size_t end_of_text() const {
    static constexpr std::array<bool, 256> special_bytes = make_special_byte_table();
    std::size_t end = at_;
    while (end < xml_.size() && !special_bytes[static_cast<unsigned char>(xml_[end])]) ++end;
    return end;
  }

  // Replaces everything up to `end` by `text`.
  void replace(std::size_t end, std::string_view text) {
    if (end > at_ || at_ == xml_.size()) {
      repaired_.reserve(xml_.size());
      repaired_ += xml_.substr(kept_, at_ - kept_);
      repaired_ += text;
      kept_ = end;
    }
    at_ = end;
  }

  void skip_to(std::size_t end) {
    while (at_ < end) {
      if (is_forbidden(static_cast<unsigned char>(xml_[at_]))) {
        replace(at_ + 1, "");
      } else {
        ++at_;
      }
    }
  }

  void skip_through(std::string_view closing) {
    const std::size_t end = xml_.find(closing, at_);
    skip_to(end == std::string_view::npos ? xml_.size() : end + closing.size());
  }

  void repair_less_than() {
    const std::string_view rest = xml_.substr(at_);
    if (rest.starts_with("<![CDATA[")) {
      skip_through("]]>");
    } else if (rest.starts_with("<!--")) {
      skip_through("-->");
    } else {
      const char next = rest.size() > 1 ? rest[1] : ' ';
      const bool markup = is_ascii_letter(next) || next == '/' || next == '!' || next == '?' || next == '_' ||
                          next == ':' || !is_ascii(next);
      if (markup) {
        ++at_;
      } else {
        replace(at_ + 1, "&lt;");
      }
    }
  }

  void repair_ampersand() {
    const std::size_t end = end_of_reference();
    if (end == 0) return replace(at_ + 1, "&amp;");
    const std::string name{xml_.substr(at_ + 1, end - at_ - 2)};
    if (name.starts_with('#') && !is_character(name)) return replace(end, "");
    const char predefined = character_of(name);
    if (predefined != '\0' && references_ == PredefinedReferences::by_number)
      return replace(end, "&#" + std::to_string(int{predefined}) + ';');
    const bool is_xml = name.starts_with('#') || predefined != '\0';
    const htmlEntityDesc* entity =
        is_xml ? nullptr : htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str()));
    if (is_xml || (entity == nullptr && declares_entities_)) {
      at_ = end;
    } else if (entity != nullptr) {
      replace(end, "&#" + std::to_string(entity->value) + ';');
    } else {
      replace(at_ + 1, "&amp;");
    }
  }

  // After the ';' of the reference that begins here; 0 where there is none.
  std::size_t end_of_reference() const {
    constexpr std::size_t max_reference_bytes = 40;
    std::size_t end = at_ + 1;
    if (end < xml_.size() && xml_[end] == '#') ++end;
    const std::size_t name = end;
    while (end < xml_.size() && end - at_ < max_reference_bytes && is_ascii_alphanumeric(xml_[end])) ++end;
    return end > name && end < xml_.size() && xml_[end] == ';' ? end + 1 : 0;
  }

  // Whether "#65" or "#x41" is a character that XML allows.
  static bool is_character(std::string_view name) {
    name.remove_prefix(1);
    const bool is_hexadecimal = name.starts_with('x');
    if (is_hexadecimal) name.remove_prefix(1);
    std::uint32_t code = 0;
    const auto [end, error] =
        std::from_chars(name.data(), name.data() + name.size(), code, is_hexadecimal ? 16 : 10);
    if (error != std::errc{} || end != name.data() + name.size()) return false;
    return !(code < 0x20 && is_forbidden(code)) && (code < 0xD800 || code > 0xDFFF) && code != 0xFFFE &&
           code != 0xFFFF && code <= 0x10FFFF;
  }

  // Of a predefined entity (XML 1.0 §4.6); NUL for another.
  static char character_of(std::string_view name) {
    switch (name.size()) {
      case 2:
        return name == "lt" ? '<' : name == "gt" ? '>' : '\0';
      case 3:
        return name == "amp" ? '&' : '\0';
      case 4:
        return name == "quot" ? '"' : name == "apos" ? '\'' : '\0';
      default:
        return '\0';
    }
  }

  std::string text_;
  std::string_view xml_;
  PredefinedReferences references_;
  bool declares_entities_;
  std::string repaired_;
  std::size_t at_ = 0;
  std::size_t kept_ = 0;  // up to here the text is in `repaired_`, or left out
};

}  // namespace

std::string repair_xml(std::string utf8, PredefinedReferences references) {
  return XmlRepairer{std::move(utf8), references}.repair();
}

}  // namespace stubkeeper::crawler
