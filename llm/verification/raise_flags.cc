#include "llm/verification/raise_flags.h"

#include <algorithm>

#include "llm/verification/claim_words.h"

namespace stubkeeper::llm {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

class Flags {
 public:
  void raise(const char* name, const std::vector<std::string>& words) {
    if (!words.empty()) raised_.push_back({name, joined(words)});
  }
  void raise(const char* name, const std::string& detail) { raised_.push_back({name, detail}); }
  std::vector<RaisedFlag> take() {
    std::sort(raised_.begin(), raised_.end(),
              [](const RaisedFlag& a, const RaisedFlag& b) { return a.name < b.name; });
    return std::move(raised_);
  }

 private:
  std::vector<RaisedFlag> raised_;
};

void compare_figures(Flags& flags, const std::string& text, const Evidence& evidence) {
  const auto known = figures_in(evidence.quotes + "\n" + evidence.context);
  std::vector<std::string> numbers;
  std::vector<std::string> units;
  std::vector<std::string> currency;
  for (const Figure& figure : figures_in(text)) {
    bool number = false;
    bool unit = false;
    bool money = false;
    for (const Figure& other : known) {
      if (other.number != figure.number) continue;
      number = true;
      unit = unit || figure.unit.empty() || other.unit == figure.unit;
      money = money || other.currency == figure.currency;
    }
    if (!number) {
      numbers.push_back(figure.number);
    } else if (!money) {
      currency.push_back(figure.currency + figure.number);
    } else if (!unit &&
               (figure.unit == "%" || std::any_of(known.begin(), known.end(), [&](const Figure& other) {
                  return other.number == figure.number && !other.unit.empty();
                }))) {
      units.push_back(figure.number + " " + figure.unit);
    }
  }
  flags.raise("number-not-in-quote", numbers);
  flags.raise("currency-not-in-quote", currency);
  flags.raise("unit-not-in-quote", units);
}

// Whether a date is stated, to the precision that it has, by one of others.
bool is_stated(const std::string& date, const std::vector<std::string>& others) {
  return std::any_of(others.begin(), others.end(),
                     [&](const std::string& other) { return other.starts_with(date); });
}

void compare_dates(Flags& flags, const std::string& text, const std::string& date, const Evidence& evidence) {
  std::vector<std::string> known = dates_in(evidence.quotes + "\n" + evidence.context);
  known.insert(known.end(), evidence.published.begin(), evidence.published.end());
  std::vector<std::string> claimed = dates_in(text);
  if (!date.empty()) claimed.push_back(date);
  std::vector<std::string> missing;
  for (const std::string& each : claimed) {
    const bool bare_year = each.size() == 4 && evidence.quotes.find(each) != std::string::npos;
    if (!bare_year && !is_stated(each, known) &&
        std::find(missing.begin(), missing.end(), each) == missing.end())
      missing.push_back(each);
  }
  flags.raise("date-not-in-quote", missing);
}

void compare_names(Flags& flags, const std::string& text, const Evidence& evidence) {
  const std::set<std::string> known = word_set(evidence.quotes + "\n" + evidence.context);
  std::vector<std::string> missing;
  for (const std::string& name : names_in(text)) {
    const auto folded = words_of(name);
    if (!folded.empty() && !known.contains(folded.front())) missing.push_back(name);
  }
  flags.raise("name-not-in-quote", missing);
}

void compare_meaning(Flags& flags, const std::string& text, const Evidence& evidence) {
  const std::set<std::string> said = word_set(text);
  const std::set<std::string> quoted = word_set(evidence.quotes);
  const std::set<std::string> all = word_set(evidence.quotes + "\n" + evidence.context);
  if (has_negation(said) != has_negation(quoted)) {
    flags.raise("negation-differs",
                has_negation(said) ? "only the new text negates" : "only the quotes negate");
  }
  if (has_modality(said) != has_modality(quoted)) {
    flags.raise("modality-differs", has_modality(said)
                                        ? "only the new text says that it is planned or possible"
                                        : "only the quotes say that it is planned or possible");
  }
  std::vector<std::string> superlatives = superlatives_in(said);
  std::erase_if(superlatives, [&](const std::string& word) { return all.contains(word); });
  flags.raise("superlative-differs", superlatives);
  flags.raise("hype", hype_in(said));
}

void look_at_sources(Flags& flags, const Evidence& evidence, const std::string& today) {
  const bool dated = std::any_of(evidence.published.begin(), evidence.published.end(),
                                 [](const std::string& date) { return !date.empty(); });
  if (!dated) flags.raise("undated-source", std::string{});
  if (dated && today.size() >= 4) {
    const std::string newest = *std::max_element(evidence.published.begin(), evidence.published.end());
    // Two years before, as a text that compares like a date: "2024-06-29".
    const std::string limit = std::to_string(std::stoi(today.substr(0, 4)) - 2) + today.substr(4);
    if (newest < limit.substr(0, newest.size())) flags.raise("old-source", "published " + newest);
  }
  for (const std::string& passage : evidence.passages) {
    if (!reads_like_an_instruction(passage)) continue;
    flags.raise("instruction-in-passage", passage.substr(0, 200));
    return;
  }
}

}  // namespace

std::vector<RaisedFlag> raise_flags(const std::string& text, const std::string& date,
                                    const Evidence& evidence, const std::string& today) {
  Flags flags;
  compare_figures(flags, text, evidence);
  compare_dates(flags, text, date, evidence);
  compare_names(flags, text, evidence);
  compare_meaning(flags, text, evidence);
  look_at_sources(flags, evidence, today);
  return flags.take();
}

}  // namespace stubkeeper::llm
