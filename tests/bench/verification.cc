// How many quotes a second verification looks up and checks in snapshots of 50 KB, against naive peers on the
// same input in the same run.
//
// Usage: stubkeeper-verification-bench [RUNS]
//
// The text is made here, the same every time: sentences of a fixed vocabulary with figures, dates, names,
// typographic quotation marks and dashes, in paragraphs of five. Quotes are sentences of it as a model writes
// them, with straight quotation marks and plain hyphens. The peers: std::string::find of the quote as it is,
// which misses every quote whose marks differ; and ICU's NFKC of both sides, then UnicodeString::indexOf,
// which misses the same ones and has no way back to the bytes.

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "entries/block_ids.h"
#include "llm/normalized_text.h"
#include "llm/verifier.h"

namespace {

using namespace stubkeeper;

constexpr std::size_t snapshot_bytes = 50'000;
constexpr int snapshots = 40;

// A linear congruential generator (Knuth's MMIX constants): the same sequence everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t limit) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state_ >> 33U) % limit;
  }

 private:
  std::uint64_t state_;
};

std::string sentence(Dice& dice) {
  static const std::vector<std::string> words{
      "store",  "heat",   "plant",  "salt",       "tank",     "steam",   "brick",   "wire",
      "fan",    "boiler", "wind",   "power",      "paper",    "mill",    "grid",    "price",
      "module", "loop",   "rack",   "fluid",      "pump",     "valve",   "furnace", "kiln",
      "works",  "line",   "round",  "order",      "harbour",  "quay",    "turbine", "cable",
      "meter",  "pipe",   "office", "laboratory", "engineer", "customer"};
  static const std::vector<std::string> names{"Saltline", "Brickhearth", "EmberVault", "Aarhus",
                                              "Graz",     "Rotterdam",   "Okafor"};
  static const std::vector<std::string> verbs{"holds",  "opened", "delivers", "sold",
                                              "raised", "needs",  "replaced", "carries"};
  static const std::vector<std::string> units{"MWh", "tonnes", "employees", "percent", "kW", "metres"};
  std::string text = names[dice.below(names.size())] + " " + verbs[dice.below(verbs.size())] + " " +
                     std::to_string(1 + dice.below(9000)) + " " + units[dice.below(units.size())] + " of ";
  for (std::size_t i = 0; i < 8; ++i) text += words[dice.below(words.size())] + " ";
  if (dice.below(4) == 0)
    text += "\xE2\x80\x93 the \xE2\x80\x9C" + words[dice.below(words.size())] + "\xE2\x80\x9D \xE2\x80\x93 ";
  return text + "in " + std::to_string(2020 + dice.below(7)) + ".";
}

struct Made {
  llm::Task task;                      // one snapshot with all its passages
  std::vector<std::string> sentences;  // one of each passage, as it stands
};

Made made_task(std::uint64_t seed) {
  Dice dice{seed};
  Made made;
  std::string text;
  while (text.size() < snapshot_bytes) {
    llm::TaskPassage passage;
    passage.id = "p" + std::to_string(made.task.passages.size());
    passage.snapshot_id = 1;
    passage.begin_byte = text.size();
    for (int i = 0; i < 5; ++i) {
      const std::string each = sentence(dice);
      if (i == 2) made.sentences.push_back(each);
      passage.text += each + (i < 4 ? " " : "");
    }
    passage.source_address = "https://example.org/a";
    passage.source_title = "Heat Review";
    passage.published = "2026-05-07";
    text += passage.text + "\n\n";
    made.task.passages.push_back(std::move(passage));
  }
  made.task.entry_title = "Saltline";
  made.task.today = "2026-11-23";
  int next = 0;
  made.task.entry = entries::assign_new_ids(
      entries::Document::parse("---\ntitle: \"Saltline\"\n---\n\n## Key Facts\n\n- A maker.\n"),
      [&] { return "b" + std::to_string(++next); });
  made.task.snapshots.push_back({1, std::move(text), "Heat Review", "2026-05-07", ""});
  return made;
}

std::string as_a_model_writes(std::string text) {
  const std::vector<std::pair<std::string, std::string>> signs{
      {"\xE2\x80\x93", "-"}, {"\xE2\x80\x9C", "\""}, {"\xE2\x80\x9D", "\""}};
  for (const auto& [sign, plain] : signs) {
    for (std::size_t at = text.find(sign); at != std::string::npos; at = text.find(sign))
      text.replace(at, sign.size(), plain);
  }
  return text;
}

struct Outcome {
  std::size_t asked = 0;
  std::size_t found = 0;
};

double quotes_a_second(int runs, const std::function<Outcome()>& work, Outcome& outcome) {
  std::vector<double> rates;
  for (int run = 0; run < runs; ++run) {
    const std::clock_t begin = std::clock();
    outcome = work();
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    rates.push_back(static_cast<double>(outcome.asked) / std::max(seconds, 1e-6));
  }
  std::sort(rates.begin(), rates.end());
  return rates[rates.size() / 2];
}

}  // namespace

int main(int count, char** arguments) {
  const int runs = count > 1 ? std::max(1, std::atoi(arguments[1])) : 5;
  std::vector<Made> all;
  for (int i = 0; i < snapshots; ++i) all.push_back(made_task(static_cast<std::uint64_t>(i) + 1));

  fmt::print("{} snapshots of {} KB, median of {} runs\n", snapshots, snapshot_bytes / 1000, runs);
  for (const std::size_t per_snapshot : {std::size_t{1}, std::size_t{10}, std::size_t{40}}) {
    // Spread over the snapshot, so that what is looked up stands anywhere.
    const auto each_quote = [&](const Made& made,
                                const std::function<void(std::size_t, const std::string&)>& look) {
      for (std::size_t i = 0; i < per_snapshot; ++i) {
        const std::size_t passage = (2 * i + 1) * made.sentences.size() / (2 * per_snapshot);
        look(passage, as_a_model_writes(made.sentences[passage]));
      }
    };
    fmt::print("\n{:<44} {:>12} {:>9} {:>9}\n", fmt::format("{} quotes a snapshot", per_snapshot), "quotes/s",
               "found", "to find");
    double peer = 0;
    const auto show = [&](const char* name, const std::function<Outcome()>& work) {
      Outcome outcome;
      const double rate = quotes_a_second(runs, work, outcome);
      if (peer == 0) peer = rate;
      fmt::print("{:<44} {:>12.0f} {:>8.0f}% {:>9.2f}\n", name, rate,
                 100.0 * static_cast<double>(outcome.found) / static_cast<double>(outcome.asked),
                 rate / peer);
    };
    show("std::string::find, as it is", [&] {
      Outcome outcome;
      for (const Made& made : all) {
        each_quote(made, [&](std::size_t, const std::string& quote) {
          ++outcome.asked;
          outcome.found += made.task.snapshots[0].text.find(quote) != std::string::npos ? 1 : 0;
        });
      }
      return outcome;
    });
    show("ICU: NFKC of both, UnicodeString::indexOf", [&] {
      Outcome outcome;
      UErrorCode status = U_ZERO_ERROR;
      const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
      for (const Made& made : all) {
        const auto text = nfkc->normalize(icu::UnicodeString::fromUTF8(made.task.snapshots[0].text), status);
        each_quote(made, [&](std::size_t, const std::string& quote) {
          ++outcome.asked;
          outcome.found +=
              text.indexOf(nfkc->normalize(icu::UnicodeString::fromUTF8(quote), status)) >= 0 ? 1 : 0;
        });
      }
      return outcome;
    });
    show("quotes found, with the way back", [&] {
      Outcome outcome;
      for (const Made& made : all) {
        const llm::NormalizedText text{made.task.snapshots[0].text};
        each_quote(made, [&](std::size_t passage, const std::string& quote) {
          ++outcome.asked;
          const llm::NormalizedText wanted{quote};
          outcome.found += text.find(wanted.text(), made.task.passages[passage].begin_byte) ? 1 : 0;
        });
      }
      return outcome;
    });
    show("changes verified whole, with their flags", [&] {
      Outcome outcome;
      for (const Made& made : all) {
        llm::Draft draft;
        each_quote(made, [&](std::size_t passage, const std::string& quote) {
          llm::DraftedChange change;
          change.kind = "add fact";
          change.edit.kind = entries::EditKind::add_list_item;
          change.edit.part = "Key Facts";
          change.edit.text = quote;
          change.quotes.push_back({made.task.passages[passage].id, quote, false});
          draft.changes.push_back(std::move(change));
        });
        outcome.asked += draft.changes.size();
        outcome.found += llm::verify(made.task, draft).changes.size();
      }
      return outcome;
    });
  }
  return 0;
}
