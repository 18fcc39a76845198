#include <algorithm>

#include "base/text/utf8.h"
#include "cli/serve/addresses.h"
#include "cli/serve/page_layout.h"
#include "cli/serve/pages.h"
#include "kb/sources/snapshots.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

// More of a text is not put on a page; a quote has as much around it.
constexpr std::size_t max_shown_bytes = 400'000;

Markup highlight_range(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t from = 0;
  std::size_t to = text.size();
  if (text.size() > max_shown_bytes) {
    from = begin - std::min(begin, max_shown_bytes / 2);
    to = std::min(text.size(), end + max_shown_bytes / 2);
    while (from < text.size() && is_utf8_continuation(text[from])) ++from;
    while (to < text.size() && is_utf8_continuation(text[to])) --to;
  }
  const Markup cut_before = html_if(from != 0, R"(<p class="left-out">{} bytes before</p>
)",
                                    from);
  const Markup cut_after = to == text.size() ? Markup{}
                                             : html(R"(<p class="left-out">{} bytes behind</p>
)",
                                                    text.size() - to);
  const Markup quote =
      html_if(begin != end, R"(<mark id="quote" tabindex="-1">{}</mark>)", text.substr(begin, end - begin));
  return html(R"({}<div class="snapshot" dir="auto">{}{}{}</div>
{})",
              cut_before, text.substr(from, begin - from), quote, text.substr(end, to - end), cut_after);
}

}  // namespace

Result<Response> snapshot_page(const Visit& visit, const std::string& word) {
  const auto id = review::parse_id(word);
  if (!id) return Error{ErrorCode::not_found, "there is no snapshot " + word, "", ""};
  kb::Snapshots snapshots{visit.store()};
  STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(*id));
  STUBKEEPER_ASSIGN(const auto document, snapshots.get_document(snapshot.document_id));
  STUBKEEPER_ASSIGN(const std::string text, snapshots.text(snapshot));
  const auto offset = [&](const char* name) {
    const auto number = review::parse_id(visit.request.field(name));
    return std::min(number ? static_cast<std::size_t>(*number) : 0, text.size());
  };
  const std::size_t begin = offset("begin");
  const std::size_t end = std::max(begin, offset("end"));
  const auto change = review::parse_id(visit.request.field("for"));
  const Markup back =
      change
          ? html(
                R"(<p class="notice">The source of a quote. <a href="{}" data-key="b" data-escape aria-keyshortcuts="b">Back to change {} <kbd>b</kbd></a></p>
)",
                back_address(visit.browser.filter, *change), *change)
          : Markup{};
  const Markup go = html_if(begin != end, R"( · <a href="#quote">to the quote</a>)");
  return render_page(
      visit, {kb::name_of(snapshot, document), ""},
      html(R"({}<header class="where"><h1 dir="auto">{}</h1>
<p class="quiet"><span class="address">{}</span></p>
<p class="quiet">{} · fetched {} · as it was read then; it does not change{}</p></header>
{}<p class="quiet address">SHA-256 of this text {}</p>
)",
           back, kb::name_of(snapshot, document), external_link(document.address, document.address),
           review::format_publication_date(snapshot.published), date_markup(snapshot.fetched_at), go,
           highlight_range(text, begin, end), snapshot.text_sha256));
}

}  // namespace stubkeeper::cli
