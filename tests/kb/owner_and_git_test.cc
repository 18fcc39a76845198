// An owner, git and the program at work on drawn pages, in random order: hand edits of all kinds, checkouts, stashes,
// branches and rebases, approved changes, exports, decisions. Beside each page lie its translation and a bundle's resource. STUBKEEPER_ROUNDS and STUBKEEPER_SEED set how long and which; a
// failure names the round, so that it can be played again.

#include <map>
#include <set>
#include <sstream>

#include "base/text/strings.h"
#include "entries/checks/check.h"
#include "entries/markdown/unclosed_blocks.h"
#include "kb/export/conflicts.h"
#include "kb/review/proposals.h"
#include "kb/review/review.h"
#include "kb/runs/runs.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/sources.h"
#include "tests/kb/stored_site.h"
#include "tests/support/generated_page.h"
#include "tests/support/hugo_pages.h"
#include "tests/support/number_from_environment.h"
#include "tests/support/ok.h"
#include "tests/support/program.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::kb::testing;

namespace {

using Words = std::set<std::string>;

// The drawn words ("w17x") in a text, with how often each is there.
std::map<std::string, int> count_words(const std::string& text) {
  std::map<std::string, int> counts;
  for (std::size_t at = text.find('w'); at != std::string::npos; at = text.find('w', at + 1)) {
    const std::size_t end = text.find_first_not_of("0123456789", at + 1);
    if (end == std::string::npos || end == at + 1 || text[end] != 'x') continue;
    ++counts[text.substr(at, end + 1 - at)];
  }
  return counts;
}

bool has_word(const std::string& text, const std::string& word) {
  return text.find(word) != std::string::npos;
}

bool is_well_formed(const std::string& page) {
  return entries::FrontMatter::parse(page).parse_error().empty();
}

// The kinds of block that the words of a page are in, where they are no prose: a code that became a part of an item is
// another page to its readers.
std::map<std::string, entries::BlockKind> kinds_of_words(const std::string& page) {
  std::map<std::string, entries::BlockKind> kinds;
  const auto document = entries::Document::parse(page);
  for (const entries::Block& block : document.blocks()) {
    switch (block.kind) {
      case entries::BlockKind::code:
      case entries::BlockKind::html:
      case entries::BlockKind::table_row:
      case entries::BlockKind::shortcode:
        for (const auto& [word, count] : count_words(std::string{document.text(block)}))
          kinds[word] = block.kind;
        break;
      default:
        break;
    }
  }
  return kinds;
}

// The errors that `check` finds in a page, by check, with how many.
std::map<std::string, int> errors_of(const std::string& page) {
  static const entries::Conventions conventions = entries::built_in_conventions();
  const entries::PageIndex pages{std::vector<std::string>{"one.md"}};
  const entries::SectionIndex section;
  std::map<std::string, int> errors;
  for (const entries::Finding& finding :
       entries::check_page("one.md", entries::Document::parse(page),
                           {conventions, pages, section, "2026-11-24", {}, false})) {
    if (finding.severity == entries::Severity::error) ++errors[finding.id];
  }
  return errors;
}

// One page from its import on.
class PageLife {
 public:
  PageLife(PageGenerator& draw, HugoPages& hugo) : draw_(draw), hugo_(hugo) {
    const Id source =
        ok(Sources{*site_.store}.add("page", "https://news.example/one", "", site_.clock.now()));
    Snapshots snapshots{*site_.store};
    const auto document =
        ok(snapshots.document(source, "https://news.example/one", "https://news.example/one"));
    NewSnapshot snapshot;
    snapshot.metadata.fetched_at = site_.clock.now();
    snapshot.metadata.title = "News";
    snapshot.body = "<html>";
    snapshot.text = "The works opened.";
    snapshot.passages = {{0, 0, 0, 0, snapshot.text.size(), "a", true}};
    snapshot_ = ok(snapshots.add(document.id, snapshot));
    run_ = ok(Runs{*site_.store}.begin("test", site_.clock.now()));
    write(draw_.page());
    write_file(site_.folder / "hugo.toml",
               "defaultContentLanguage = \"en\"\n[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n");
    write_file(site_.content + "/bundle/index.md", "---\ntitle: Bundle\n---\n\n## Summary\n\nIt is one.\n");
    for (auto& [path, bytes] : bystanders_) write_file(site_.content + path, bytes = draw_.page());
    for (const auto& [word, count] : count_words(disk())) by_hand_.insert(word);
    site_.import();
    commits_.push_back(disk());
  }

  std::string disk() const { return read_file(file_); }
  std::string stored() { return site_.bytes("one"); }

  void step() {
    site_.clock.advance(std::chrono::minutes{1});
    switch (draw_.below(10)) {
      case 0:
      case 1:
      case 2:
        return edit_by_hand();
      case 3:
      case 4:
      case 5:
        return approve_change();
      case 6:
        return use_git();
      default:
        return export_and_check();
    }
  }

  void finish() {
    export_and_check();
    export_and_check();
  }

 private:
  void write(const std::string& text) { write_file(file_, text); }

  // What a person took out of the page is nobody's loss.
  void take_out(const std::string& before, const std::string& after) {
    const auto left = count_words(after);
    for (const auto& [word, count] : count_words(before)) {
      if (left.contains(word)) continue;
      by_hand_.erase(word);
      if (approved_.erase(word) > 0) taken_out_.insert(word);
    }
  }

  void edit_by_hand() {
    const std::string before = disk();
    std::string after = before;
    switch (draw_.below(8)) {
      case 0:
      case 1:
      case 2:
        after = with_new_block(before);
        break;
      case 3:
        after = without_a_block(before);
        break;
      case 4: {  // all line ends, as an editor turns them
        after.clear();
        const bool had_cr = before.find('\r') != std::string::npos;
        for (const char c : before) {
          if (c == '\r') continue;
          if (c == '\n' && !had_cr) after += '\r';
          after += c;
        }
        break;
      }
      case 5:
        if (const std::size_t at = before.find("note: w"); at != std::string::npos) {
          const std::string word = draw_.word();
          after.replace(at + 6, before.find_first_of(",\r\n}", at) - at - 6, word);
        }
        break;
      case 6:
        if (const std::size_t at = before.find("lastmod: 2026-01-10\n"); at != std::string::npos)
          after.insert(at + 19, "T07:00:00Z  # " + draw_.word());
        break;
      default:
        if (const std::size_t at = before.find(" has works in Graz."); at != std::string::npos)
          after.insert(at, " " + draw_.word());
    }
    take_out(before, after);
    const auto old_words = count_words(before);
    for (const auto& [word, count] : count_words(after))
      if (!old_words.contains(word)) by_hand_.insert(word);
    write(after);
  }

  std::string with_new_block(const std::string& page) {
    const auto document = entries::Document::parse(page);
    std::vector<std::size_t> places;
    for (const entries::Block& block : document.blocks())
      if (block.kind == entries::BlockKind::blank && block.bytes.begin > 0) places.push_back(block.bytes.end);
    const std::string line_end = page.find("\r\n") == std::string::npos ? "\n" : "\r\n";
    const std::string block = replace_all(draw_.block() + "\n\n", "\n", line_end);
    std::string result = page;
    if (places.empty()) return result + line_end + line_end + block;
    return result.insert(places[draw_.below(places.size())], block);
  }

  std::string without_a_block(const std::string& page) {
    const auto document = entries::Document::parse(page);
    std::vector<const entries::Block*> blocks;
    for (const entries::Block& block : document.blocks())
      if (block.kind == entries::BlockKind::paragraph || block.kind == entries::BlockKind::list_item)
        blocks.push_back(&block);
    if (blocks.empty()) return page;
    const entries::ByteRange range = blocks[draw_.below(blocks.size())]->bytes;
    std::string result = page;
    return result.erase(range.begin, range.size());
  }

  entries::Edit random_edit(const entries::IdentifiedDocument& page, const std::string& word) {
    entries::Edit edit;
    edit.text = "The works " + word + " opened.";
    switch (draw_.below(5)) {
      case 0:
        edit.kind = entries::EditKind::add_to_part;
        edit.part = "Summary";
        return edit;
      case 1:
        edit.kind = entries::EditKind::add_list_item;
        edit.part = "Key Facts";
        return edit;
      case 2: {
        const auto& blocks = page.document.blocks();
        for (std::size_t i = draw_.below(blocks.size()); i < blocks.size(); ++i) {
          if (blocks[i].kind != entries::BlockKind::paragraph) continue;
          edit.kind = entries::EditKind::replace_block;
          edit.target = page.ids[i];
          edit.expected = std::string{page.document.text(blocks[i])};
          return edit;
        }
        [[fallthrough]];
      }
      default:
        edit.kind = entries::EditKind::prepend_development;
        edit.part = "Notable Developments";
        edit.date = draw_.one_in(4) ? "2025-06" : "2026-11";
        return edit;
    }
  }

  void approve_change() {
    const auto entry = site_.entry("one");
    const auto page = ok(EntryStore{*site_.store}.document(entry.current_revision_id));
    const std::string word = draw_.word();
    Proposals::NewChange change;
    change.kind = "add fact";
    change.edit = random_edit(page, word);
    const auto preview = entries::preview_edit(page, change.edit);
    if (!preview.ok()) return;  // the page has a block that never ends, or no place for it
    change.place = preview->place;
    change.old_text = preview->old_text;
    change.new_text = preview->new_text;
    change.citations.push_back({0, snapshot_, 0, 17, "The works opened.", false});
    ok(Proposals{*site_.store}.propose(run_, entry.id, entry.current_revision_id, "test", site_.clock.now(),
                                       {}, {change}));
    const Id id = ok(Proposals{*site_.store}.list({})).back().id;
    const std::string before = stored();
    const auto approved = Review{*site_.store, site_.clock}.approve(id, {AuthorKind::person, "jane"}, "", "");
    INFO((approved.ok() ? "" : approved.error().text()) << "\n" << before);
    // Nothing is put into a page with a block that never ends; the change waits.
    if (entries::find_unclosed_block(page.document)) {
      REQUIRE_FALSE(approved.ok());
      REQUIRE(stored() == before);
      return;
    }
    REQUIRE(approved.ok());
    const std::string after = stored();
    INFO("approved:\n" << after << "\nbefore:\n" << before);
    REQUIRE(has_word(after, word));
    check_written(before, after);
    take_out(before, after);
    // What a person approved another text for is not asked for again, wherever git has it still.
    for (const auto& [old_word, count] : count_words(before))
      if (!has_word(after, old_word)) taken_out_.insert(old_word);
    approved_.insert(word);
  }

  void use_git() {
    switch (draw_.below(4)) {
      case 0:
        commits_.push_back(disk());
        return;
      case 1:
        return rebase();
      case 2: {  // a checkout, or an older branch
        const std::string before = disk();
        const std::string older = commits_[draw_.below(commits_.size())];
        for (const auto& [word, count] : count_words(before))
          if (!has_word(older, word)) by_hand_.erase(word);
        for (const auto& [word, count] : count_words(older))
          if (!approved_.contains(word) && !taken_out_.contains(word)) by_hand_.insert(word);
        write(older);
        return;
      }
      default: {  // a stash, an export in between, and the stash again where nothing else changed
        const std::string edited = disk();
        const std::string committed = commits_.back();
        write(committed);
        const Words hand = by_hand_;
        std::erase_if(by_hand_, [&](const std::string& word) { return !has_word(committed, word); });
        export_and_check();
        if (disk() != committed) return;
        write(edited);
        by_hand_ = hand;
        return;
      }
    }
  }

  // A branch with one more block, begun at an older commit, is set upon what is in the file now.
  void rebase() {
    const std::string older = commits_[draw_.below(commits_.size())];
    const std::string branch = with_new_block(older);
    const std::string before = disk();
    const TemporaryFolder folder;
    for (const auto& [name, text] : {std::pair{"/ours", before}, {"/base", older}, {"/theirs", branch}})
      write_file(folder.path() + name, text);
    const auto merged =
        run_program({"git", "merge-file", "-p", folder / "ours", folder / "base", folder / "theirs"});
    if (merged.exit_code != 0) return;  // git stops and asks
    take_out(before, merged.out);
    const auto old_words = count_words(before);
    for (const auto& [word, count] : count_words(merged.out))
      if (!old_words.contains(word)) by_hand_.insert(word);
    write(merged.out);
  }

  // A page that was written: it parses where it parsed, what is no prose is what it was, and check finds no new error.
  void check_written(const std::string& before, const std::string& after) {
    hugo_.add(before, after);
    if (is_well_formed(before)) REQUIRE(is_well_formed(after));
    const auto kinds = kinds_of_words(after);
    for (const auto& [word, kind] : kinds_of_words(before)) {
      if (!has_word(after, word)) continue;
      INFO(word);
      REQUIRE(kinds.contains(word));
      REQUIRE(kinds.at(word) == kind);
    }
    const auto old_errors = errors_of(before);
    for (const auto& [check, count] : errors_of(after)) {
      INFO(check);
      const auto old = old_errors.find(check);
      REQUIRE(count <= (old == old_errors.end() ? 0 : old->second));
    }
  }

  ExportReport export_once(OlderTextDecision older_texts = OlderTextDecision::ask) {
    auto report = export_section(*site_.store, site_.files,
                                 {site_.content, "jane", site_.clock.now(), false, nullptr, older_texts});
    INFO((report.ok() ? "" : report.error().text()));
    REQUIRE(report.ok());
    return *report;
  }

  void export_and_check() {
    const std::string before = disk();
    const std::string stored_before = stored();
    const ExportReport report = export_once();
    const std::string after = disk();
    INFO("on disk before:\n"
         << before << "\nin the store before:\n"
         << stored_before << "\non disk after:\n"
         << after);
    if (report.count(ExportAction::older_text) > 0) {
      REQUIRE(report.needs_attention());
      REQUIRE(after == before);
      REQUIRE(stored() == stored_before);
      return decide_on_older_text(before);
    }
    if (report.count(ExportAction::conflict) > 0) {
      REQUIRE(report.needs_attention());
      REQUIRE(after == before);
      REQUIRE(stored() == stored_before);
      return decide_conflict(before, stored_before);
    }
    int named = 0;
    for (const ExportItem& item : report.items) named += item.approved_changes_out;
    for (const auto& [path, bytes] : bystanders_) REQUIRE(read_file(site_.content + path) == bytes);
    check_words(before, after, named);
    if (after != before) check_written(before, after);
    REQUIRE(export_once().items.empty());
  }

  void check_words(const std::string& before, const std::string& after, int named_as_taken_out) {
    for (const std::string& word : by_hand_) {
      INFO("a word of the hand: " << word);
      REQUIRE(has_word(after, word));
    }
    const auto counts = count_words(after);
    for (const auto& [word, count] : count_words(before)) {
      const auto now = counts.find(word);
      INFO("doubled: " << word);
      if (now != counts.end()) REQUIRE(now->second <= count);
    }
    const std::string text = stored();
    for (const std::string& word : Words{approved_}) {
      if (has_word(text, word)) continue;
      INFO("an approved word: " << word);
      REQUIRE(named_as_taken_out > 0);
      approved_.erase(word);
      taken_out_.insert(word);
    }
  }

  void decide_on_older_text(const std::string& before) {
    if (draw_.one_in(2)) {
      export_once(OlderTextDecision::restore);
      const std::string after = disk();
      for (const std::string& word : approved_) REQUIRE(has_word(after, word));
      REQUIRE(after == stored());
      restart_words(after);
    } else {
      const auto accepted = export_once(OlderTextDecision::accept);
      for (const ExportItem& item : accepted.items)
        UNSCOPED_INFO(export_action_name(item.action) << " " << item.detail);
      REQUIRE(disk() == before);
      REQUIRE(stored() == before);
      restart_words(before);
    }
  }

  void decide_conflict(const std::string& before, const std::string& stored_before) {
    Conflicts conflicts{*site_.store};
    const auto waiting = ok(conflicts.waiting());
    REQUIRE(waiting.size() == 1);
    const auto texts = ok(conflicts.texts(waiting.front()));
    const bool keep_disk = draw_.one_in(2);
    REQUIRE(conflicts
                .decide(waiting.front().id, keep_disk ? ConflictResolution::disk : ConflictResolution::store,
                        "", {AuthorKind::person, "jane"}, site_.clock.now())
                .ok());
    export_once();
    const std::string after = disk();
    INFO("decided for " << (keep_disk ? "disk" : "store") << ":\n" << after);
    const std::string& preferred = keep_disk ? before : stored_before;
    if (is_well_formed(preferred)) REQUIRE(is_well_formed(after));
    for (const entries::MergeConflict& place : texts.places) {
      for (const auto& [word, count] : count_words(keep_disk ? place.theirs : place.ours)) {
        INFO("a word of the side that was kept: " << word);
        REQUIRE(has_word(after, word));
      }
    }
    restart_words(after);
  }

  // After a person's decision that gave words up.
  void restart_words(const std::string& text) {
    const auto counts = count_words(text);
    std::erase_if(by_hand_, [&](const std::string& word) { return !counts.contains(word); });
    for (const std::string& word : Words{approved_}) {
      if (counts.contains(word)) continue;
      approved_.erase(word);
      taken_out_.insert(word);
    }
    for (const auto& [word, count] : counts)
      if (!approved_.contains(word) && !taken_out_.contains(word)) by_hand_.insert(word);
  }

  PageGenerator& draw_;
  HugoPages& hugo_;
  // No entries: nothing of the program's is in them.
  std::map<std::string, std::string> bystanders_{{"/one.de.md", ""}, {"/bundle/sub.md", ""}};
  StoredSite site_{"2026-11-24T10:00:00Z"};
  std::string file_ = site_.content + "/one.md";
  Id snapshot_ = 0;
  Id run_ = 0;
  std::vector<std::string> commits_;
  Words by_hand_;
  Words approved_;
  Words taken_out_;
};

}  // namespace

TEST_CASE(
    "a page that Hugo builds before a change and not after it is found, and one that it never built is none") {
  const std::string whole = "---\ntitle: Whole\n---\n\nText.\n";
  const std::string broken = "---\ntitle: [Broken\n---\n\nText.\n";
  HugoPages pages;
  pages.add(whole, whole);
  pages.add(broken, broken);
  CHECK(pages.find_broken() == "");
  pages.add(whole, broken);
  CHECK_THAT(pages.find_broken(), ContainsSubstring("after:\n" + broken));
}

TEST_CASE("of an owner, git and the program none loses a word of another, on pages of every form") {
  const unsigned rounds = number_from_environment("STUBKEEPER_ROUNDS", 500);
  const unsigned seed = number_from_environment("STUBKEEPER_SEED", 1);
  HugoPages hugo;
  for (unsigned round = 0; round < rounds; round += 10) {
    INFO("STUBKEEPER_SEED=" << seed + round << " STUBKEEPER_ROUNDS=10");
    PageGenerator draw{seed + round};
    PageLife life{draw, hugo};
    for (unsigned step = 0; step < 10; ++step) life.step();
    life.finish();
  }
  CHECK(hugo.find_broken() == "");
}
