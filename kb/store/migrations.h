#pragma once

#include "base/result.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {

// The number of the newest file schema/migrations/NNN_name.sql, which are numbered from 1 without gaps.
int latest_schema_version();

// Brings a database from the version that it has (PRAGMA user_version) up to `version`, one migration after
// the other, each with its version in one transaction. A failed one leaves the database at the version before
// it.
Status migrate(Database& database, int version);

}  // namespace stubkeeper::kb
