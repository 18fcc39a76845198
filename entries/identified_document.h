#pragma once

#include <string>
#include <vector>

#include "entries/conventions.h"
#include "entries/document.h"

namespace stubkeeper::entries {

// A document as the knowledge base knows it: with an id for each of its blocks, ids[i] naming blocks()[i],
// the file that it has below the section's root ("" where none is known), and the conventions that hold for
// it, which are borrowed.
struct IdentifiedDocument {
  Document document;
  std::vector<std::string> ids;
  std::string file;
  const Conventions* conventions = &built_in_conventions();
};

}  // namespace stubkeeper::entries
