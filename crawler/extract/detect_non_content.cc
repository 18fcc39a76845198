#include "crawler/extract/page_view.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "crawler/extract/page_features.h"
#include "crawler/extract/phrases.h"

namespace stubkeeper::crawler {
namespace {

using Phrases = std::span<const std::string_view>;

bool any_is_one_of(const std::vector<std::string>& texts, Phrases phrases) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& text) { return contains(phrases, text); });
}

// The beginning of a page's text, where it says what it is.
constexpr std::size_t opening_paragraphs = 3;

bool opens_with_one_of(const PageFeatures& features, Phrases phrases) {
  const std::size_t count = std::min(features.paragraphs.size(), opening_paragraphs);
  for (std::size_t i = 0; i < count; ++i) {
    if (contains_any(features.paragraphs[i], phrases)) return true;
  }
  return false;
}

bool any_contains(const std::vector<std::string>& texts, Phrases phrases) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& text) { return contains_any(text, phrases); });
}

bool needs_javascript(const PageFeatures& features) {
  return contains_any(features.noscript, wall_phrases().script_sentences) ||
         opens_with_one_of(features, wall_phrases().script_sentences);
}

// --- Bot challenges

// Marks of challenges alone, not of the pages after them.
constexpr auto challenge_marks = std::to_array<std::string_view>(
    {"_cf_chl_opt", "cf-chl-", "challenge-form", "orchestrate/chl_page", "orchestrate/jsch", "px-captcha",
     "captcha-delivery.com", "awswafintegration", "awswafcookiedomainlist", "anubis_challenge",
     ".within.website/x/cmd/anubis", "sec-if-cpt-container", "distil_r_captcha", "sucuri_cloudproxy_js",
     "ddos-guard/js-challenge", "bm-verify"});
// Marks that pages with text have too: forms with a captcha, scripts that watch visitors.
constexpr auto captcha_marks = std::to_array<std::string_view>(
    {"g-recaptcha", "h-captcha", "hcaptcha", "cf-turnstile", "turnstile", "recaptcha", "_incapsula_resource",
     "geetest", "funcaptcha", "friendlycaptcha", "challenge-platform"});

bool is_bot_challenge(const PageFeatures& features) {
  constexpr std::size_t max_prose = 1'000;
  constexpr std::size_t max_visible = 2'500;
  constexpr std::size_t negligible_bytes = 150;
  if (features.prose_bytes > max_prose || features.visible_bytes > max_visible) return false;
  const WallPhrases& phrases = wall_phrases();
  if (contains_any(features.markup, challenge_marks)) return true;
  const bool headline = any_is_one_of(features.titles, phrases.challenge_headlines) ||
                        any_is_one_of(features.headings, phrases.challenge_headlines);
  const bool sentence = any_contains(features.titles, phrases.challenge_sentences) ||
                        any_contains(features.headings, phrases.challenge_sentences) ||
                        opens_with_one_of(features, phrases.challenge_sentences);
  const bool captcha = contains_any(features.markup, captcha_marks);
  if (features.text_fields > 1) return false;  // a form to fill in, that has a captcha
  if (headline &&
      (sentence || captcha || needs_javascript(features) || features.prose_bytes < negligible_bytes))
    return true;
  if (sentence) return captcha || features.headings.size() <= 1;
  return captcha && features.visible_bytes < negligible_bytes && features.pictures <= 1 &&
         features.text_fields == 0;
}

// --- Parked domains

bool is_parked_domain(const PageFeatures& features) {
  constexpr std::size_t max_prose = 1'000;
  constexpr std::size_t max_visible = 3'000;
  if (features.prose_bytes > max_prose || features.visible_bytes > max_visible) return false;
  const Phrases parked = wall_phrases().parked_sentences;
  return any_contains(features.titles, parked) || any_contains(features.headings, parked) ||
         opens_with_one_of(features, parked);
}

// --- Consent walls

bool mentions_consent(std::string_view paragraph) {
  int words = 0;
  for (const std::string_view word : wall_phrases().consent_words) {
    if (paragraph.find(word) != std::string_view::npos && ++words == 2) return true;
  }
  return false;
}

// "Accept all cookies to continue."
bool asks_for_consent(std::string_view paragraph) {
  return contains_any(paragraph, wall_phrases().consent_words) &&
         contains_any(paragraph, wall_phrases().consent_buttons);
}

bool is_consent_wall(const PageFeatures& features) {
  constexpr std::size_t max_other_prose = 200;
  const WallPhrases& phrases = wall_phrases();
  if (!any_is_one_of(features.controls, phrases.consent_buttons)) return false;
  if (any_contains(features.titles, phrases.policy_words) ||
      any_contains(features.headings, phrases.policy_words))
    return false;
  const bool headline = any_is_one_of(features.titles, phrases.consent_headlines) ||
                        any_is_one_of(features.headings, phrases.consent_headlines);
  std::size_t consent = 0;
  std::size_t other = 0;
  for (const std::string& paragraph : features.paragraphs) {
    const bool is_on_consent = mentions_consent(paragraph) || (headline && asks_for_consent(paragraph));
    (is_on_consent ? consent : other) += paragraph.size();
  }
  if (consent == 0) {
    // The whole of it can have been left out of the text as a cookie notice.
    constexpr std::size_t max_visible = 2'500;
    return headline && other == 0 && features.visible_bytes < max_visible && mentions_consent(features.text);
  }
  if (headline) return other < consent || other < max_other_prose;
  return other < max_other_prose && other * 2 < consent;
}

// --- Login walls

bool is_login_address(std::string_view address) {
  constexpr auto words = std::to_array<std::string_view>(
      {"login", "log-in", "log_in", "logon", "signin", "sign-in", "sign_in", "authwall", "sso", "authorize",
       "authenticate", "anmelden", "anmeldung", "connexion", "accedi", "inloggen"});
  const std::string path = ascii_lower(address.substr(0, address.find_first_of("?#")));
  const auto parts = split_nonempty(path, "/.");
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return contains(words, part); });
}

// "You must be logged in to reply" is below a text.
bool is_about_replying(std::string_view paragraph) {
  return contains_any(paragraph, wall_phrases().reply_words);
}

bool is_login_wall(const PageFeatures& features, std::string_view address) {
  constexpr std::size_t max_prose = 1'000;
  constexpr std::size_t little_prose = 500;
  if (features.prose_bytes > max_prose) return false;
  const WallPhrases& phrases = wall_phrases();
  const bool titled = any_is_one_of(features.titles, phrases.login_headlines);
  const bool headed = any_is_one_of(features.headings, phrases.login_headlines);
  if (features.has_password_field) {
    if (titled || is_login_address(address)) return true;
    constexpr std::size_t negligible_bytes = 60;
    const bool only_headed =
        std::all_of(features.headings.begin(), features.headings.end(),
                    [&](const std::string& heading) { return contains(phrases.login_headlines, heading); });
    const std::size_t max_headed_prose_bytes = only_headed                     ? little_prose
                                               : features.headings.size() <= 2 ? negligible_bytes
                                                                               : 0;
    if (headed && features.prose_bytes < max_headed_prose_bytes) return true;
  }
  if (features.prose_bytes > little_prose) return false;
  const bool offered =
      features.has_form || titled || headed || any_is_one_of(features.controls, phrases.login_headlines);
  if (!offered) return false;
  for (const std::string& heading : features.headings) {
    if (contains_any(heading, phrases.login_sentences) && !is_about_replying(heading)) return true;
  }
  const std::size_t count = std::min<std::size_t>(features.paragraphs.size(), 2);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& paragraph = features.paragraphs[i];
    if (contains_any(paragraph, phrases.login_sentences) && !is_about_replying(paragraph)) return true;
  }
  return false;
}

// --- Paywalls

// The beginning of an article is read as if it were all of it. A page that is marked as paid and yet sends the
// text is read.
bool is_paywall(const PageTree& page, const PageFeatures& features) {
  constexpr std::size_t max_marked_prose = 1'500;
  constexpr std::size_t max_worded_prose = 1'000;
  if (features.prose_bytes <= max_worded_prose &&
      contains_any(features.text, wall_phrases().paywall_sentences))
    return true;
  return features.prose_bytes <= max_marked_prose && is_marked_as_paid(page);
}

// --- Error pages

constexpr auto error_context_words = std::to_array<std::string_view>(
    {"oops", "ooops",  "whoops", "uh-oh", "sorry",  "error",   "http", "status", "code", "fehler", "erreur",
     "erro", "errore", "fout",   "błąd",  "ошибка", "ошибка:", "hata", "エラー", "错误", "오류"});
constexpr auto gone_codes = std::to_array<std::string_view>({"404", "410"});
constexpr auto failure_codes =
    std::to_array<std::string_view>({"400", "401", "403", "405", "500", "502", "503", "504"});

// "oops! error 404: page not found" is an error headline; so is "404", but not "500".
bool is_error_headline(std::string_view text) {
  if (contains(wall_phrases().error_headlines, text)) return true;
  std::vector<std::string_view> words;
  for (const std::string_view word : split_nonempty(text, " ,:;!?()[]/|\""))
    if (word != "-" && word != "–" && word != "—") words.push_back(word);
  bool has_gone_code = false;
  bool has_failure_code = false;
  bool has_error_word = false;
  const auto is_error_context = [&](std::string_view word) {
    if (contains(gone_codes, word)) return has_gone_code = true;
    if (contains(failure_codes, word)) return has_failure_code = true;
    if (contains(error_context_words, word)) return has_error_word = true;
    return false;
  };
  std::size_t begin = 0;
  while (begin < words.size() && is_error_context(words[begin])) ++begin;
  if (begin == words.size()) return has_gone_code || (has_failure_code && has_error_word);
  std::string core;
  for (std::size_t i = begin; i < words.size(); ++i) {
    append_with_separator(core, " ", words[i]);
    // The rest may be such words only: "page not found - error 404".
    const bool rest_is_error_context =
        std::all_of(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end(), is_error_context);
    if (rest_is_error_context && core.size() < text.size() && contains(wall_phrases().error_headlines, core))
      return true;
  }
  return false;
}

// One word can be the title of anything.
bool is_ambiguous(std::string_view headline) {
  return headline.find(' ') == std::string_view::npos &&
         static_cast<unsigned char>(headline.front()) < 0xE0 && !contains(gone_codes, headline);
}

bool has_error_headline(const std::vector<std::string>& texts, bool include_ambiguous) {
  return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
    return is_error_headline(text) && (include_ambiguous || !is_ambiguous(text));
  });
}

bool is_error_address(std::string_view address) {
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
  return contains(words, last);
}

bool is_error_page(const PageFeatures& features, std::string_view address) {
  constexpr std::size_t max_marked_prose = 2'500;
  constexpr std::size_t max_titled_prose = 1'500;
  constexpr std::size_t max_headed_prose = 800;
  constexpr std::size_t little_prose = 300;
  // Put on error pages by content systems and servers of rendered pages, for programs to see.
  constexpr auto marks = std::to_array<std::string_view>(
      {"error404 ", "prerender-status-code 404 ", "prerender-status-code 410 "});
  if (features.prose_bytes > max_marked_prose) return false;
  if (contains_any(features.markup, marks)) return true;
  if (features.prose_bytes > max_titled_prose) return false;
  if (is_error_address(address)) return true;
  if (has_error_headline(features.titles, features.prose_bytes < little_prose)) return true;
  if (features.prose_bytes > max_headed_prose) return false;
  if (has_error_headline(features.headings, features.prose_bytes < little_prose)) return true;
  if (features.prose_bytes > little_prose) return false;
  return opens_with_one_of(features, wall_phrases().error_sentences) ||
         std::any_of(features.paragraphs.begin(), features.paragraphs.end(),
                     [](const std::string& paragraph) {
                       return is_error_headline(paragraph) && !is_ambiguous(paragraph);
                     });
}

// --- Empty shells of JavaScript

bool is_script_shell(const PageFeatures& features) {
  constexpr std::size_t max_visible = 200;
  constexpr std::size_t max_demand_prose = 400;
  constexpr std::size_t max_visible_with_demand = 800;
  // Forums and others put all that they say into <noscript>, and the demand for scripts below it.
  if (features.prose_bytes > max_demand_prose) return false;
  if (opens_with_one_of(features, wall_phrases().script_sentences) &&
      features.visible_bytes < max_visible_with_demand)
    return true;
  if (features.scripts == 0 || features.visible_bytes > max_visible) return false;
  return needs_javascript(features) || features.has_mount_point ||
         (features.visible_bytes == 0 && features.pictures == 0);
}

}  // namespace

NonContentKind detect_non_content(const PageTree& page, const Content& content, std::string_view address) {
  // Most pages have so much text that no more checks are needed.
  constexpr std::size_t min_content_bytes = 4'000;
  if (count_prose_bytes(content.text) > min_content_bytes) return NonContentKind::none;
  const PageFeatures features = extract_features(page, content);
  if (is_bot_challenge(features)) return NonContentKind::bot_challenge;
  if (is_parked_domain(features)) return NonContentKind::parked_domain;
  if (is_consent_wall(features)) return NonContentKind::consent_wall;
  if (is_login_wall(features, address)) return NonContentKind::login_wall;
  if (is_paywall(page, features)) return NonContentKind::paywall;
  if (is_error_page(features, address)) return NonContentKind::error_page;
  if (is_script_shell(features)) return NonContentKind::script_shell;
  return NonContentKind::none;
}

}  // namespace stubkeeper::crawler
