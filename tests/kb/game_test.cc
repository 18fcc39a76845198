// An owner and the program play against each other: random edits on disk, random changes in the store,
// exports in between. Every hand edit stands in the end, or waits because the same place was changed on both
// sides; none is lost, none appears twice.

#include <random>
#include <set>

#include "kb/entries/entry_store.h"
#include "kb/export/conflicts.h"
#include "kb/export/section_export.h"
#include "kb/export/section_import.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::testing;

namespace {

class Game {
 public:
  Game() {
    auto created = Store::create(folder_ / "kb.sqlite");
    REQUIRE(created.ok());
    store_ = std::move(created).value();
    std::string page =
        "---\ntitle: \"A\"\nlastmod: 2026-01-01\nsource_urls:\n  - \"https://a.org\"\n---\n\n## Key "
        "Facts\n\n";
    for (int i = 0; i < 5; ++i) page += "- fact " + std::to_string(i) + "\n";
    page += "\n## What It Is\n\n";
    for (int i = 0; i < 5; ++i) page += "Paragraph " + std::to_string(i) + " of the page.\n\n";
    page += "## Notable Developments\n\n- **2025-01:** first\n\n## Sources\n\n- [A](https://a.org)\n";
    write_file(file_, page);
    REQUIRE(import_section(*store_, files_, site_, "jane", clock_.now()).ok());
  }

  std::string on_disk() const { return read_file(file_); }
  std::string in_store() {
    EntryStore entries{*store_};
    return *entries.current_bytes(*entries.find("a").value());
  }
  void save_on_disk(const std::string& text) { write_file(file_, text); }
  void change_store(const std::string& text) {
    EntryStore entries{*store_};
    REQUIRE(
        entries
            .add_revision(entries.find("a").value()->id, text, AuthorKind::person, "policy", clock_.now(), "")
            .ok());
  }
  ExportReport export_section() {
    auto report = kb::export_section(*store_, files_, {site_, "jane", clock_.now()});
    INFO((report.ok() ? "" : report.error().text()));
    REQUIRE(report.ok());
    return *report;
  }

  // Decides the other way first, and takes that back: before or after an export, or after a late edit.
  void settle_and_undo(ConflictResolution keep, std::mt19937& random) {
    Conflicts conflicts{*store_};
    const auto before = conflicts.waiting();
    REQUIRE(before.ok());
    REQUIRE(before->size() == 1);
    const auto texts = conflicts.texts(before->front());
    const kb::Reviewer jane{AuthorKind::person, "jane"};
    REQUIRE(conflicts.decide(before->front().id, keep, "", jane, clock_.now()).ok());
    if (random() % 2 == 0) export_section();
    const auto undone = conflicts.undo(files_, before->front().id, jane, "", clock_.now());
    INFO((undone.ok() ? "" : undone.error().text()));
    REQUIRE(undone.ok());
    if (random() % 2 == 0) export_section();
    const auto again = conflicts.waiting();
    REQUIRE(again->size() == 1);
    REQUIRE(again->front().id == before->front().id);
    const auto texts_again = conflicts.texts(again->front());
    REQUIRE(texts_again->theirs == texts->theirs);
    REQUIRE(texts_again->store == texts->store);
    REQUIRE(texts_again->base == texts->base);
  }

  // Decides what waits, as a person would, and gives the texts at the places that were given up.
  std::string settle(ConflictResolution keep) {
    Conflicts conflicts{*store_};
    const auto waiting = conflicts.waiting();
    REQUIRE(waiting.ok());
    REQUIRE(waiting->size() == 1);
    const auto texts = conflicts.texts(waiting->front());
    REQUIRE(texts.ok());
    REQUIRE_FALSE(texts->places.empty());
    std::string given_up;
    for (const auto& place : texts->places) given_up += keep == ConflictResolution::disk ? place.ours : place.theirs;
    const auto decided =
        conflicts.decide(waiting->front().id, keep, "", {AuthorKind::person, "jane"}, clock_.now());
    INFO((decided.ok() ? "" : decided.error().text()));
    REQUIRE(decided.ok());
    return given_up;
  }

 private:
  TemporaryFolder folder_;
  std::string site_ = folder_ / "site";
  std::string file_ = site_ + "/a.md";
  std::unique_ptr<Store> store_;
  DiskFileSystem files_;
  FakeClock clock_{"2026-11-23T10:00:00Z"};
};

// Puts a mark somewhere into a text: into a line, as a new item, as a new paragraph, at the end.
std::string marked(const std::string& text, const std::string& mark, std::mt19937& random) {
  std::vector<std::size_t> ends;
  const std::size_t body = text.find("\n---\n") + 5;
  for (std::size_t at = text.find('\n', body); at != std::string::npos; at = text.find('\n', at + 1)) {
    if (at > 0 && text[at - 1] != '\n') ends.push_back(at);
  }
  const std::size_t end = ends[random() % ends.size()];
  const std::size_t begin = text.rfind('\n', end - 1) + 1;
  const std::string line = text.substr(begin, end - begin);
  std::string result = text;
  switch (random() % 3) {
    case 0:
      return line.starts_with("#") ? result.insert(end + 1, "\n" + mark + " stands here.\n")
                                   : result.insert(end, " " + mark);
    case 1:
      return line.starts_with("- ") ? result.insert(end + 1, "- item " + mark + "\n")
                                    : result.insert(end + 1, "\n" + mark + " is a paragraph.\n");
    default:
      return result + "\n" + mark + " at the end.\n";
  }
}

// Puts a mark behind the words that both sides like to edit, or anywhere where they are gone.
std::string marked_at_favourite(const std::string& text, const std::string& mark, std::mt19937& random) {
  const std::size_t at = text.find("Paragraph 2");
  return at == std::string::npos ? marked(text, mark, random) : std::string{text}.insert(at + 11, " " + mark);
}

}  // namespace

TEST_CASE(
    "in a thousand rounds of an owner against the program no hand edit is lost, and none appears twice") {
  constexpr int rounds = 1'000;
  std::mt19937 random{1'123};
  int merged = 0;
  int waiting = 0;
  int undone = 0;
  auto game = std::make_unique<Game>();
  std::set<std::string> hand_edits;
  std::set<std::string> approved;
  for (int round = 0; round < rounds; ++round) {
    // A page that only ever grows would make the later rounds slow and dull.
    if (round % 50 == 49) {
      game = std::make_unique<Game>();
      hand_edits.clear();
      approved.clear();
    }
    const std::string mark = "m" + std::to_string(round) + "x";
    const auto edit_of = random() % 5 == 0 ? marked_at_favourite : marked;
    if (random() % 3 != 0) {
      game->save_on_disk(edit_of(game->on_disk(), "hand" + mark, random));
      hand_edits.insert("hand" + mark);
    }
    if (random() % 3 != 0) {
      game->change_store(edit_of(game->in_store(), "auto" + mark, random));
      approved.insert("auto" + mark);
    }
    if (random() % 2 == 0) continue;
    const auto report = game->export_section();
    merged += report.count(ExportAction::merge);
    std::string disk = game->on_disk();
    const auto count = [](const std::string& text, const std::string& part) {
      int found = 0;
      for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
      return found;
    };
    for (const std::string& edit : hand_edits) {
      INFO("round " << round << ", " << edit << "\n" << disk);
      REQUIRE(count(disk, edit) == 1);
    }
    if (report.count(ExportAction::conflict) > 0) {
      // It waits with both as they were, until somebody decides; then everything is there but what was given
      // up.
      ++waiting;
      for (const std::string& change : approved) REQUIRE(count(game->in_store(), change) == 1);
      if (random() % 2 == 0) {
        game->settle_and_undo(random() % 2 == 0 ? ConflictResolution::disk : ConflictResolution::store, random);
        ++undone;
      }
      const std::string given_up = game->settle(random() % 2 == 0 ? ConflictResolution::disk : ConflictResolution::store);
      std::erase_if(hand_edits, [&](const std::string& edit) { return count(given_up, edit) > 0; });
      std::erase_if(approved, [&](const std::string& change) { return count(given_up, change) > 0; });
      // Sometimes the owner goes on typing before the next export.
      if (random() % 2 == 0) {
        game->save_on_disk(marked(game->on_disk(), "late" + mark, random));
        hand_edits.insert("late" + mark);
      }
      const auto after = game->export_section();
      if (after.count(ExportAction::conflict) > 0) {
        // The late edit stands where the decision does: another thing to decide, and the decision stands.
        game->settle(ConflictResolution::disk);
        game->export_section();
        game = std::make_unique<Game>();
        hand_edits.clear();
        approved.clear();
        continue;
      }
      REQUIRE(after.items.size() <= 1);
      const std::string settled = game->on_disk();
      for (const std::string& edit : hand_edits) {
        INFO("round " << round << ", settled, " << edit << "\n" << settled);
        REQUIRE(count(settled, edit) == 1);
      }
      for (const std::string& change : approved) {
        INFO("round " << round << ", settled, " << change << "\n" << settled << "\ngiven up: " << given_up);
        REQUIRE(count(settled, change) == 1);
      }
      continue;
    }
    REQUIRE(game->in_store() == disk);
    for (const std::string& change : approved) {
      INFO("round " << round << ", " << change << "\n" << disk);
      REQUIRE(count(disk, change) == 1);
    }
    REQUIRE(game->export_section().items.empty());
  }
  CHECK(merged > 100);
  CHECK(waiting > 20);
  CHECK(undone > 10);
}
