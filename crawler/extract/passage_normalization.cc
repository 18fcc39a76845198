#include <algorithm>
#include <array>

#include "base/text/ascii.h"
#include "base/text/calendar_words.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "base/text/words.h"
#include "crawler/html/fold_text.h"
#include "crawler/passages.h"

namespace stubkeeper::crawler {
namespace {

using Words = std::vector<std::string>;

// A passage of up to so many words can be a counter beside the text; in a longer one a number
// belongs to a sentence.
constexpr std::size_t max_counter_words = 8;

Words folded_words(std::string_view passage) {
  const std::string folded = fold_white_space(fold_case(passage));
  Words words;
  for (const std::string_view word : split(folded, ' ')) words.emplace_back(word);
  return words;
}

// "1,204", "12k", "1.2m".
bool is_count(std::string_view word) {
  if (word.empty() || !is_ascii_digit(word.front())) return false;
  if (word.back() == 'k' || word.back() == 'm') word.remove_suffix(1);
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return is_ascii_digit(c) || c == ',' || c == '.'; });
}

bool is_countable_noun(std::string_view word) {
  constexpr auto things = std::to_array<std::string_view>(
      {"comment",     "comments",    "reply",      "replies",         "view",          "views",
       "like",        "likes",       "share",      "shares",          "vote",          "votes",
       "follower",    "followers",   "upvotes",    "reads",           "response",      "responses",
       "reactions",   "points",      "hits",       "answer",          "answers",       "retweets",
       "downloads",   "reviews",     "ratings",    "kommentar",       "kommentare",    "antworten",
       "aufrufe",     "bewertungen", "stimmen",    "commentaire",     "commentaires",  "réponses",
       "vues",        "avis",        "partages",   "comentario",      "comentarios",   "comentários",
       "respuestas",  "respostas",   "visitas",    "vistas",          "visualizações", "reseñas",
       "commenti",    "commento",    "risposte",   "visualizzazioni", "recensioni",    "reacties",
       "weergaven",   "komentarze",  "komentarzy", "odpowiedzi",      "комментариев",  "комментария",
       "комментарий", "ответов",     "просмотров"});
  return contains(things, word);
}

bool is_time_unit(std::string_view word) {
  constexpr auto units = std::to_array<std::string_view>(
      {"second",  "seconds",  "minute",    "minutes",   "min",     "mins",    "hour",     "hours",  "day",
       "days",    "week",     "weeks",     "month",     "months",  "year",    "years",    "h",      "d",
       "sekunde", "sekunden", "minuten",   "stunde",    "stunden", "tag",     "tagen",    "tage",   "woche",
       "wochen",  "monat",    "monaten",   "jahr",      "jahren",  "seconde", "secondes", "heure",  "heures",
       "jour",    "jours",    "semaine",   "semaines",  "mois",    "an",      "ans",      "minuto", "minutos",
       "hora",    "horas",    "día",       "días",      "semana",  "semanas", "mes",      "meses",  "año",
       "años",    "dia",      "dias",      "mês",       "ano",     "anos",    "minuti",   "ora",    "ore",
       "giorno",  "giorni",   "settimana", "settimane", "mese",    "mesi",    "anno",     "anni",   "minuut",
       "uur",     "uren",     "dag",       "dagen",     "weken",   "maand",   "maanden",  "jaar",   "minut",
       "godzin",  "godziny",  "dni",       "минут",     "минуты",  "часа",    "часов",    "час",    "дня",
       "дней",    "день"});
  return contains(units, word);
}

// "3 hours ago", "vor 3 Stunden", "il y a 3 heures".
bool is_ago_suffix(std::string_view word) {
  constexpr auto words = std::to_array<std::string_view>({"ago", "geleden", "fa", "atrás", "temu", "назад"});
  return contains(words, word);
}
bool is_ago_prefix(std::string_view word) {
  constexpr auto words = std::to_array<std::string_view>({"vor", "hace", "há"});
  return contains(words, word);
}

bool is_clock_time(std::string_view word) {
  const std::size_t colon = word.find(':');
  if (colon == std::string_view::npos || colon < 1 || colon > 2 || word.size() < colon + 3) return false;
  return std::all_of(word.begin(), word.end(), [](char c) { return is_ascii_digit(c) || c == ':'; });
}

// Reads a passage's words and leaves out those that change without news.
class PassageNormalizer {
 public:
  explicit PassageNormalizer(Words words)
      : words_(std::move(words)), is_short_(words_.size() <= max_counter_words) {}

  std::string text() {
    std::string kept;
    at_ = count_dateline_words();
    while (at_ < words_.size()) {
      if (const std::size_t skipped = count_skipped_words(); skipped > 0) {
        at_ += skipped;
        continue;
      }
      if (!kept.empty()) kept += ' ';
      kept += words_[at_++];
    }
    return kept;
  }

 private:
  std::string_view trimmed_word(std::size_t steps) const {
    return at_ + steps < words_.size() ? trim_to_word_bytes(words_[at_ + steps]) : std::string_view{};
  }

  std::size_t count_skipped_words() const {
    if (const std::size_t date = count_date_words(); date > 0) return date;
    const std::string_view word = trimmed_word(0);
    if (is_clock_time(word)) {
      const std::string_view next = trimmed_word(1);
      return next == "am" || next == "pm" || next == "a.m" || next == "p.m" || parse_zone_name(next) ? 2 : 1;
    }
    if (is_ago_prefix(word) && is_count(trimmed_word(1)) && is_time_unit(trimmed_word(2))) return 3;
    if (word == "il" && trimmed_word(1) == "y" && trimmed_word(2) == "a" && is_count(trimmed_word(3)) &&
        is_time_unit(trimmed_word(4)))
      return 5;
    if (!is_count(word)) return 0;
    if (is_time_unit(trimmed_word(1)) &&
        (is_ago_suffix(trimmed_word(2)) || (trimmed_word(2) == "read" && is_short_)))
      return 2;
    if (!is_short_) return 0;
    const bool alone = words_.size() == 1;
    const bool counts_next = is_countable_noun(trimmed_word(1));
    const bool counts_last =
        at_ > 0 && is_countable_noun(trim_to_word_bytes(words_[at_ - 1])) && words_[at_].front() == '(';
    return alone || counts_next || counts_last ? 1 : 0;
  }

  // "BASEL, Switzerland, May 7, 2026 (GLOBE NEWSWIRE) --", "ZURICH, May 7 (Reuters) -" at the
  // beginning of a passage: a place, a day and a dash.
  std::size_t count_dateline_words() const {
    constexpr std::size_t max_dateline_words = 16;
    constexpr auto prepositions =
        std::to_array<std::string_view>({"on", "by", "in", "from", "since", "until", "as", "at", "am", "im",
                                         "seit", "le", "el", "il", "em", "op"});
    constexpr auto dashes = std::to_array<std::string_view>({"-", "--", "–", "—", "---"});
    if (words_.empty() || contains(prepositions, trim_to_word_bytes(words_[0]))) return 0;
    bool place_ended = false;
    bool day = false;
    for (std::size_t i = 0; i < std::min(max_dateline_words, words_.size()); ++i) {
      const std::string& word = words_[i];
      if (day && contains(dashes, word)) return i + 1;
      const bool is_day = parse_month_name(trim_to_word_bytes(word)) &&
                          ((i + 1 < words_.size() && is_count(trim_to_word_bytes(words_[i + 1]))) ||
                           (i > 0 && is_count(trim_to_word_bytes(words_[i - 1]))));
      day = day || (place_ended && is_day);
      place_ended = place_ended || word.ends_with(',') || word.starts_with('(') || word.ends_with('.');
    }
    return 0;
  }

  // The longest run of words from here that is a whole day, with its time.
  std::size_t count_date_words() const {
    const std::string_view first = trimmed_word(0);
    if (first.empty()) return 0;
    if (!is_ascii_digit(first.front()) && !parse_month_name(first) && !is_date_filler(first)) return 0;
    std::size_t longest = 0;
    std::string run;
    for (std::size_t count = 1; count <= 9 && at_ + count <= words_.size(); ++count) {
      if (count > 1) run += ' ';
      run += words_[at_ + count - 1];
      if (run.size() > 80) break;
      std::string_view trimmed = run;
      trimmed = trim_to_word_bytes(trimmed);
      if (parse_date(trimmed).size() >= iso_day_bytes) longest = count;
    }
    return longest;
  }

  Words words_;
  bool is_short_;
  std::size_t at_ = 0;
};

// Punctuation without meaning at the ends of a passage; "%", "$" and "+" have one.
std::string_view strip_end_punctuation(std::string_view text) {
  constexpr std::array<std::string_view, 29> marks{" ", ".", ",", ":", ";", "!", "?", "\"", "'", "(",
                                                   ")", "[", "]", "-", "*", "#", ">", "|",  "/", "–",
                                                   "—", "…", "·", "•", "“", "”", "‘", "’",  "«"};
  bool found = true;
  while (found && !text.empty()) {
    found = false;
    for (const std::string_view mark : marks) {
      if (text.starts_with(mark)) {
        text.remove_prefix(mark.size());
        found = true;
      }
      if (text.ends_with(mark)) {
        text.remove_suffix(mark.size());
        found = true;
      }
    }
  }
  return text;
}

}  // namespace

std::string normalized_passage(std::string_view passage) {
  const std::string text = PassageNormalizer{folded_words(passage)}.text();
  return std::string{strip_end_punctuation(text)};
}

}  // namespace stubkeeper::crawler
