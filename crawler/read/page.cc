#include "crawler/content.h"
#include "crawler/read/boilerplate.h"
#include "crawler/read/charset.h"
#include "crawler/read/main_text.h"
#include "crawler/read/metadata.h"
#include "crawler/read/page_kind.h"
#include "crawler/read/page_tree.h"
#include "crawler/read/structured_data.h"

namespace stubkeeper::crawler {

Result<Content> read_page(std::string_view bytes, std::string_view content_type, std::string_view address) {
  STUBKEEPER_ASSIGN(const auto page,
                    PageTree::parse(to_utf8(bytes, content_type, CharsetDeclaration::html_meta)));
  const StructuredData data = structured_data_of(*page);
  const PageKind kind = page_kind_of(*page, data, address);
  const std::vector<bool> dropped = boilerplate_of(*page, kind);
  Content content = metadata_of(*page, dropped, data, address);
  content.text = main_text(*page, kind, dropped, data);
  return content;
}

}  // namespace stubkeeper::crawler
