#include "base/text/sentences.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/ures.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "base/text/ascii.h"
#include "base/text/strings.h"

namespace stubkeeper {
namespace {

// Words that a full stop follows within a sentence, beside CLDR's: of companies, titles, references, dates.
constexpr auto abbreviations = std::to_array<std::string_view>(
    {"Inc", "Corp", "Co",   "Ltd",  "LLC",  "Bros", "Cie",  "Mr",  "Mrs",  "Ms",   "Dr",     "Prof",
     "Sr",  "Jr",   "St",   "Mt",   "Ft",   "Gen",  "Col",  "Lt",  "Capt", "Sgt",  "Gov",    "Sen",
     "Rep", "Hon",  "Rev",  "Dept", "Univ", "Inst", "Assn", "vs",  "No",   "Nos",  "Fig",    "Figs",
     "Eq",  "Sec",  "Ch",   "Vol",  "pp",   "ed",   "eds",  "al",  "etc",  "ca",   "approx", "Approx",
     "est", "Est",  "incl", "inc",  "corp", "ltd",  "co",   "fig", "vol",  "dept", "Jan",    "Feb",
     "Mar", "Apr",  "Jun",  "Jul",  "Aug",  "Sep",  "Sept", "Oct", "Nov",  "Dec",  "Nr",     "bzw",
     "usw", "vgl",  "Mio",  "Mrd",  "Tsd",  "Abs",  "Art",  "Kap", "Hrsg", "Mme",  "Mlle",   "Sra"});

// Words of CLDR's lists for English that end sentences more often than they are abbreviated here.
constexpr auto common_words_among_suppressions = std::to_array<std::string_view>(
    {"AA", "AB",  "AD",  "Act",  "All",  "As",   "By", "DC", "Do", "Go", "Hat", "Hz",  "Id", "In",
     "Is", "Job", "Joe", "Link", "Long", "Mart", "OK", "Ok", "On", "Or", "PC",  "Pro", "To", "Up"});

// The rules of one language. Slow to make, so that each thread keeps them.
struct Language {
  std::unique_ptr<icu::BreakIterator> breaks;
  std::set<std::string, std::less<>> abbreviations;
};

// CLDR's suppressions (UTS #35, part 4), which icu::FilteredBreakIteratorBuilder reads too; its
// filter would take the end of a word for one ("ERCOT." for "T.").
void add_suppressions(Language& language, const char* locale) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::LocalUResourceBundlePointer breaks{ures_open(U_ICUDATA_NAME "-brkitr", locale, &status)};
  const icu::LocalUResourceBundlePointer exceptions{
      ures_getByKey(breaks.getAlias(), "exceptions", nullptr, &status)};
  const icu::LocalUResourceBundlePointer list{
      ures_getByKey(exceptions.getAlias(), "SentenceBreak", nullptr, &status)};
  if (U_FAILURE(status)) return;
  for (int i = 0; i < ures_getSize(list.getAlias()); ++i) {
    std::int32_t length = 0;
    const UChar* text = ures_getStringByIndex(list.getAlias(), i, &length, &status);
    if (U_FAILURE(status)) return;
    std::string word;
    icu::UnicodeString{text, length}.toUTF8String(word);
    word.pop_back();  // its full stop
    if (!contains(common_words_among_suppressions, word)) language.abbreviations.insert(std::move(word));
  }
}

const Language& language_of(std::string_view tag) {
  thread_local std::map<std::string, Language, std::less<>> languages;
  if (tag.empty()) tag = "en";
  if (const auto known = languages.find(tag); known != languages.end()) return known->second;
  constexpr std::size_t max_languages = 50;  // tags come from pages
  if (languages.size() == max_languages) languages.clear();
  Language& language = languages[std::string{tag}];
  UErrorCode status = U_ZERO_ERROR;
  const auto locale = icu::Locale::forLanguageTag(
      icu::StringPiece{tag.data(), static_cast<std::int32_t>(tag.size())}, status);
  status = U_ZERO_ERROR;
  language.breaks.reset(icu::BreakIterator::createSentenceInstance(locale, status));
  add_suppressions(language, locale.getLanguage()[0] == '\0' ? "en" : locale.getName());
  language.abbreviations.insert(abbreviations.begin(), abbreviations.end());
  return language;
}

constexpr std::string_view closing_marks[] = {"\"", "'", ")", "]", "*", "_", "”", "’", "»", "›"};
constexpr std::string_view opening_marks[] = {"\"", "'", "(", "[", "*", "_", "“", "‘", "«", "‹", "„"};
constexpr std::string_view currency_signs[] = {"$", "€", "£", "¥"};

std::string_view without_opening_marks(std::string_view text) {
  for (std::size_t before = 0; before != text.size();) {
    before = text.size();
    for (const std::string_view mark : opening_marks)
      if (text.starts_with(mark)) text.remove_prefix(mark.size());
  }
  return text;
}

std::string_view without_closing_marks(std::string_view text) {
  for (std::size_t before = 0; before != text.size();) {
    before = text.size();
    for (const std::string_view mark : closing_marks)
      if (text.ends_with(mark)) text.remove_suffix(mark.size());
  }
  return text;
}

// The text as ICU gets it, of the same length: line ends within a paragraph become spaces, emphasis
// that closes after a stop a quotation mark, the beginning of a figure after a stop a capital.
std::string prepare(std::string_view text) {
  std::string prepared{text};
  enum class Position { elsewhere, after_stop, after_space } position = Position::elsewhere;
  for (std::size_t i = 0; i < prepared.size(); ++i) {
    char& c = prepared[i];
    const bool in_paragraph =
        c == '\n' && (i == 0 || text[i - 1] != '\n') && (i + 1 == text.size() || text[i + 1] != '\n');
    if (in_paragraph) c = ' ';
    if (c == '.' || c == '!' || c == '?') {
      position = Position::after_stop;
    } else if (position == Position::elsewhere) {
      continue;
    } else if (is_ascii_space(c)) {
      position = Position::after_space;
    } else if (position == Position::after_stop && (c == '*' || c == '_')) {
      c = '"';
    } else if (position == Position::after_space) {
      const std::string_view rest = text.substr(i);
      const std::string_view start = without_opening_marks(rest.substr(0, 16));
      i += std::min<std::size_t>(rest.size(), 16) - start.size();
      const auto sign = std::find_if(std::begin(currency_signs), std::end(currency_signs),
                                     [&](std::string_view each) { return start.starts_with(each); });
      const std::size_t size = sign != std::end(currency_signs)             ? sign->size()
                               : !start.empty() && is_ascii_digit(start[0]) ? 1
                                                                            : 0;
      std::fill_n(prepared.begin() + static_cast<std::ptrdiff_t>(i), size, 'A');
      position = Position::elsewhere;
    } else if (is_ascii(c) && !contains(std::string_view{"\"')]"}, c)) {
      position = Position::elsewhere;
    }
  }
  return prepared;
}

// "e.g", "U.S", "Ph.D": one or two letters between stops.
bool is_dotted(std::string_view word) {
  if (word.find('.') == std::string_view::npos) return false;
  const auto parts = split_nonempty(word, ".");
  return std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
    return part.size() <= 2 && std::all_of(part.begin(), part.end(), is_ascii_letter);
  });
}

// Whether a sentence ends where ICU ends one, with the rest after it.
bool ends_sentence(const Language& language, std::string_view sentence, std::string_view rest) {
  const std::string_view trimmed = trim_ascii(sentence);
  std::string_view words = without_closing_marks(trimmed);
  const char stop = words.empty() ? ' ' : words.back();
  // Another script's stop, or a line's end. Elsewhere, as in "![i](x)", ICU counts what opens as what closes.
  if (stop != '.' && stop != '!' && stop != '?')
    return !is_ascii(stop) ||
           sentence.find('\n', sentence.find_last_not_of(" \t\r\n") + 1) != std::string_view::npos;
  if (trimmed.size() == sentence.size() || std::none_of(words.begin(), words.end(), is_letter_byte))
    return false;
  const std::string_view next = without_opening_marks(rest);
  UChar32 first = 0;
  std::int32_t at = 0;
  const auto size = static_cast<std::int32_t>(std::min<std::size_t>(next.size(), 4));
  if (size > 0) U8_NEXT(reinterpret_cast<const std::uint8_t*>(next.data()), at, size, first);
  if (u_islower(first) != 0) return false;
  if (stop != '.') return true;
  words.remove_suffix(1);
  std::size_t begin = words.size();
  while (begin > 0 && (is_word_byte(words[begin - 1]) || words[begin - 1] == '.')) --begin;
  const std::string_view word = words.substr(begin);
  const bool is_initial = word.size() == 1 && is_ascii_upper(word[0]);
  if (!is_initial && !is_dotted(word) && !language.abbreviations.contains(word)) return true;
  // "... in the U.S. The plant ..." ends a sentence, "... of the U.S. Navy ..." does not.
  return !is_initial &&
         starts_with_any(rest, {"The ", "It ", "This ", "In ", "A ", "He ", "She ", "They ", "Its "});
}

}  // namespace

std::vector<std::string_view> split_sentences(std::string_view text, std::string_view tag) {
  std::vector<std::string_view> sentences;
  const auto add = [&](std::size_t begin, std::size_t end) {
    if (const std::string_view sentence = trim_ascii(text.substr(begin, end - begin)); !sentence.empty())
      sentences.push_back(sentence);
  };
  const Language& language = language_of(tag);
  const std::string prepared = prepare(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::LocalUTextPointer icu_text{
      utext_openUTF8(nullptr, prepared.data(), static_cast<std::int64_t>(prepared.size()), &status)};
  if (language.breaks != nullptr) language.breaks->setText(icu_text.getAlias(), status);
  std::size_t begin = 0;
  if (language.breaks != nullptr && U_SUCCESS(status)) {
    for (int at = language.breaks->first(); at != icu::BreakIterator::DONE; at = language.breaks->next()) {
      const auto end = static_cast<std::size_t>(at);
      if (end == begin || !ends_sentence(language, text.substr(begin, end - begin), text.substr(end)))
        continue;
      add(begin, end);
      begin = end;
    }
  }
  add(begin, text.size());
  return sentences;
}

}  // namespace stubkeeper
