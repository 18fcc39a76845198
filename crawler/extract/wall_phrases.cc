#include "crawler/extract/wall_phrases.h"

#include "base/text/ascii.h"
#include "schema/embedded_files.h"

namespace stubkeeper::crawler {

PhraseList parse_phrases(std::string_view file_name, std::string_view section) {
  std::string_view file = schema::embedded_file(file_name).value_or("");
  PhraseList phrases;
  bool inside = false;
  while (!file.empty()) {
    const std::size_t line_end = std::min(file.find('\n'), file.size());
    std::string_view line = trim_ascii(file.substr(0, line_end));
    file.remove_prefix(std::min(line_end + 1, file.size()));
    if (line.starts_with('#')) continue;
    if (line.starts_with('[')) {
      inside = line.substr(1, line.size() - 2) == section;
      continue;
    }
    while (inside && !line.empty()) {
      const std::size_t bar = std::min(line.find('|'), line.size());
      if (const std::string_view phrase = trim_ascii(line.substr(0, bar)); !phrase.empty())
        phrases.push_back(phrase);
      line.remove_prefix(std::min(bar + 1, line.size()));
    }
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
          parse_phrases(file, "consent_buttons"),     parse_phrases(file, "policy_words")};
}

}  // namespace

const WallPhrases& wall_phrases() {
  static const WallPhrases phrases = parse_wall_phrases();
  return phrases;
}

}  // namespace stubkeeper::crawler
