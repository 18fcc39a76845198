#pragma once

#include <optional>

#include "entries/edit.h"
#include "kb/records.h"
#include "kb/store.h"

namespace stubkeeper::kb {

// What was approved in place of the proposed text, where a person wrote another: its place, and the text that
// stood there before and the one that came, as it was on the day of the approval. Nothing where the change is
// not approved, or as it was proposed.
Result<std::optional<entries::EditPreview>> approved_own_version(Store& store, const Change& change);

}  // namespace stubkeeper::kb
