// How well the flags tell what a source says from what it does not: claims of files with known labels, each
// held against its evidence alone.
//
// Usage: stubkeeper-claims-bench [--all] [--each] FILE.jsonl.gz...
//
// A file has VitaminC's lines (claim, evidence, page, label) or SummEdits' (summary, document, label). The sample is
// fixed: every fourth page, or document, by a hash of its name with a fixed seed, so that pairs that differ by one fact
// stay together; --all takes the others too. --each prints a line of JSON for each claim in place of the tables.

#include <fmt/format.h>

#include <cstdint>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/text/strings.h"
#include "llm/text_check.h"
#include "tests/data/gunzip.h"

namespace {

using namespace stubkeeper;
using Json = nlohmann::json;

constexpr std::uint64_t seed = 20'261'130;
constexpr std::uint64_t one_of = 4;

// FNV-1a: the same on every machine.
std::uint64_t hash(std::string_view text) {
  std::uint64_t value = 14'695'981'039'346'656'037ULL ^ seed;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ULL;
  return value >> 17U;
}

struct LabelledClaim {
  std::string id;
  std::string group;  // claims of one group are in the sample together
  std::string label;  // "supported", "refuted", "not enough info"
  llm::TextCheck check;
};

LabelledClaim read_claim(const Json& line) {
  LabelledClaim claim;
  claim.id = line["id"].get<std::string>();
  if (line.contains("claim")) {
    claim.group = line["page"].get<std::string>();
    const std::string label = line["label"].get<std::string>();
    claim.label = label == "SUPPORTS" ? "supported" : label == "REFUTES" ? "refuted" : "not enough info";
    claim.check.text = line["claim"].get<std::string>();
    claim.check.quotes = {line["evidence"].get<std::string>()};
    claim.check.entry_title = claim.group;
  } else {
    claim.check.text = line["summary"].get<std::string>();
    claim.check.quotes = {line["document"].get<std::string>()};
    claim.group = claim.check.quotes.front();
    claim.label = line["label"].get<int>() == 1 ? "supported" : "refuted";
  }
  return claim;
}

struct Count {
  std::size_t all = 0;
  std::size_t flagged = 0;
  std::size_t refused = 0;
  std::map<std::string, std::size_t> by_flag;
};

double percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

void print_counts(const std::string& file, std::map<std::string, Count>& counts) {
  fmt::print("\n{}\n", file);
  for (const auto& [label, count] : counts)
    fmt::print("{:<28} {:>6} claims {:>6.1f} % flagged, {} refused\n", label, count.all,
               percent(count.flagged, count.all), count.refused);
  const Count& supported = counts["supported"];
  const Count& refuted = counts["refuted"];
  const double balanced =
      (percent(refuted.flagged, refuted.all) + 100 - percent(supported.flagged, supported.all)) / 200;
  fmt::print("{:<28} {:>6.3f}\n", "balanced accuracy", balanced);
  std::set<std::string> names;
  for (const auto& [label, count] : counts) {
    for (const auto& [name, times] : count.by_flag) names.insert(name);
  }
  fmt::print("{:<28} {:>9} {:>9}\n", "flag, % of claims", "refuted", "supported");
  for (const std::string& name : names) {
    const auto share = [&](const Count& count) {
      const auto found = count.by_flag.find(name);
      return percent(found == count.by_flag.end() ? 0 : found->second, count.all);
    };
    fmt::print("{:<28} {:>9.2f} {:>9.2f}\n", name, share(refuted), share(supported));
  }
}

void print_claim(const LabelledClaim& claim, const std::vector<entries::Flag>& flags) {
  Json raised = Json::array();
  for (const entries::Flag& flag : flags) raised.push_back({flag.name, flag.detail});
  fmt::print("{}\n", Json{{"id", claim.id},
                          {"label", claim.label},
                          {"text", claim.check.text},
                          {"quote", claim.check.quotes.front()},
                          {"flags", raised}}
                         .dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace

int main(int count, char** arguments) {
  bool all = false;
  bool each = false;
  for (int i = 1; i < count; ++i) {
    const std::string file = arguments[i];
    if (file == "--all" || file == "--each") {
      (file == "--all" ? all : each) = true;
      continue;
    }
    std::map<std::string, Count> counts;
    const std::string text = testing::gunzip(file);
    for (const std::string_view line : split(text, '\n')) {
      if (line.empty()) continue;
      const LabelledClaim claim = read_claim(Json::parse(line));
      if (!all && hash(claim.group) % one_of != 0) continue;
      Count& counted = counts[claim.label];
      ++counted.all;
      const auto flags = llm::check_text(claim.check);
      if (!flags.ok()) {
        ++counted.refused;
        continue;
      }
      counted.flagged += flags->empty() ? 0 : 1;
      std::set<std::string> names;
      for (const entries::Flag& flag : *flags) names.insert(flag.name);
      for (const std::string& name : names) ++counted.by_flag[name];
      if (each) print_claim(claim, *flags);
    }
    if (counts.empty()) {
      fmt::print(stderr, "{}: no claims\n", file);
      return 1;
    }
    if (!each) print_counts(file, counts);
  }
  return 0;
}
