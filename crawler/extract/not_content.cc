#include "crawler/extract/not_content.h"

#include <algorithm>
#include <array>

#include "base/text/ascii.h"
#include "crawler/extract/page_signs.h"
#include "crawler/extract/wall_phrases.h"

namespace stubkeeper::crawler {
namespace {

using Phrases = std::span<const std::string_view>;

bool is_one_of(std::string_view text, Phrases phrases) {
  return std::find(phrases.begin(), phrases.end(), text) != phrases.end();
}

bool has_one_of(std::string_view text, Phrases phrases) {
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](std::string_view phrase) { return text.find(phrase) != std::string_view::npos; });
}

bool any_is_one_of(const std::vector<std::string>& texts, Phrases phrases) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& text) { return is_one_of(text, phrases); });
}

// The beginning of a page's text: where it says what it is, if it says it at all.
constexpr std::size_t paragraphs_at_the_beginning = 3;

bool begins_with_one_of(const PageSigns& signs, Phrases phrases) {
  const std::size_t count = std::min(signs.paragraphs.size(), paragraphs_at_the_beginning);
  for (std::size_t i = 0; i < count; ++i) {
    if (has_one_of(signs.paragraphs[i], phrases)) return true;
  }
  return false;
}

bool any_has_one_of(const std::vector<std::string>& texts, Phrases phrases) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& text) { return has_one_of(text, phrases); });
}

bool needs_scripts(const PageSigns& signs) {
  return has_one_of(signs.noscript, wall_phrases().script_sentences) ||
         begins_with_one_of(signs, wall_phrases().script_sentences);
}

// --- Bot challenges

// Marks that only a challenge has, not the pages behind it.
constexpr auto challenge_marks = std::to_array<std::string_view>(
    {"_cf_chl_opt", "cf-chl-", "challenge-form", "orchestrate/chl_page", "orchestrate/jsch", "px-captcha",
     "captcha-delivery.com", "awswafintegration", "awswafcookiedomainlist", "anubis_challenge",
     ".within.website/x/cmd/anubis", "sec-if-cpt-container", "distil_r_captcha", "sucuri_cloudproxy_js",
     "ddos-guard/js-challenge", "bm-verify"});
// Marks that also stand on pages with text: forms with a captcha, scripts that watch visitors.
constexpr auto captcha_marks = std::to_array<std::string_view>(
    {"g-recaptcha", "h-captcha", "hcaptcha", "cf-turnstile", "turnstile", "recaptcha", "_incapsula_resource",
     "geetest", "funcaptcha", "friendlycaptcha", "challenge-platform"});

bool is_bot_challenge(const PageSigns& signs) {
  constexpr std::size_t most_prose = 1'000;
  constexpr std::size_t most_shown = 2'500;
  constexpr std::size_t next_to_nothing = 150;
  if (signs.prose_bytes > most_prose || signs.shown_bytes > most_shown) return false;
  const WallPhrases& phrases = wall_phrases();
  if (has_one_of(signs.markup, challenge_marks)) return true;
  const bool headline = any_is_one_of(signs.titles, phrases.challenge_headlines) ||
                        any_is_one_of(signs.headings, phrases.challenge_headlines);
  const bool sentence = any_has_one_of(signs.titles, phrases.challenge_sentences) ||
                        any_has_one_of(signs.headings, phrases.challenge_sentences) ||
                        begins_with_one_of(signs, phrases.challenge_sentences);
  const bool captcha = has_one_of(signs.markup, captcha_marks);
  if (signs.text_fields > 1) return false;  // a form to fill in, that has a captcha
  if (headline && (sentence || captcha || needs_scripts(signs) || signs.prose_bytes < next_to_nothing))
    return true;
  if (sentence) return captcha || signs.headings.size() <= 1;
  return captcha && signs.shown_bytes < next_to_nothing && signs.pictures <= 1 && signs.text_fields == 0;
}

// --- Parked domains

bool is_parked_domain(const PageSigns& signs) {
  constexpr std::size_t most_prose = 1'000;
  constexpr std::size_t most_shown = 3'000;
  if (signs.prose_bytes > most_prose || signs.shown_bytes > most_shown) return false;
  const Phrases parked = wall_phrases().parked_sentences;
  return any_has_one_of(signs.titles, parked) || any_has_one_of(signs.headings, parked) ||
         begins_with_one_of(signs, parked);
}

// --- Consent walls

bool speaks_of_consent(std::string_view paragraph) {
  int words = 0;
  for (const std::string_view word : wall_phrases().consent_words) {
    if (paragraph.find(word) != std::string_view::npos && ++words == 2) return true;
  }
  return false;
}

bool is_consent_wall(const PageSigns& signs) {
  constexpr std::size_t most_other_prose = 200;
  const WallPhrases& phrases = wall_phrases();
  if (!any_is_one_of(signs.controls, phrases.consent_buttons)) return false;
  if (any_has_one_of(signs.titles, phrases.policy_words) ||
      any_has_one_of(signs.headings, phrases.policy_words))
    return false;
  std::size_t consent = 0;
  std::size_t other = 0;
  for (const std::string& paragraph : signs.paragraphs)
    (speaks_of_consent(paragraph) ? consent : other) += paragraph.size();
  const bool headline = any_is_one_of(signs.titles, phrases.consent_headlines) ||
                        any_is_one_of(signs.headings, phrases.consent_headlines);
  if (consent == 0) {
    // The whole of it can have been left out of the text as a cookie notice.
    constexpr std::size_t most_shown = 2'500;
    return headline && other == 0 && signs.shown_bytes < most_shown && speaks_of_consent(signs.text);
  }
  if (headline) return other < consent || other < most_other_prose;
  return other < most_other_prose && other * 2 < consent;
}

// --- Login walls

bool leads_to_login(std::string_view address) {
  constexpr auto words = std::to_array<std::string_view>(
      {"login", "log-in", "log_in", "logon", "signin", "sign-in", "sign_in", "authwall", "sso", "authorize",
       "authenticate", "anmelden", "anmeldung", "connexion", "accedi", "inloggen"});
  const std::string path = ascii_lower(address.substr(0, address.find_first_of("?#")));
  for (std::size_t begin = path.find("://") + 3; begin < path.size();) {
    const std::size_t end = std::min(path.find_first_of("/.", begin), path.size());
    if (is_one_of(std::string_view{path}.substr(begin, end - begin), words)) return true;
    begin = end + 1;
  }
  return false;
}

// "You must be logged in to reply" stands below what was said.
bool is_about_answering(std::string_view paragraph) {
  constexpr auto words = std::to_array<std::string_view>(
      {"reply",    "comment",  "post",   "vote",      "review",     "antwort",    "kommentar",
       "bewert",   "répondre", "coment", "responder", "commentare", "rispondere", "reageren",
       "odpowied", "коммент",  "ответ",  "コメント",  "评论",       "回复",       "댓글"});
  return has_one_of(paragraph, words);
}

bool is_login_wall(const PageSigns& signs, std::string_view address) {
  constexpr std::size_t most_prose = 1'000;
  constexpr std::size_t little_prose = 500;
  if (signs.prose_bytes > most_prose) return false;
  const WallPhrases& phrases = wall_phrases();
  const bool titled = any_is_one_of(signs.titles, phrases.login_headlines);
  const bool headed = any_is_one_of(signs.headings, phrases.login_headlines);
  if (signs.asks_password) {
    if (titled || leads_to_login(address)) return true;
    constexpr std::size_t next_to_nothing = 60;
    const bool only_headed =
        std::all_of(signs.headings.begin(), signs.headings.end(),
                    [&](const std::string& heading) { return is_one_of(heading, phrases.login_headlines); });
    const std::size_t most = only_headed ? little_prose : signs.headings.size() <= 2 ? next_to_nothing : 0;
    if (headed && signs.prose_bytes < most) return true;
  }
  if (signs.prose_bytes > little_prose) return false;
  const bool offered =
      signs.has_form || titled || headed || any_is_one_of(signs.controls, phrases.login_headlines);
  if (!offered) return false;
  for (const std::string& heading : signs.headings) {
    if (has_one_of(heading, phrases.login_sentences) && !is_about_answering(heading)) return true;
  }
  const std::size_t count = std::min<std::size_t>(signs.paragraphs.size(), 2);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& paragraph = signs.paragraphs[i];
    if (has_one_of(paragraph, phrases.login_sentences) && !is_about_answering(paragraph)) return true;
  }
  return false;
}

// --- Error pages

constexpr auto words_around_errors = std::to_array<std::string_view>(
    {"oops", "ooops",  "whoops", "uh-oh", "sorry",  "error",   "http", "status", "code", "fehler", "erreur",
     "erro", "errore", "fout",   "błąd",  "ошибка", "ошибка:", "hata", "エラー", "错误", "오류"});
constexpr auto lost = std::to_array<std::string_view>({"404", "410"});
constexpr auto failed =
    std::to_array<std::string_view>({"400", "401", "403", "405", "500", "502", "503", "504"});

// "oops! error 404: page not found" is an error headline; so is "404", but not "500".
bool is_error_headline(std::string_view text) {
  if (is_one_of(text, wall_phrases().error_headlines)) return true;
  std::vector<std::string_view> words;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" ,:;!?()[]/|\"", begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    if (!word.empty() && word != "-" && word != "–" && word != "—") words.push_back(word);
    begin = end + 1;
  }
  bool says_lost = false;
  bool says_failed = false;
  bool says_error = false;
  const auto is_around = [&](std::string_view word) {
    if (is_one_of(word, lost)) return says_lost = true;
    if (is_one_of(word, failed)) return says_failed = true;
    if (is_one_of(word, words_around_errors)) return says_error = true;
    return false;
  };
  std::size_t begin = 0;
  while (begin < words.size() && is_around(words[begin])) ++begin;
  if (begin == words.size()) return says_lost || (says_failed && says_error);
  std::string core;
  for (std::size_t i = begin; i < words.size(); ++i) {
    core.append(core.empty() ? "" : " ").append(words[i]);
    // What is left behind it are again such words: "page not found - error 404".
    const bool rest_is_around =
        std::all_of(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end(), is_around);
    if (rest_is_around && core.size() < text.size() && is_one_of(core, wall_phrases().error_headlines))
      return true;
  }
  return false;
}

// One word can be the title of anything.
bool is_ambiguous(std::string_view headline) {
  return headline.find(' ') == std::string_view::npos &&
         static_cast<unsigned char>(headline.front()) < 0xE0 && !is_one_of(headline, lost);
}

bool has_error_headline(const std::vector<std::string>& texts, bool also_ambiguous) {
  return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
    return is_error_headline(text) && (also_ambiguous || !is_ambiguous(text));
  });
}

bool leads_to_error(std::string_view address) {
  constexpr auto words = std::to_array<std::string_view>(
      {"404", "404error", "error404", "error-404", "404-error", "notfound", "not-found", "not_found",
       "pagenotfound", "page-not-found", "page_not_found", "404-not-found"});
  const std::string path = ascii_lower(address.substr(0, address.find_first_of("?#")));
  std::size_t end = path.size();
  while (end > 0 && path[end - 1] == '/') --end;
  const std::size_t begin = path.find_last_of('/', end == 0 ? 0 : end - 1);
  if (begin == std::string::npos || begin < 8) return false;
  std::string_view last = std::string_view{path}.substr(begin + 1, end - begin - 1);
  last = last.substr(0, last.find('.'));
  return is_one_of(last, words);
}

bool is_error_page(const PageSigns& signs, std::string_view address) {
  constexpr std::size_t most_prose_marked = 2'500;
  constexpr std::size_t most_prose_titled = 1'500;
  constexpr std::size_t most_prose_headed = 800;
  constexpr std::size_t little_prose = 300;
  // What makers of content systems and servers of rendered pages put on an error page for programs to see.
  constexpr auto marks = std::to_array<std::string_view>(
      {"error404 ", "prerender-status-code 404 ", "prerender-status-code 410 "});
  if (signs.prose_bytes > most_prose_marked) return false;
  if (has_one_of(signs.markup, marks)) return true;
  if (signs.prose_bytes > most_prose_titled) return false;
  if (leads_to_error(address)) return true;
  if (has_error_headline(signs.titles, signs.prose_bytes < little_prose)) return true;
  if (signs.prose_bytes > most_prose_headed) return false;
  if (has_error_headline(signs.headings, signs.prose_bytes < little_prose)) return true;
  if (signs.prose_bytes > little_prose) return false;
  return begins_with_one_of(signs, wall_phrases().error_sentences) ||
         std::any_of(signs.paragraphs.begin(), signs.paragraphs.end(), [](const std::string& paragraph) {
           return is_error_headline(paragraph) && !is_ambiguous(paragraph);
         });
}

// --- Empty shells of JavaScript

bool is_script_shell(const PageSigns& signs) {
  constexpr std::size_t most_shown = 200;
  constexpr std::size_t most_prose_of_a_demand = 400;
  constexpr std::size_t most_shown_beside_a_demand = 800;
  // Forums and others put all that they say into <noscript>, and the demand for scripts below it.
  if (signs.prose_bytes > most_prose_of_a_demand) return false;
  if (begins_with_one_of(signs, wall_phrases().script_sentences) &&
      signs.shown_bytes < most_shown_beside_a_demand)
    return true;
  if (signs.scripts == 0 || signs.shown_bytes > most_shown) return false;
  return needs_scripts(signs) || signs.is_mounted_by_script ||
         (signs.shown_bytes == 0 && signs.pictures == 0);
}

}  // namespace

NotContent judge(const PageTree& page, const Content& content, std::string_view address) {
  // Most pages have so much text that nothing more needs to be looked at.
  constexpr std::size_t surely_content = 4'000;
  if (prose_bytes_of(content.text) > surely_content) return NotContent::none;
  const PageSigns signs = signs_of(page, content);
  if (is_bot_challenge(signs)) return NotContent::bot_challenge;
  if (is_parked_domain(signs)) return NotContent::parked_domain;
  if (is_consent_wall(signs)) return NotContent::consent_wall;
  if (is_login_wall(signs, address)) return NotContent::login_wall;
  if (is_error_page(signs, address)) return NotContent::error_page;
  if (is_script_shell(signs)) return NotContent::script_shell;
  return NotContent::none;
}

}  // namespace stubkeeper::crawler
