#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::crawler {

// A start tag of ill-formed XML, as its writer meant it.
struct XmlTag {
  struct Attribute {
    std::string_view name;
    std::string_view value;
  };
  std::string_view name;
  std::vector<Attribute> attributes;  // each name once, as it is first given
  bool is_empty = false;              // "<a/>"
  std::size_t end = 0;                // behind its ">"

  // Well-formed, with all values quoted.
  std::string text() const;
};

// The tag at `begin`, where `xml` has a "<". Values without quotes or with one alone are read, as HTML has
// them. Nothing where the "<" begins no tag: "<3", "<pump-2023</title>", "<jane@example.org>".
std::optional<XmlTag> read_xml_tag(std::string_view xml, std::size_t begin);

// The name of an element at `begin`; "" where none begins there.
std::string_view read_xml_name(std::string_view xml, std::size_t begin);

}  // namespace stubkeeper::crawler
