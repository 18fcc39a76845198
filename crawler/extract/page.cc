#include "crawler/content.h"
#include "crawler/extract/main_text.h"
#include "crawler/extract/metadata.h"
#include "crawler/extract/not_content.h"
#include "crawler/html/charset.h"
#include "crawler/html/page_tree.h"
#include "crawler/html/page_view.h"

namespace stubkeeper::crawler {

Result<Content> read_page(std::string_view bytes, std::string_view content_type, std::string_view address) {
  STUBKEEPER_ASSIGN(const auto page,
                    PageTree::parse(to_utf8(bytes, content_type, CharsetDeclaration::html_meta)));
  const PageView view{*page, address};
  Content content = metadata_of(view);
  content.text = main_text(view);
  content.not_content = judge(*page, content, address);
  return content;
}

}  // namespace stubkeeper::crawler
