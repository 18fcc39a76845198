#include "crawler/content.h"
#include "crawler/extract/boilerplate.h"
#include "crawler/extract/detect_non_content.h"
#include "crawler/extract/main_text.h"
#include "crawler/extract/metadata.h"
#include "crawler/extract/page_view.h"
#include "crawler/html/charset.h"
#include "crawler/html/parse.h"

namespace stubkeeper::crawler {

PageView::PageView(const PageTree& tree, std::string_view page_address)
    : page(tree),
      address(page_address),
      data(parse_structured_data(tree)),
      kind(classify_page(tree, data, page_address)),
      dropped(mark_boilerplate(tree, kind)),
      sizes(tree, dropped) {
  if (kind == PageKind::forum) posts = find_forum_posts(page, dropped, sizes);
}

Result<Content> parse_page(std::string_view bytes, std::string_view content_type, std::string_view address) {
  STUBKEEPER_ASSIGN(const PageTree page,
                    parse_html(to_utf8(bytes, content_type, CharsetDeclaration::html_meta)));
  const PageView view{page, address};
  Content content = extract_metadata(view);
  content.text = extract_main_text(view);
  content.non_content = detect_non_content(page, content, address);
  return content;
}

}  // namespace stubkeeper::crawler
