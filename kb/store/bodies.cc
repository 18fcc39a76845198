#include "kb/store/bodies.h"

#include <zstd.h>

#include "base/sha256.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

constexpr int compression_level = 3;
// Beyond the limits of fetch and import: a larger size in the store is damage.
constexpr std::int64_t max_body_bytes = 2'000'000'000;

Result<std::string> compress(std::string_view bytes) {
  std::string zstd(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compress(zstd.data(), zstd.size(), bytes.data(), bytes.size(), compression_level);
  if (ZSTD_isError(size) != 0)
    return Error{ErrorCode::internal, std::string{"cannot compress: "} + ZSTD_getErrorName(size), "", ""};
  zstd.resize(size);
  return zstd;
}

}  // namespace

Result<std::string> Bodies::put(std::string_view bytes) {
  std::string hash = sha256_hex(bytes);
  STUBKEEPER_ASSIGN(const bool known,
                    store_.database().has_rows("SELECT 1 FROM body WHERE sha256 = ?", {hash}));
  if (known) return hash;
  STUBKEEPER_ASSIGN(const std::string zstd, compress(bytes));
  STUBKEEPER_TRY(store_.database().run("INSERT INTO body (sha256, size, zstd) VALUES (?, ?, ?)",
                                       {hash, static_cast<std::int64_t>(bytes.size()), Blob{zstd}}));
  return hash;
}

Result<std::string> Bodies::get(const std::string& sha256) {
  std::string bytes;
  bool found = false;
  bool sound = false;
  STUBKEEPER_TRY(store_.database().run(
      "SELECT size, zstd FROM body WHERE sha256 = ?", {sha256}, [&](const Row& row) -> Status {
        found = true;
        const std::int64_t size = row.integer(0);
        if (size < 0 || size > max_body_bytes) return {};
        const std::string_view compressed = row.view(1);
        bytes.resize(static_cast<std::size_t>(size));
        const std::size_t written =
            ZSTD_decompress(bytes.data(), bytes.size(), compressed.data(), compressed.size());
        sound = ZSTD_isError(written) == 0 && written == bytes.size();
        return {};
      }));
  if (!found)
    return Error{ErrorCode::not_found, "no body has the hash " + sha256, store_.database().file(), ""};
  if (!sound || sha256_hex(bytes) != sha256) {
    return Error{ErrorCode::corrupt, "the stored bytes with the hash " + sha256 + " are damaged",
                 store_.database().file(), "`stubkeeper restore` puts a backup back"};
  }
  return bytes;
}

}  // namespace stubkeeper::kb
