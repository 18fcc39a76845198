#include <fmt/format.h>

#include <algorithm>

#include "cli/serve/addresses.h"
#include "cli/serve/frame.h"
#include "cli/serve/pages.h"
#include "cli/serve/review_place.h"
#include "kb/sources/snapshots.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

// More of a text is not put on a page; a quote has as much around it.
constexpr std::size_t most_shown = 400'000;

bool is_within_character(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

Markup marked_text(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t from = 0;
  std::size_t to = text.size();
  if (text.size() > most_shown) {
    from = begin - std::min(begin, most_shown / 2);
    to = std::min(text.size(), end + most_shown / 2);
    while (is_within_character(text, from)) ++from;
    while (is_within_character(text, to)) --to;
  }
  const Markup cut_before = from == 0 ? Markup{}
                                      : html(R"(<p class="left-out">{} bytes before</p>
)",
                                             from);
  const Markup cut_after = to == text.size() ? Markup{}
                                             : html(R"(<p class="left-out">{} bytes behind</p>
)",
                                                    text.size() - to);
  const Markup quote =
      begin == end ? Markup{}
                   : html(R"(<mark id="quote" tabindex="-1">{}</mark>)", text.substr(begin, end - begin));
  return html(R"({}<div class="snapshot">{}{}{}</div>
{})",
              cut_before, text.substr(from, begin - from), quote, text.substr(end, to - end), cut_after);
}

}  // namespace

Result<Answer> snapshot_page(const Visit& visit, const std::string& word) {
  const auto id = number_of(word);
  if (!id) return Error{ErrorCode::not_found, "there is no snapshot " + word, "", ""};
  kb::Snapshots snapshots{visit.store()};
  STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(*id));
  STUBKEEPER_ASSIGN(const auto document, snapshots.get_document(snapshot.document_id));
  STUBKEEPER_ASSIGN(const std::string text, snapshots.text(snapshot));
  const auto offset = [&](const char* name) {
    const auto number = number_of(visit.request.field(name));
    return std::min(number ? static_cast<std::size_t>(*number) : 0, text.size());
  };
  const std::size_t begin = offset("begin");
  const std::size_t end = std::max(begin, offset("end"));
  const auto change = number_of(visit.request.field("for"));
  const Markup back =
      change
          ? html(
                R"(<p class="notice">The source of a quote. <a href="{}" data-key="b" data-escape aria-keyshortcuts="b">Back to change {} <kbd>b</kbd></a></p>
)",
                way_back(visit, *change), *change)
          : Markup{};
  const Markup go = begin == end ? Markup{} : html(R"( · <a href="#quote">to the quote</a>)");
  return framed(visit, {kb::name_of(snapshot, document), ""},
                html(R"({}<header class="where"><h1>{}</h1>
<p class="quiet"><span class="address">{}</span></p>
<p class="quiet">{} · fetched {} · as it was read then; it does not change{}</p></header>
{}<p class="quiet address">SHA-256 of this text {}</p>
)",
                     back, kb::name_of(snapshot, document), outside_link(document.address, document.address),
                     review::published_in_words(snapshot.published), date_of(snapshot.fetched_at), go,
                     marked_text(text, begin, end), snapshot.text_sha256));
}

}  // namespace stubkeeper::cli
