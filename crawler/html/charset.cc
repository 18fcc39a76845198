#include "crawler/html/charset.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <utility>

#include "base/text/ascii.h"
#include "base/text/utf8.h"
#include "crawler/http/header_fields.h"

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t max_declaration_bytes = 4096;

std::string_view value_after(std::string_view text, std::string_view key) {
  for (std::size_t at = 0; at + key.size() < text.size(); ++at) {
    if (!starts_with_ignoring_case(text.substr(at), key)) continue;
    std::string_view rest = trim_ascii(text.substr(at + key.size()));
    if (rest.empty() || rest.front() != '=') continue;
    rest = trim_ascii(rest.substr(1));
    if (!rest.empty() && (rest.front() == '"' || rest.front() == '\'')) rest.remove_prefix(1);
    const auto end = std::find_if(rest.begin(), rest.end(), [](char c) {
      return is_ascii_space(c) || c == '"' || c == '\'' || c == ';' || c == '>' || c == '/' || c == '?';
    });
    return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  }
  return {};
}

std::string meta_charset(std::string_view bytes) {
  std::string_view head = bytes.substr(0, max_declaration_bytes);
  for (std::size_t at = 0; (at = head.find('<', at)) != std::string_view::npos; ++at) {
    if (!starts_with_ignoring_case(head.substr(at), "<meta")) continue;
    const std::size_t end = std::min(head.find('>', at), head.size());
    const std::string_view found = value_after(head.substr(at, end - at), "charset");
    if (!found.empty()) return ascii_lower(found);
  }
  return "";
}

std::string xml_declared_encoding(std::string_view bytes) {
  const std::string_view head = trim_ascii(bytes.substr(0, max_declaration_bytes));
  if (!head.starts_with("<?xml")) return "";
  return ascii_lower(value_after(head.substr(0, head.find("?>")), "encoding"));
}

// ICU's converter for a label, after the Encoding Standard's table where that differs from ICU's
// reading; "" for others.
std::string icu_converter_name(std::string_view label) {
  using Labels = std::pair<std::string_view, std::string_view>;
  constexpr std::array converters{
      Labels{"windows-1252", " ascii us-ascii iso-8859-1 iso8859-1 latin1 iso_8859-1 cp1252 "},
      Labels{"windows-1254", " iso-8859-9 latin5 "},
      Labels{"windows-874", " iso-8859-11 tis-620 "},
      Labels{"gb18030", " gb2312 gbk x-gbk "},
      Labels{"windows-31j", " shift_jis shift-jis sjis x-sjis "},
      Labels{"windows-949", " euc-kr ks_c_5601-1987 "}};
  for (const auto& [converter, labels] : converters) {
    if (labels.find(' ' + std::string{label} + ' ') != std::string_view::npos) return std::string{converter};
  }
  for (const std::string_view start : {"windows-", "iso-8859-", "koi8-", "macintosh", "gb18030", "big5",
                                       "euc-jp", "iso-2022-jp", "ibm866", "cp125"}) {
    if (label.starts_with(start)) return std::string{label};
  }
  return "";
}

std::string convert_to_utf8(std::string_view bytes, const std::string& converter) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, void (*)(UConverter*)> open{ucnv_open(converter.c_str(), &status),
                                                                ucnv_close};
  if (U_FAILURE(status) || bytes.size() > static_cast<std::size_t>(INT32_MAX)) return to_valid_utf8(bytes);
  const icu::UnicodeString text{bytes.data(), static_cast<int32_t>(bytes.size()), open.get(), status};
  if (U_FAILURE(status)) return to_valid_utf8(bytes);
  std::string utf8;
  text.toUTF8String(utf8);
  return to_valid_utf8(utf8);
}

// Whether bytes labelled as UTF-8 have no well-formed character outside of ASCII, only ill-formed
// ones: windows-1252. For feeds, which are put together from parts more often than pages.
bool is_mislabeled_windows_1252(std::string_view bytes) {
  std::size_t invalid_bytes = 0;
  while (const auto invalid = first_invalid_utf8(bytes)) {
    const std::string_view before = bytes.substr(0, *invalid);
    if (std::any_of(before.begin(), before.end(), [](char c) { return !is_ascii(c); })) return false;
    ++invalid_bytes;
    bytes.remove_prefix(*invalid + 1);
  }
  return invalid_bytes > 0 && std::none_of(bytes.begin(), bytes.end(), [](char c) { return !is_ascii(c); });
}

}  // namespace

std::string to_utf8(std::string_view bytes, std::string_view content_type, CharsetDeclaration declaration) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return to_valid_utf8(bytes.substr(3));
  if (bytes.starts_with(std::string_view{"\xFF\xFE\0\0", 4}))
    return convert_to_utf8(bytes.substr(4), "UTF-32LE");
  if (bytes.starts_with(std::string_view{"\0\0\xFE\xFF", 4}))
    return convert_to_utf8(bytes.substr(4), "UTF-32BE");
  if (bytes.starts_with("\xFE\xFF")) return convert_to_utf8(bytes.substr(2), "UTF-16BE");
  if (bytes.starts_with("\xFF\xFE")) return convert_to_utf8(bytes.substr(2), "UTF-16LE");
  if (declaration == CharsetDeclaration::xml_declaration) {
    // XML 1.0, appendix F: UTF-16 without a BOM, by its first "<".
    if (bytes.starts_with(std::string_view{"<\0", 2})) return convert_to_utf8(bytes, "UTF-16LE");
    if (bytes.starts_with(std::string_view{"\0<", 2})) return convert_to_utf8(bytes, "UTF-16BE");
  }

  std::string declared = declaration == CharsetDeclaration::html_meta         ? meta_charset(bytes)
                         : declaration == CharsetDeclaration::xml_declaration ? xml_declared_encoding(bytes)
                                                                              : "";
  // A declaration that could be read byte by byte is in no UTF-16.
  if (declared.starts_with("utf-16")) declared = "utf-8";
  for (const std::string& label : {parse_media_type(content_type).charset, declared}) {
    if (label == "utf-8" || label == "utf8") {
      const bool is_mislabeled =
          declaration == CharsetDeclaration::xml_declaration && is_mislabeled_windows_1252(bytes);
      return is_mislabeled ? convert_to_utf8(bytes, "windows-1252") : to_valid_utf8(bytes);
    }
    if (label == "utf-16be") return convert_to_utf8(bytes, "UTF-16BE");
    if (label == "utf-16le" || label == "utf-16") return convert_to_utf8(bytes, "UTF-16LE");
    const std::string converter = icu_converter_name(label);
    if (!converter.empty()) return convert_to_utf8(bytes, converter);
  }
  return first_invalid_utf8(bytes) ? convert_to_utf8(bytes, "windows-1252") : to_valid_utf8(bytes);
}

}  // namespace stubkeeper::crawler
