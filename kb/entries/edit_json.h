#pragma once

#include <string>

#include "entries/edit.h"

namespace stubkeeper::kb {

// An edit as the JSON object that is stored with a change, and back; corrupt where it is none.
std::string edit_to_json(const entries::Edit& edit);
Result<entries::Edit> edit_from_json(const std::string& json);

}  // namespace stubkeeper::kb
