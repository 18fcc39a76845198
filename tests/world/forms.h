#pragma once

#include <map>
#include <string>

#include "tests/world/random.h"
#include "tests/world/world.h"

namespace stubkeeper::world {

using Words = std::map<std::string, std::string>;

// A sentence that tells an event, in one of its forms, with the words put in: {"company": "Harvane Pumps", ...}.
std::string draw_sentence(Random& random, EventKind kind, const Words& words);
std::string draw_headline(Random& random, EventKind kind, const Words& words);
// The sentence of a fact, in one of its forms. A form is known by a number, so that a changed fact keeps its form.
std::string write_fact(Fact fact, int form, const Words& words);

}  // namespace stubkeeper::world
