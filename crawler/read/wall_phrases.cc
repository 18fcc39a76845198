#include "crawler/read/wall_phrases.h"

#include "schema/base/ascii.h"
#include "schema/embedded_files.h"

namespace stubkeeper::crawler {
namespace {

// Phrases between bars, over one or several lines, below "[name]" up to the next section.
WallPhrases::List section(std::string_view file, std::string_view name) {
  WallPhrases::List phrases;
  bool inside = false;
  while (!file.empty()) {
    const std::size_t line_end = std::min(file.find('\n'), file.size());
    std::string_view line = trim_ascii(file.substr(0, line_end));
    file.remove_prefix(std::min(line_end + 1, file.size()));
    if (line.starts_with('#')) continue;
    if (line.starts_with('[')) {
      inside = line.substr(1, line.size() - 2) == name;
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

WallPhrases read() {
  const std::string_view file = schema::embedded_file("wall_phrases.txt").value_or("");
  return {section(file, "error_headlines"),     section(file, "error_sentences"),
          section(file, "login_headlines"),     section(file, "login_sentences"),
          section(file, "challenge_headlines"), section(file, "challenge_sentences"),
          section(file, "script_sentences"),    section(file, "parked_sentences"),
          section(file, "consent_headlines"),   section(file, "consent_words"),
          section(file, "consent_buttons"),     section(file, "policy_words")};
}

}  // namespace

const WallPhrases& wall_phrases() {
  static const WallPhrases phrases = read();
  return phrases;
}

}  // namespace stubkeeper::crawler
