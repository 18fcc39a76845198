#include "review/quotes.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "entries/word_diff.h"
#include "kb/sources/sources.h"
#include "llm/extractive/sentences.h"
#include "llm/verification/quote_context.h"
#include "llm/verification/stance.h"
#include "review/quote_link.h"

namespace stubkeeper::review {
namespace {

constexpr std::size_t max_line_length = 240;  // characters of a line beside the quote
constexpr std::size_t max_affix_bytes = 400;  // bytes of the quote's own sentence on each side

// A line of a snapshot's text without the mark of a heading, item or block quote.
std::string_view strip_block_marker(std::string_view line) {
  const std::size_t level = std::min(line.find_first_not_of('#'), line.size());
  if (level > 0 && level < line.size() && line[level] == ' ') return line.substr(level + 1);
  if (line.starts_with("- ") || line.starts_with("> ")) return line.substr(2);
  return line;
}

std::string_view last_sentence(std::string_view line) {
  const auto sentences = llm::split_passage_sentences(line);
  return sentences.empty() ? line : sentences.back();
}

std::string_view first_sentence(std::string_view line) {
  const auto sentences = llm::split_passage_sentences(line);
  return sentences.empty() ? line : sentences.front();
}

// The nearest line with text before a place, or after it.
std::string_view preceding_line(std::string_view text, std::size_t place) {
  std::string_view rest = trim_ascii(text.substr(0, place));
  const std::size_t begin = rest.rfind('\n');
  return strip_block_marker(begin == std::string_view::npos ? rest : rest.substr(begin + 1));
}

std::string_view find_following_line(std::string_view text, std::size_t place) {
  std::string_view rest = trim_ascii(text.substr(place));
  return strip_block_marker(rest.substr(0, rest.find('\n')));
}

// The end of a long sentence that is next to the quote, cut at a space.
std::string truncate_front(std::string_view part) {
  if (part.size() <= max_affix_bytes) return to_single_line(part);
  std::size_t begin = part.size() - max_affix_bytes;
  while (begin < part.size() && part[begin] != ' ') ++begin;
  return "…" + to_single_line(part.substr(begin));
}

std::string truncate_back(std::string_view part) {
  if (part.size() <= max_affix_bytes) return to_single_line(part);
  const std::size_t space = part.rfind(' ', max_affix_bytes);
  return to_single_line(part.substr(0, space == std::string_view::npos ? 0 : space)) + " …";
}

// The latest date on which, by a sentence, something happened; "" for none.
std::string latest_mentioned_date(std::string_view sentence, std::string_view fetched) {
  constexpr std::size_t year_and_month = 7;  // no quarter, no day of an unknown year
  const auto marks = llm::find_stance_cues(sentence);
  std::string latest;
  for (const DateMention& mention : find_dates(sentence)) {
    const bool is_hypothetical = std::any_of(marks.begin(), marks.end(), [&](const llm::StanceCue& mark) {
      if (mark.stance != llm::Stance::planned && mark.stance != llm::Stance::possible) return false;
      const auto begin = static_cast<std::size_t>(mark.scope.data() - sentence.data());
      return mention.begin >= begin && mention.begin < begin + mark.scope.size();
    });
    if (is_hypothetical || iso_date_prefix(mention.date).size() < year_and_month ||
        is_later_date(mention.date, fetched))
      continue;
    latest = std::max(latest, mention.date);
  }
  return latest;
}

// The kind of a document, for people.
const char* document_kind_name(std::string_view kind, const kb::Snapshot& snapshot) {
  if (kind == "pdf" || snapshot.content_type.starts_with("application/pdf")) return "PDF";
  if (kind == "feed") return "feed entry";
  return kind == "file" ? "file" : "page";
}

std::string anachronism_note(kb::Store& store, const kb::Snapshot& page, const ItemQuote& quote) {
  const QuoteContext& context = quote.context;
  const std::string sentence = context.prefix + context.quote + context.suffix;
  if (!is_anachronistic(page, sentence)) return "";
  const auto first = kb::find_first_seen(store, page, quote.citation.quote);
  // `doctor` names an older snapshot that is damaged.
  return explain_anachronism(page, sentence, first.ok() ? std::optional{*first} : std::nullopt);
}

}  // namespace

const std::string& source_name(const kb::Snapshot& snapshot, const kb::DocumentRecord& document) {
  if (!snapshot.title.empty()) return snapshot.title;
  return snapshot.site_name.empty() ? document.address : snapshot.site_name;
}

QuoteContext extract_quote_context(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t block_begin = begin == 0 ? std::string_view::npos : text.rfind('\n', begin - 1);
  block_begin = block_begin == std::string_view::npos ? 0 : block_begin + 1;
  const std::size_t block_end = std::min(text.find('\n', end), text.size());
  const std::string_view block = text.substr(block_begin, block_end - block_begin);
  const auto around = llm::find_surrounding_sentences(block, begin - block_begin, end - block_begin);

  QuoteContext context;
  context.quote = to_single_line(text.substr(begin, end - begin));
  const bool starts_block = around.before.size() == begin - block_begin;
  context.prefix = truncate_front(starts_block ? strip_block_marker(around.before) : around.before);
  context.suffix = truncate_back(around.after);
  const std::string_view earlier =
      trim_ascii(text.substr(block_begin, begin - around.before.size() - block_begin));
  const std::string_view before =
      !entries::has_word(earlier) ? last_sentence(preceding_line(text, block_begin)) : last_sentence(earlier);
  const std::string_view after = trim_ascii(around.next).empty()
                                     ? first_sentence(find_following_line(text, block_end))
                                     : trim_ascii(around.next);
  context.preceding_line = truncate_at_word(to_valid_utf8(to_single_line(before)), max_line_length);
  context.following_line = truncate_at_word(to_valid_utf8(to_single_line(after)), max_line_length);
  return context;
}

bool is_anachronistic(const kb::Snapshot& page, std::string_view sentence) {
  if (page.published.empty()) return false;
  const std::string mentioned = latest_mentioned_date(sentence, iso_date(page.fetched_at));
  return !mentioned.empty() && is_later_date(mentioned, page.published);
}

std::string explain_anachronism(const kb::Snapshot& page, std::string_view sentence,
                                const std::optional<kb::FirstSeen>& first) {
  if (first && first->was_absent_before)
    return "the page was changed since; these words were first seen on " + iso_date(first->at);
  const std::string mentioned = latest_mentioned_date(sentence, iso_date(page.fetched_at));
  if (!page.modified.empty() && !is_later_date(mentioned, page.modified))
    return "the page was changed since, by its own word on " +
           page.modified.substr(0, page.modified.find('T'));
  return "published before what it tells: the page must have been changed since, unless this was a plan";
}

Result<QuoteReader::Origin*> QuoteReader::load_origin(kb::Id snapshot_id) {
  if (const auto known = origins_.find(snapshot_id); known != origins_.end()) return &known->second;
  kb::Snapshots snapshots{store_};
  Origin origin;
  STUBKEEPER_ASSIGN(origin.snapshot, snapshots.get(snapshot_id));
  STUBKEEPER_ASSIGN(origin.document, snapshots.get_document(origin.snapshot.document_id));
  return &origins_.emplace(snapshot_id, std::move(origin)).first->second;
}

Status QuoteReader::add_source(ItemQuote& quote) {
  STUBKEEPER_ASSIGN(const Origin* origin, load_origin(quote.citation.snapshot_id));
  const kb::Snapshot& snapshot = origin->snapshot;
  quote.snapshot_sha256 = snapshot.text_sha256;
  ItemSource& source = quote.source;
  source.source_id = origin->document.source_id;
  source.title = snapshot.title;
  source.site_name = snapshot.site_name;
  source.address = source.quote_link = origin->document.address;
  source.name = source_name(snapshot, origin->document);
  source.published = snapshot.published;
  source.fetched_at = snapshot.fetched_at;
  // The page of a damaged text is not known; the quote still has its source.
  const auto page = kb::Snapshots{store_}.page_of(snapshot, quote.citation.begin_byte);
  if (page.ok()) source.page = *page;
  return {};
}

Status QuoteReader::add_context(const entries::Subject& subject, ItemQuote& quote) {
  STUBKEEPER_ASSIGN(Origin * origin, load_origin(quote.citation.snapshot_id));
  const kb::Snapshot& snapshot = origin->snapshot;
  if (origin->text.empty()) {
    STUBKEEPER_ASSIGN(origin->text, kb::Snapshots{store_}.text(snapshot));
  }
  ItemSource& source = quote.source;
  const std::size_t begin = quote.citation.begin_byte;
  const std::size_t end = quote.citation.end_byte;
  if (begin > end || end > origin->text.size())
    return Error{ErrorCode::corrupt, "the quote's place is not in its snapshot", source.address, ""};
  STUBKEEPER_ASSIGN(const auto from, kb::Sources{store_}.get(source.source_id));
  source.kind = document_kind_name(from.kind, snapshot);
  const auto publisher =
      entries::classify_publisher(store_.conventions().publishers, source.address, source.site_name, subject);
  source.publisher = entries::publisher_kind_name(publisher.kind);
  source.is_address_verified = publisher.is_address_verified;
  source.quote_link = quote_link(source.address, origin->text, begin, end, source.page);
  quote.context = extract_quote_context(origin->text, begin, end);
  source.anachronism_note = anachronism_note(store_, snapshot, quote);
  return {};
}

ItemQuote QuoteReader::read(const kb::Citation& citation) {
  ItemQuote quote;
  quote.citation = citation;
  quote.context.quote = citation.quote;
  if (const Status found = add_source(quote); !found.ok()) quote.problem = found.error().text();
  return quote;
}

ItemQuote QuoteReader::read_in_context(const kb::Citation& citation, const entries::Subject& subject) {
  ItemQuote quote = read(citation);
  if (!quote.problem.empty()) return quote;
  if (const Status found = add_context(subject, quote); !found.ok()) quote.problem = found.error().text();
  return quote;
}

}  // namespace stubkeeper::review
