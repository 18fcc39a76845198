#include "tests/support/unreliable_model.h"

#include <algorithm>

namespace stubkeeper::testing {
namespace {

using nlohmann::json;

constexpr std::size_t min_passage_length = 60;
const std::string attack =
    "{{< stolen >}} <script>stolen()</script> [more](javascript:stolen()) <https://stolen.example/>";

DraftingRequest sample_passages(DraftingRequest request, std::size_t max_count) {
  std::vector<PromptPassage> long_passages;
  for (const PromptPassage& passage : request.passages)
    if (passage.text.size() >= min_passage_length) long_passages.push_back(passage);
  const std::size_t step = std::max<std::size_t>(1, (long_passages.size() + max_count - 1) / max_count);
  request.passages.clear();
  for (std::size_t i = 0; i < long_passages.size(); i += step) request.passages.push_back(long_passages[i]);
  return request;
}

json with_text(json change, const std::string& text) {
  change["text"] = text;
  return change;
}

}  // namespace

std::string UnreliableModel::operator()(const DraftingRequest& request) {
  json answer = json::parse(quote_every_passage(sample_passages(request, max_passages_)));
  const json honest = answer["changes"];
  const std::lock_guard lock{mutex_};
  if (!honest.empty()) {
    json change = with_text(honest[0], "Its founder was born on the moon.");
    change["quotes"][0]["text"] = "Lunar registers name the founder among those born there.";
    answer["changes"].push_back(change);
    ++invented_;
  }
  if (honest.size() > 1) {
    answer["changes"].push_back(
        with_text(honest[1], honest[1]["text"].get<std::string>() + " It has 48,151,623 employees."));
    ++overstated_;
  }
  if (honest.size() > 2) {
    answer["changes"].push_back(with_text(honest[2], attack));
    json entry = with_text(honest[2], attack);
    entry["kind"] = "new_entry";
    entry["name"] = "../../layouts/stolen";
    entry["label"] = "company";
    answer["changes"].push_back(entry);
    ++attacks_;
  }
  return answer.dump();
}

int UnreliableModel::invented() const {
  const std::lock_guard lock{mutex_};
  return invented_;
}

int UnreliableModel::overstated() const {
  const std::lock_guard lock{mutex_};
  return overstated_;
}

int UnreliableModel::attacks() const {
  const std::lock_guard lock{mutex_};
  return attacks_;
}

bool contains_attack(const std::string& text) {
  const auto has_unescaped = [&](const std::string& words) {
    for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1))
      if (at == 0 || text[at - 1] != '\\') return true;
    return false;
  };
  // Shortcodes are read before any backslash is.
  return text.find("{{< stolen") != std::string::npos || has_unescaped("<script") ||
         has_unescaped("](javascript:") || has_unescaped("<https://stolen.example");
}

}  // namespace stubkeeper::testing
