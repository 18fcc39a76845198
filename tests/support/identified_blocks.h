#pragma once

#include <string>

#include "entries/block_ids.h"
#include "tests/support/catch.h"

namespace stubkeeper::testing {

// A page's text with ids "b1", "b2" and so on for its blocks.
inline entries::IdentifiedDocument identified(const std::string& text) {
  int next = 0;
  return entries::assign_new_ids(entries::Document::parse(text), [&] { return "b" + std::to_string(++next); });
}

// The id of the first block with just this text.
inline std::string id_of(const entries::IdentifiedDocument& document, const std::string& text) {
  for (std::size_t i = 0; i < document.ids.size(); ++i) {
    if (document.document.text(document.document.blocks()[i]) == text) return document.ids[i];
  }
  FAIL("no block has the text " + text);
  return "";
}

}  // namespace stubkeeper::testing
