#pragma once

#include "base/result.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {

// The number of the newest schema/migrations/NNN_name.sql; they are numbered from 1 without gaps.
int latest_schema_version();

// Migrates a database from its version (PRAGMA user_version) to `version`, each migration in a
// transaction of its own. A failed one leaves the database at the version before it.
Status migrate(Database& database, int version);

}  // namespace stubkeeper::kb
