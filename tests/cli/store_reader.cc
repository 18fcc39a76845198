#include "tests/cli/store_reader.h"

#include <fmt/format.h>
#include <openssl/sha.h>
#include <sqlite3.h>
#include <zstd.h>

#include <memory>

#include "tests/support/catch.h"

namespace stubkeeper::testing {
namespace {

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

std::string sha256_of(const std::string& bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  std::string hex;
  for (const unsigned char byte : digest) hex += fmt::format("{:02x}", byte);
  return hex;
}

}  // namespace

StoreReader::StoreReader(const std::string& kb) {
  REQUIRE(sqlite3_open_v2((kb + "/kb.sqlite").c_str(), &database_, SQLITE_OPEN_READWRITE, nullptr) ==
          SQLITE_OK);
}

StoreReader::~StoreReader() {
  sqlite3_close(database_);
}

std::vector<StoreReader::Row> StoreReader::rows(const std::string& sql,
                                                const std::vector<std::string>& values) const {
  sqlite3_stmt* prepared = nullptr;
  INFO(sql);
  REQUIRE(sqlite3_prepare_v2(database_, sql.c_str(), -1, &prepared, nullptr) == SQLITE_OK);
  const std::unique_ptr<sqlite3_stmt, Finalize> statement{prepared};
  for (std::size_t i = 0; i < values.size(); ++i) {
    sqlite3_bind_text(prepared, static_cast<int>(i) + 1, values[i].data(), static_cast<int>(values[i].size()),
                      SQLITE_TRANSIENT);
  }
  std::vector<Row> found;
  int state = sqlite3_step(prepared);
  for (; state == SQLITE_ROW; state = sqlite3_step(prepared)) {
    Row row;
    for (int column = 0; column < sqlite3_column_count(prepared); ++column) {
      const auto* value = static_cast<const char*>(sqlite3_column_blob(prepared, column));
      // Numbers come as text too.
      if (sqlite3_column_type(prepared, column) != SQLITE_BLOB)
        value = reinterpret_cast<const char*>(sqlite3_column_text(prepared, column));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(prepared, column));
      row[sqlite3_column_name(prepared, column)] = value == nullptr ? "" : std::string{value, size};
    }
    found.push_back(std::move(row));
  }
  REQUIRE(state == SQLITE_DONE);
  return found;
}

StoreReader::Row StoreReader::row(const std::string& sql, const std::vector<std::string>& values) const {
  auto found = rows(sql, values);
  INFO(sql);
  REQUIRE(found.size() == 1);
  return std::move(found.front());
}

std::string StoreReader::bytes(const std::string& sha256) const {
  const Row body = row("SELECT size, zstd FROM body WHERE sha256 = ?", {sha256});
  const std::string& packed = body.at("zstd");
  std::string unpacked(std::stoul(body.at("size")), '\0');
  const std::size_t size = ZSTD_decompress(unpacked.data(), unpacked.size(), packed.data(), packed.size());
  REQUIRE(size == unpacked.size());
  REQUIRE(sha256_of(unpacked) == sha256);
  return unpacked;
}

}  // namespace stubkeeper::testing
