#include "crawler/content.h"
#include "crawler/extract/main_text.h"
#include "crawler/extract/metadata.h"
#include "crawler/extract/non_content.h"
#include "crawler/html/charset.h"
#include "crawler/html/page_tree.h"
#include "crawler/html/page_view.h"

namespace stubkeeper::crawler {

Result<Content> parse_page(std::string_view bytes, std::string_view content_type, std::string_view address) {
  STUBKEEPER_ASSIGN(const auto page,
                    PageTree::parse(to_utf8(bytes, content_type, CharsetDeclaration::html_meta)));
  const PageView view{*page, address};
  Content content = extract_metadata(view);
  content.text = extract_main_text(view);
  content.non_content = detect_non_content(*page, content, address);
  return content;
}

}  // namespace stubkeeper::crawler
