#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stubkeeper::llm {

// The subset of JSON Schema that all endpoints take for structured output, and that is checked here once more
// because endpoints promise more than they keep (a local server that does not know the parameter ignores it):
//
//   type (one of object, array, string, integer, number, boolean), description, properties, required,
//   additionalProperties, items, enum (of texts).
//
// The root is an object; every object names all its properties as required and says additionalProperties:
// false; every array says what its items are; objects and arrays are nested at most five deep; there are no
// limits of number or length.

// Whether `schema` is in the subset; the error names the place as a JSON Pointer.
Status check_answer_schema(std::string_view schema);

// A model's text, looked at as an answer.
struct CheckedAnswer {
  std::string json;                   // the answer alone, without white space; "" where there are problems
  std::vector<std::string> problems;  // what is wrong and where, for the model to read: at most 20
  bool valid() const { return problems.empty(); }
};

// Reads a model's text against a schema of the subset. What local servers leave around an answer is taken
// off: a byte order mark, white space, a leading <think> block, a Markdown code fence. Anything else before
// or behind it is a problem, as are repeated keys: nobody knows which of the two is meant.
CheckedAnswer check_answer(std::string_view schema, std::string_view text);

}  // namespace stubkeeper::llm
