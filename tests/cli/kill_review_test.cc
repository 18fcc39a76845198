// docs/architecture.md, invariant 7, in review: an approval of many that dies at any instruction leaves each change
// whole, approved and in its entry's text, or waiting and not in it.

#include <algorithm>
#include <filesystem>
#include <random>

#include "tests/cli/knowledge_base.h"
#include "tests/cli/store_reader.h"
#include "tests/support/catch.h"
#include "tests/support/number_from_environment.h"

using namespace stubkeeper::testing;
namespace fs = std::filesystem;

namespace {

const int kills = static_cast<int>(number_from_environment("STUBKEEPER_KILLS", 8));
constexpr int stubs = 40;  // of three changes each: more than one group of an approval of many

// How many bytes the store takes with its log, which an approval adds to until its end.
std::uintmax_t store_size(const std::string& kb) {
  std::uintmax_t bytes = 0;
  for (const char* file : {"/kb.sqlite", "/kb.sqlite-wal"}) {
    std::error_code is_not_there;
    const std::uintmax_t size = fs::file_size(kb + file, is_not_there);
    if (!is_not_there) bytes += size;
  }
  return bytes;
}

// How many changes are approved; fails the test where one of them is not whole.
std::size_t count_complete_approvals(const std::string& kb) {
  const StoreReader store{kb};
  std::size_t approved = 0;
  for (const auto& row :
       store.rows("SELECT change.id AS id, change.state AS state, new_text, applied_revision_id AS revision, "
                  "entry.state AS entry_state, body_sha256, "
                  "(SELECT count(*) FROM decision WHERE change_id = change.id) AS decisions "
                  "FROM change JOIN proposal ON proposal.id = proposal_id JOIN entry ON entry.id = "
                  "proposal.entry_id "
                  "JOIN revision ON revision.id = current_revision_id")) {
    INFO(row.at("id") << " " << row.at("state"));
    const std::string& text = row.at("new_text");
    // What is added, without the heading that may have to be made for it.
    const std::size_t heading = text.starts_with("## ") ? text.find("\n\n") + 2 : 0;
    const bool stands = store.bytes(row.at("body_sha256")).find(text.substr(heading)) != std::string::npos;
    const bool is_approved = row.at("state") == "approved";
    CHECK((is_approved || row.at("state") == "waiting"));
    CHECK(stands == is_approved);
    CHECK(row.at("revision").empty() != is_approved);
    CHECK(row.at("decisions") == (is_approved ? "1" : "0"));
    if (is_approved) CHECK(row.at("entry_state") == "published");
    approved += is_approved ? 1 : 0;
  }
  return approved;
}

std::string read_texts(const std::string& kb) {
  return query_rows(kb,
                 "SELECT path, entry.state, number, body_sha256 FROM entry JOIN revision ON revision.id = "
                 "current_revision_id ORDER BY path");
}

}  // namespace

TEST_CASE(
    "an approval of many that is killed at any point leaves whole decisions, and the next one ends it") {
  TestKnowledgeBase base;
  for (int i = 0; i < stubs; ++i) {
    const std::string name =
        "Pumpwerk " + std::string(1, static_cast<char>('A' + i % 26)) + std::to_string(i);
    base.add_stub("pumps/" + std::to_string(i), name, page_about(name));
  }
  base.run_ok({"refresh"});
  const std::string pristine = base.folder / "pristine";
  replace_folder(base.kb, pristine);
  const std::vector<std::string> approve{"review", "approve", "--all-unflagged", "--kb", base.kb};
  const std::uintmax_t least = store_size(base.kb);
  std::uintmax_t most = least;
  REQUIRE_FALSE(kill_stubkeeper_when(approve, [&] {
    most = std::max(most, store_size(base.kb));
    return false;
  }));
  const std::size_t all = count_complete_approvals(base.kb);
  REQUIRE(all == 3 * stubs);
  const std::string undisturbed = read_texts(base.kb);

  std::mt19937 random{20261125};
  std::uniform_int_distribution<std::uintmax_t> point{least, most};
  int in_part = 0;
  for (int i = 0; i < kills; ++i) {
    replace_folder(pristine, base.kb);
    const std::uintmax_t at = point(random);
    INFO("killed at " << at << " of " << least << " to " << most << " bytes");
    kill_stubkeeper_when(approve, [&] { return store_size(base.kb) >= at; });
    check_integrity(base.kb);
    const std::size_t approved = count_complete_approvals(base.kb);
    if (approved > 0 && approved < all) ++in_part;
    base.run_ok({"review", "approve", "--all-unflagged"});
    CHECK(count_complete_approvals(base.kb) == all);
    CHECK(read_texts(base.kb) == undisturbed);
  }
  // Without a kill between two groups the test would show little.
  CHECK(in_part > 0);
}
