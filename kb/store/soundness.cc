#include "kb/store/soundness.h"

#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

constexpr std::chrono::hours longest_trust{24};

Result<bool> is_trusted(Store& store, Timestamp now) {
  if (store.was_left_open()) return false;
  const Store::FileIdentity& file = store.file_identity();
  bool trusted = false;
  STUBKEEPER_TRY(store.database().run(
      "SELECT checked_at, device, inode, (SELECT state FROM run ORDER BY id DESC LIMIT 1) IN ('done', "
      "'partial') FROM soundness",
      {}, [&](const Row& row) -> Status {
        const Timestamp checked_at = row.time(0);
        const bool lately = checked_at <= now && now - checked_at < longest_trust;
        const bool same_file = row.integer(1) == file.device && row.integer(2) == file.inode;
        const bool last_run_ended = row.integer(3) != 0;
        trusted = lately && same_file && last_run_ended;
        return {};
      }));
  return trusted;
}

}  // namespace

Result<std::vector<std::string>> damage_before_run(Store& store, Timestamp now, bool read_only) {
  const auto trusted = is_trusted(store, now);
  if (trusted.ok() && *trusted) return std::vector<std::string>{};
  STUBKEEPER_ASSIGN(auto problems, store.check_integrity(false));
  if (!problems.empty() || read_only) return problems;
  const Store::FileIdentity& file = store.file_identity();
  STUBKEEPER_TRY(store.database().run(
      "INSERT INTO soundness (id, checked_at, device, inode) VALUES (1, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
      "SET checked_at = excluded.checked_at, device = excluded.device, inode = excluded.inode",
      {value_of(now), file.device, file.inode}));
  return problems;
}

}  // namespace stubkeeper::kb
