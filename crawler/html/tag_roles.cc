#include "crawler/html/tag_roles.h"

#include <array>
#include <utility>

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t tag_count = static_cast<std::size_t>(GUMBO_TAG_LAST) + 1;

constexpr std::array<TagRole, tag_count> roles() {
  std::array<TagRole, tag_count> roles{};
  const auto set = [&](TagRole role, auto... tags) { ((roles[static_cast<std::size_t>(tags)] = role), ...); };
  set(TagRole::text_content, GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_IFRAME);
  set(TagRole::block, GUMBO_TAG_ADDRESS, GUMBO_TAG_ARTICLE, GUMBO_TAG_ASIDE, GUMBO_TAG_BLOCKQUOTE,
      GUMBO_TAG_CENTER, GUMBO_TAG_DETAILS, GUMBO_TAG_DIV, GUMBO_TAG_DL, GUMBO_TAG_FIGCAPTION,
      GUMBO_TAG_FIGURE, GUMBO_TAG_FOOTER, GUMBO_TAG_HEADER, GUMBO_TAG_HGROUP, GUMBO_TAG_NAV, GUMBO_TAG_OL,
      GUMBO_TAG_P, GUMBO_TAG_SECTION, GUMBO_TAG_SUMMARY, GUMBO_TAG_UL);
  set(TagRole::preformatted, GUMBO_TAG_PRE);
  set(TagRole::heading, GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6);
  set(TagRole::list_item, GUMBO_TAG_LI);
  set(TagRole::description_item, GUMBO_TAG_DT, GUMBO_TAG_DD);
  set(TagRole::formatting, GUMBO_TAG_A, GUMBO_TAG_B, GUMBO_TAG_BIG, GUMBO_TAG_CODE, GUMBO_TAG_EM,
      GUMBO_TAG_FONT, GUMBO_TAG_I, GUMBO_TAG_S, GUMBO_TAG_SMALL, GUMBO_TAG_STRIKE, GUMBO_TAG_STRONG,
      GUMBO_TAG_TT, GUMBO_TAG_U);
  set(TagRole::phrase, GUMBO_TAG_ABBR, GUMBO_TAG_ACRONYM, GUMBO_TAG_AUDIO, GUMBO_TAG_BDI, GUMBO_TAG_BDO,
      GUMBO_TAG_CITE, GUMBO_TAG_DATA, GUMBO_TAG_DEL, GUMBO_TAG_DFN, GUMBO_TAG_INS, GUMBO_TAG_KBD,
      GUMBO_TAG_MARK, GUMBO_TAG_Q, GUMBO_TAG_SAMP, GUMBO_TAG_SPAN, GUMBO_TAG_SUB, GUMBO_TAG_SUP,
      GUMBO_TAG_TIME, GUMBO_TAG_VAR, GUMBO_TAG_VIDEO, GUMBO_TAG_UNKNOWN);
  set(TagRole::rule, GUMBO_TAG_HR);
  set(TagRole::empty, GUMBO_TAG_BR, GUMBO_TAG_EMBED, GUMBO_TAG_IMG, GUMBO_TAG_SOURCE, GUMBO_TAG_TRACK,
      GUMBO_TAG_WBR);
  set(TagRole::table, GUMBO_TAG_TABLE);
  set(TagRole::caption, GUMBO_TAG_CAPTION);
  set(TagRole::column_group, GUMBO_TAG_COLGROUP);
  set(TagRole::column, GUMBO_TAG_COL);
  set(TagRole::row_group, GUMBO_TAG_TBODY, GUMBO_TAG_THEAD, GUMBO_TAG_TFOOT);
  set(TagRole::row, GUMBO_TAG_TR);
  set(TagRole::cell, GUMBO_TAG_TD, GUMBO_TAG_TH);
  return roles;
}

}  // namespace

TagRole role_of(GumboTag tag) {
  static constexpr std::array<TagRole, tag_count> by_tag = roles();
  return by_tag[static_cast<std::size_t>(tag)];
}

}  // namespace stubkeeper::crawler
