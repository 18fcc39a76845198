#include "kb/store/migrations.h"

#include <map>

#include "base/text/strings.h"
#include "schema/embedded_files.h"

namespace stubkeeper::kb {
namespace {

const std::map<int, std::string_view>& migrations() {
  static const std::map<int, std::string_view> all = [] {
    std::map<int, std::string_view> found;
    constexpr std::string_view folder = "migrations/";
    for (const schema::EmbeddedFile& file : schema::embedded_files()) {
      if (!file.path.starts_with(folder)) continue;
      const std::string_view name = file.path.substr(folder.size());
      found[parse_number<int>(name.substr(0, name.find('_'))).value_or(0)] = file.text;
    }
    return found;
  }();
  return all;
}

}  // namespace

int latest_schema_version() {
  return migrations().empty() ? 0 : migrations().rbegin()->first;
}

Status migrate(Database& database, int version) {
  STUBKEEPER_ASSIGN(const std::int64_t current, database.query_number("PRAGMA user_version", {}));
  for (int next = static_cast<int>(current) + 1; next <= version; ++next) {
    const auto migration = migrations().find(next);
    if (migration == migrations().end()) {
      return Error{ErrorCode::internal, "migration " + std::to_string(next) + " is missing from the program",
                   database.file(), ""};
    }
    const Status done = database.script("BEGIN IMMEDIATE;\n" + std::string{migration->second} +
                                        "\nPRAGMA user_version = " + std::to_string(next) + ";\nCOMMIT;");
    if (!done.ok()) {
      if (database.in_transaction()) static_cast<void>(database.script("ROLLBACK"));
      return done;
    }
  }
  return {};
}

}  // namespace stubkeeper::kb
