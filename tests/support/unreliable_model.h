#pragma once

#include <mutex>
#include <string>

#include "tests/support/quoting_model.h"

namespace stubkeeper::testing {

// NO MODEL ANSWERED LIKE THIS: answers made by hand, by this rule. Of at most `max_passages` of a request,
// spread over it, each becomes a fact in the passage's own words, quoted (as quote_every_passage does it).
// With the first of them it also invents a quote; with the second it adds a figure that its quote does not
// hold; with the third it writes what a page's hidden instruction might have asked for: HTML, a shortcode, a
// script's address, and an entry whose name is a path out of the section. A Writer, by std::ref.
class UnreliableModel {
 public:
  explicit UnreliableModel(std::size_t max_passages) : max_passages_(max_passages) {}

  std::string operator()(const DraftingRequest& request);

  // How many changes of each sort it answered.
  int invented() const;
  int overstated() const;
  int attacks() const;

 private:
  const std::size_t max_passages_;
  mutable std::mutex mutex_;
  int invented_ = 0;
  int overstated_ = 0;
  int attacks_ = 0;
};

// Whether a file holds what an attack asked for as more than text that is shown.
bool contains_attack(const std::string& text);

}  // namespace stubkeeper::testing
