#pragma once

#include <string>
#include <vector>

#include "tests/month/play_month.h"

namespace stubkeeper::month {

// The event of that day or before that a change quotes; nullptr where it quotes none.
const world::Event* find_event(const world::World& world, const ProposedChange& change, int day);

// Whether a change holds all that an entry has to hold of the event.
bool holds_values(const world::Event& event, const ProposedChange& change);

// The day on which an event was proposed to its entry with all its values, or -1.
int day_found(const Month& month, const world::Event& event);

// Proposed changes that neither quote an event nor certify an entry, as lines: "day 7, makers/x: ...".
std::vector<std::string> list_noise(const Month& month);

// How often an address was asked for on a day.
int count_looks(const Day& day, const std::string& address);

// The first day from which a fault was seen, -1 where no look met it, and the first good look after it.
int day_fault_seen(const Month& month, const world::Fault& fault);
int day_fault_healed(const Month& month, const world::Fault& fault);

// Whether a fault makes its source fail. (One that moved answers well.)
bool is_failure(world::FaultKind kind);

}  // namespace stubkeeper::month
