#include "kb/sources/reading_attempts.h"

#include "kb/store/database.h"

namespace stubkeeper::kb {

Status ReadingAttempts::begin(const std::string& address, Timestamp now) {
  return store_.database().run(
      "INSERT INTO reading_attempt (address, attempts, begun_at) VALUES (?1, 1, ?2) "
      "ON CONFLICT (address) DO UPDATE SET attempts = attempts + 1, begun_at = ?2, rests_until = NULL",
      {address, to_value(now)});
}

Status ReadingAttempts::end(const std::string& address) {
  return store_.database().run("DELETE FROM reading_attempt WHERE address = ?", {address});
}

Status ReadingAttempts::take_back(const std::string& address) {
  Database& database = store_.database();
  STUBKEEPER_TRY(database.run(
      "UPDATE reading_attempt SET attempts = attempts - 1 WHERE address = ? AND attempts > 1", {address}));
  if (database.changes() > 0) return {};
  return end(address);
}

Status ReadingAttempts::rest(const std::string& address, Timestamp until) {
  return store_.database().run("UPDATE reading_attempt SET rests_until = ? WHERE address = ?",
                               {to_value(until), address});
}

Result<std::map<std::string, ReadingAttempt>> ReadingAttempts::list() {
  std::map<std::string, ReadingAttempt> all;
  STUBKEEPER_TRY(store_.database().run(
      "SELECT address, attempts, rests_until FROM reading_attempt", {}, [&](const Row& row) -> Status {
        all[row.text(0)] = {static_cast<int>(row.integer(1)), row.optional_time(2)};
        return {};
      }));
  return all;
}

Result<int> ReadingAttempts::count(const std::string& address) {
  STUBKEEPER_ASSIGN(
      const std::int64_t attempts,
      store_.database().query_number("SELECT attempts FROM reading_attempt WHERE address = ?", {address}));
  return static_cast<int>(attempts);
}

}  // namespace stubkeeper::kb
