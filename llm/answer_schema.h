#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stubkeeper::llm {

// The subset of JSON Schema that all endpoints take for structured output. Answers are checked here
// as well: endpoints promise more than they keep (a local server that does not know the parameter
// ignores it).
//
//   type (one of object, array, string, integer, number, boolean), description, properties,
//   required,
//   additionalProperties, items, enum (of texts).
//
// The root is an object; every object requires all its properties and has additionalProperties:
// false; every array has items; objects and arrays are nested at most five deep; there are no
// limits of number or length.

// Whether `schema` is in the subset; the error names the place as a JSON Pointer.
Status check_answer_schema(std::string_view schema);

// A model's text as an answer.
struct CheckedAnswer {
  std::string json;                   // the answer alone, without white space; "" where there are problems
  std::vector<std::string> problems;  // what is wrong and where, for the model to read: at most 20
  bool valid() const { return problems.empty(); }
};

// Checks a model's text by a schema of the subset. Removes what local servers leave around an
// answer: a byte order mark, white space, a leading <think> block, a Markdown code fence. Anything
// else before or after it is a problem, as are repeated keys: nobody knows which of the two is
// meant.
CheckedAnswer check_answer(std::string_view schema, std::string_view text);

}  // namespace stubkeeper::llm
