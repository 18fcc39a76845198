#include "crawler/extract/phrases.h"

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "schema/embedded_files.h"

namespace stubkeeper::crawler {

PhraseList parse_phrases(std::string_view file_name, std::string_view section) {
  PhraseList phrases;
  bool inside = false;
  for (const std::string_view each : split(schema::embedded_file(file_name).value_or(""), '\n')) {
    const std::string_view line = trim_ascii(each);
    if (line.starts_with('#')) continue;
    if (line.starts_with('[')) {
      inside = line.substr(1, line.size() - 2) == section;
      continue;
    }
    if (!inside) continue;
    for (const std::string_view phrase : split(line, '|'))
      if (!trim_ascii(phrase).empty()) phrases.push_back(trim_ascii(phrase));
  }
  return phrases;
}

namespace {

WallPhrases parse_wall_phrases() {
  constexpr std::string_view file = "wall_phrases.txt";
  return {parse_phrases(file, "error_headlines"),     parse_phrases(file, "error_sentences"),
          parse_phrases(file, "login_headlines"),     parse_phrases(file, "login_sentences"),
          parse_phrases(file, "challenge_headlines"), parse_phrases(file, "challenge_sentences"),
          parse_phrases(file, "script_sentences"),    parse_phrases(file, "parked_sentences"),
          parse_phrases(file, "consent_headlines"),   parse_phrases(file, "consent_words"),
          parse_phrases(file, "consent_buttons"),     parse_phrases(file, "policy_words"),
          parse_phrases(file, "paywall_sentences"),   parse_phrases(file, "reply_words")};
}

}  // namespace

const WallPhrases& wall_phrases() {
  static const WallPhrases phrases = parse_wall_phrases();
  return phrases;
}

}  // namespace stubkeeper::crawler
