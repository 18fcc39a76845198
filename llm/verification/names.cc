#include "llm/verification/names.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text/ascii.h"
#include "base/text/calendar_words.h"
#include "base/text/strings.h"
#include "llm/verification/figures.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

// Lower case without accents: "Zürich" is "zurich", "Ørsted" stays "ørsted".
std::string folded(std::string_view word) {
  if (is_all_ascii(word)) return ascii_lower(word);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
  icu::UnicodeString text =
      icu::UnicodeString::fromUTF8(icu::StringPiece{word.data(), static_cast<int32_t>(word.size())});
  if (U_SUCCESS(status)) text = nfkd->normalize(text, status);
  icu::UnicodeString bare;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (u_charType(c) != U_NON_SPACING_MARK) bare.append(c);
  }
  bare.foldCase();
  std::string result;
  bare.toUTF8String(result);
  return result;
}

bool begins_with_capital(std::string_view word) {
  if (is_ascii(word[0])) return is_ascii_upper(word[0]);
  const icu::UnicodeString text =
      icu::UnicodeString::fromUTF8(icu::StringPiece{word.data(), static_cast<int32_t>(word.size())});
  return !text.isEmpty() && u_isupper(text.char32At(0)) != 0;
}

bool is_weekday(const std::string& word) {
  static constexpr std::array days = std::to_array<std::string_view>(
      {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"});
  return contains(days, word);
}

// The country or region of a word for its people or things, or nothing.
std::string_view country_of_adjective(std::string_view adjective) {
  static constexpr std::array lands = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"american", "america"},  {"australian", "australia"},
      {"austrian", "austria"},  {"belgian", "belgium"},
      {"brazilian", "brazil"},  {"british", "britain"},
      {"canadian", "canada"},   {"chinese", "china"},
      {"czech", "czechia"},     {"danish", "denmark"},
      {"dutch", "netherlands"}, {"estonian", "estonia"},
      {"european", "europe"},   {"finnish", "finland"},
      {"french", "france"},     {"german", "germany"},
      {"icelandic", "iceland"}, {"indian", "india"},
      {"irish", "ireland"},     {"israeli", "israel"},
      {"italian", "italy"},     {"japanese", "japan"},
      {"korean", "korea"},      {"norwegian", "norway"},
      {"polish", "poland"},     {"portuguese", "portugal"},
      {"scottish", "scotland"}, {"spanish", "spain"},
      {"swedish", "sweden"},    {"swiss", "switzerland"},
      {"taiwanese", "taiwan"},  {"ukrainian", "ukraine"},
      {"us", "america"},        {"uk", "britain"},
      {"eu", "europe"},
  });
  for (const auto& [word, land] : lands) {
    if (word == adjective) return land;
  }
  return {};
}

// "and", "of" and "for" are parts of names, but not of their initials.
bool joins_names(std::string_view word) {
  return word == "of" || word == "and" || word == "for" || word == "the" || word == "de" || word == "&";
}

struct Name {
  Word word;
  bool follows = false;  // right after the name before it
};

// Whether a sentence ends between two words.
bool sentence_ends(std::string_view between) {
  return between.find_first_of(".!?:\"\n") != std::string_view::npos ||
         between.find("\xE2\x80\x9C") != std::string_view::npos;
}

bool is_unit_of_figure(std::string_view text, const std::vector<Word>& words, std::size_t i) {
  if (i == 0 || normalize_unit(words[i].text).empty()) return false;
  const Word& before = words[i - 1];
  return is_ascii_digit(before.text.back()) && words[i].begin - before.end() <= 2 &&
         text.substr(before.end(), words[i].begin - before.end()).find('.') == std::string_view::npos;
}

std::vector<Name> find_name_spans(std::string_view text) {
  std::vector<Name> names;
  const auto words = split_words(text);
  bool sentence_begins = true;
  bool after_name = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Word& word = words[i];
    const std::size_t before = i == 0 ? 0 : words[i - 1].end();
    const std::string_view between = text.substr(before, word.begin - before);
    if (sentence_ends(between)) sentence_begins = true;
    const std::string lower = ascii_lower(word.text);
    const bool capital = begins_with_capital(word.text);
    const bool inner = std::any_of(word.text.begin() + 1, word.text.end(), is_ascii_upper);
    const bool part_of_name =
        sentence_begins && capital && i + 1 < words.size() && words[i + 1].begin - word.end() == 1 &&
        begins_with_capital(words[i + 1].text) && words[i + 1].text.size() >= 2 && text[word.end()] == ' ';
    const bool letter_first = !is_ascii_digit(word.text[0]);
    const bool usable = word.text.size() >= 2 && letter_first && parse_english_month(lower) == 0 &&
                        !is_weekday(lower) && normalize_currency(word.text).empty() &&
                        !is_unit_of_figure(text, words, i) && !(capital && is_function_word(lower) && !inner);
    const bool named = usable && ((capital && !sentence_begins) || inner || part_of_name);
    if (named) {
      names.push_back({word, after_name && between.size() <= 2 &&
                                 between.find_first_not_of(" -&.") == std::string_view::npos});
    }
    after_name = named || (after_name && joins_names(lower));
    sentence_begins = false;
  }
  return names;
}

std::string without_plural(std::string word) {
  if (word.size() > 3 && word.ends_with('s')) word.pop_back();
  return word;
}

}  // namespace

std::vector<std::string> extract_names(std::string_view text) {
  std::vector<std::string> names;
  for (const Name& name : find_name_spans(text)) {
    add_once(names, std::string{name.word.text});
  }
  return names;
}

KnownNames::KnownNames(std::string_view text) {
  std::string run;
  std::string letters;  // of "U.S."
  std::size_t before = 0;
  const auto end_run = [&] {
    if (run.size() >= 2) initials_.insert(run);
    run.clear();
  };
  for (const Word& word : split_words(text)) {
    const std::string known = folded(word.text);
    words_.insert(known);
    words_.insert(without_plural(known));
    const std::string_view between = text.substr(before, word.begin - before);
    before = word.end();
    const bool goes_on = between == " " || between == "-" || between == " & ";
    if (word.text.size() == 1 && begins_with_capital(word.text)) {
      if (between != ".") letters.clear();
      letters += known;
      if (letters.size() >= 2) words_.insert(letters);
    } else {
      letters.clear();
    }
    if (!goes_on) end_run();
    if (begins_with_capital(word.text)) {
      run += known[0];
    } else if (!joins_names(known)) {
      end_run();
    }
  }
  end_run();
}

bool KnownNames::knows(std::string_view name) const {
  const std::string wanted = folded(name);
  if (words_.contains(wanted) || words_.contains(without_plural(wanted))) return true;
  const bool abbreviation = name.size() <= 6 && ascii_lower(name) != name && is_all_ascii(name) &&
                            std::all_of(name.begin(), name.end(), is_ascii_upper);
  if (abbreviation && std::any_of(initials_.begin(), initials_.end(), [&](const std::string& initials) {
        return initials.find(wanted) != std::string::npos;
      })) {
    return true;
  }
  if (const std::string_view land = country_of_adjective(wanted);
      !land.empty() && words_.contains(std::string{land}))
    return true;
  return std::any_of(words_.begin(), words_.end(),
                     [&](const std::string& word) { return country_of_adjective(word) == wanted; });
}

std::vector<std::string> KnownNames::find_unknown(std::string_view text) const {
  std::vector<std::string> unknown;
  const auto names = find_name_spans(text);
  for (std::size_t begin = 0; begin < names.size();) {
    std::size_t end = begin + 1;
    while (end < names.size() && names[end].follows) ++end;
    std::string initials;
    for (std::size_t i = begin; i < end; ++i) initials += folded(names[i].word.text)[0];
    const bool known_by_initials = initials.size() >= 2 && words_.contains(initials);
    for (std::size_t i = begin; i < end && !known_by_initials; ++i) {
      const std::string name{names[i].word.text};
      if (!knows(name)) add_once(unknown, name);
    }
    begin = end;
  }
  return unknown;
}

}  // namespace stubkeeper::llm
