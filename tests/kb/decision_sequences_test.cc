// Decisions in any order, drawn at random, on changes of every kind: the text is what the decisions that stand
// say, nothing is refused that was offered, and where nothing stands the page is as it was.
//
// STUBKEEPER_DECISIONS=5000 STUBKEEPER_SEED=7 test_kb "decisions drawn at random*" makes as many steps.

#include <map>
#include <random>
#include <set>

#include "kb/entries/edit_json.h"
#include "kb/review/proposed_entries.h"
#include "kb/review/refusals.h"
#include "kb/review/upkeep.h"
#include "kb/store/database.h"
#include "tests/kb/prepared_review.h"
#include "tests/support/number_from_environment.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::kb::testing;

namespace {

const std::string first_page =
    "---\ntitle: \"Saltline\"\ndate: 2026-01-01\nlastmod: 2026-01-02 # by hand\ndraft: false\nsource_urls:\n"
    "  - \"https://known.example/a\"\nlast_reviewed: 2026-01-02\n---\n\n"
    "Saltline works with Brinecell in Aarhus. It has thirty people. It sells heat to towns.\n\n"
    "A paragraph that somebody may take out again.\n\n"
    "## Key Facts\n\n- **HQ:** Aarhus\n- Old fact.\n- **Staff:** 30\n\n"
    "## Makers\n\n| Company | HQ |\n| --- | --- |\n| Corvane | Graz |\n\n"
    "## Notable Developments\n\n- **2025-11:** Opened a works.\n\n"
    "## Claim Verification\n\n### Claim: 90% efficiency\n**Status:** Verified (as manufacturer "
    "specification)\n\n**Supporting sources:**\n- [Maker](https://maker.example/a) - its own word\n\n"
    "**Summary:** Consistently said.\n\n"
    "## Sources\n\n- [Known](https://known.example/a)\n";

// A change of the sequence: words that stand in the page if and only if it does.
struct Drawn {
  Id id = 0;
  std::string marker;
  std::string own_text;  // a reviewer's version; "" where none is drawn
  std::string own_marker;
  bool moves_dates = true;
  bool is_new_entry = false;
};

class Sequence {
 public:
  explicit Sequence(unsigned seed) : random_(seed), is_review_(seed % 2 == 0) {
    if (is_review_) count_approvals_as_reviews(*kb_.store);
    kb_.entry_id = ok(EntryStore{*kb_.store}.add({"heat/drawn", "heat/drawn.md", EntryKind::entry, "Saltline",
                                                  EntryState::published, first_page},
                                                 AuthorKind::person, "jane", kb_.clock.now(), "made"))
                       .id;
    kb_.clock.advance(std::chrono::hours{24});
    propose();
  }

  void run(int steps) {
    for (int step = 0; step < steps; ++step) {
      INFO("step " << step << ": " << log_);
      if (draw(8) == 0) kb_.clock.advance(std::chrono::hours{1 + draw(30)});
      if (draw(12) == 0) {
        approve_several();
      } else if (draw(12) == 0) {
        refuse_or_lift();
      } else {
        decide_on(drawn_[draw(drawn_.size())]);
      }
      check();
    }
    undo_everything();
    check();
  }

 private:
  std::size_t draw(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>{0, below - 1}(random_);
  }
  Change change(Id id) { return ok(Proposals{*kb_.store}.get(id)); }

  // ---- the changes

  void propose() {
    const auto entry = ok(EntryStore{*kb_.store}.get(kb_.entry_id));
    const auto page = ok(EntryStore{*kb_.store}.document(entry.current_revision_id));
    const auto block = [&](std::string_view begin) {
      for (std::size_t i = 0; i < page.ids.size(); ++i) {
        if (page.document.text(page.document.blocks()[i]).starts_with(begin)) return i;
      }
      FAIL("no block begins with " << begin);
      return std::size_t{0};
    };
    std::vector<Proposals::NewChange> changes;
    const auto add = [&](const std::string& kind, entries::EditKind edit_kind, const std::string& place,
                         const std::string& text, const std::string& marker) -> Proposals::NewChange& {
      Proposals::NewChange change = kb_.fact("", "It has 31 employees.");
      change.kind = kind;
      change.edit = {};
      change.edit.kind = edit_kind;
      change.edit.text = text;
      const bool names_part = edit_kind == entries::EditKind::add_list_item ||
                              edit_kind == entries::EditKind::add_to_part ||
                              edit_kind == entries::EditKind::prepend_development ||
                              edit_kind == entries::EditKind::add_linked_item;
      if (names_part) {
        change.edit.part = place;
      } else if (edit_kind == entries::EditKind::set_field) {
        change.edit.target = place;
      } else {
        const std::size_t target = block(place);
        change.edit.target = page.ids[target];
        change.edit.expected = std::string{page.document.text(page.document.blocks()[target])};
      }
      changes.push_back(change);
      Drawn drawn{0, marker, "", "", true, false};
      if (!marker.empty() && text.find(marker) != std::string::npos) {
        drawn.own_marker = "my words of " + marker;
        drawn.own_text = text;
        drawn.own_text.replace(drawn.own_text.find(marker), marker.size(), drawn.own_marker);
      }
      drawn_.push_back(drawn);
      return changes.back();
    };
    using enum entries::EditKind;
    const std::string paragraph =
        "Saltline works with Brinecell in Aarhus. It has thirty people. It sells heat to towns.";
    const auto rewritten = [&](const std::string& was, const std::string& is) {
      std::string text = paragraph;
      return text.replace(text.find(was), was.size(), is);
    };
    add("add fact", add_list_item, "Key Facts", "It has MARK-FACT employees.", "MARK-FACT");
    add("add fact", add_list_item, "Key Facts", "It raised MARK-MONEY euros.", "MARK-MONEY");
    add("add person or organization", add_list_item, "Key Facts", "MARK-PERSON leads it.", "MARK-PERSON");
    add("write summary", add_to_part, "Summary", "MARK-SUMMARY stores heat.", "MARK-SUMMARY");
    add("write summary", add_to_part, "Summary", "MARK-SECOND stores more of it.", "MARK-SECOND");
    add("add development", prepend_development, "Notable Developments", "Shipped MARK-MAY.", "MARK-MAY")
        .edit.date = "2026-05";
    add("add development", prepend_development, "Notable Developments", "Shipped MARK-JULY.", "MARK-JULY")
        .edit.date = "2026-07-03";
    add("replace block", replace_block, "- Old fact.", "- MARK-REPLACED and nothing else of what was said.",
        "MARK-REPLACED");
    add("replace block", replace_block, "Saltline works", rewritten("thirty people", "MARK-THIRTY people"),
        "MARK-THIRTY");
    add("replace block", replace_block, "Saltline works", rewritten("to towns", "to MARK-TOWNS towns"),
        "MARK-TOWNS");
    add("note contradiction", leave_block, "- **HQ:**", "", "").edit.text.clear();
    drawn_.back().own_text = "- **HQ:** my words of MARK-HQ";
    drawn_.back().own_marker = "my words of MARK-HQ";
    drawn_.back().moves_dates = false;
    add("link entry", link_words, "Saltline works", "Brinecell", "relref \"MARK-LINK").edit.reference =
        "MARK-LINK/brinecell.md";
    drawn_.back().own_text.clear();
    add("link entry", add_linked_item, "Key Facts", "is a MARK-CUSTOMER of it", "MARK-CUSTOMER");
    changes.back().edit.title = "Brinecell";
    changes.back().edit.reference = "heat/brinecell.md";
    add("add verdict", add_to_part, "Claim Verification",
        "### Claim: MARK-CLAIM\n\n**Status:** Unverified\n\n**Summary:** Said once.", "MARK-CLAIM");
    const std::string heading_and_status = "**Status:** Disputed, as MARK-VERDICT says";
    add("change verdict", replace_block, "**Status:**", heading_and_status, "MARK-VERDICT");
    add("add evidence", insert_after, "**Status:**",
        "**Refuting / questioning sources:**\n- [Institute](https://institute.example/) — “MARK-REFUTES”",
        "MARK-REFUTES")
        .edit.expected.clear();
    add("add evidence", insert_after, "- [Maker]", "- [Bureau](https://bureau.example/) — “MARK-SUPPORTS”",
        "MARK-SUPPORTS")
        .edit.expected.clear();
    add(rechecked_kind, set_field, "last_reviewed", "2026-02-01", "").edit.style =
        entries::ScalarStyle::bare_date;
    add(upkeep_kind, add_table_row, "| Corvane", "| MARK-ROW | Linz |", "MARK-ROW");
    drawn_.back().own_text.clear();
    add(upkeep_kind, insert_before, "- **Staff:**", "- MARK-TOPIC stands before it.", "MARK-TOPIC")
        .edit.expected.clear();
    add("take out", remove_block, "A paragraph that somebody", "", "");
    for (Proposals::NewChange& each : changes) {
      const auto preview = ok(entries::preview_edit(page, each.edit));
      each.place = preview.place;
      each.old_text = preview.old_text;
      each.new_text = preview.new_text;
    }
    ok(Proposals{*kb_.store}.propose(kb_.run_id, kb_.entry_id, entry.current_revision_id, "test",
                                     kb_.clock.now(), {}, changes));
    ChangeFilter of_entry;
    of_entry.path = "heat/drawn";
    const auto stored = ok(Proposals{*kb_.store}.list(of_entry));
    REQUIRE(stored.size() == drawn_.size());
    for (std::size_t i = 0; i < drawn_.size(); ++i) drawn_[i].id = stored[i].id;
    propose_new_entry();
  }

  void propose_new_entry() {
    Proposals::NewChange change = kb_.fact("Brinecell has MARK-STUB cells.", "It has 31 employees.");
    change.kind = new_entry_kind;
    change.edit.kind = entries::EditKind::add_to_part;
    change.edit.part = "Summary";
    const Id proposal = ok(propose_entry(
        *kb_.store, kb_.run_id, "test", kb_.clock.now(),
        {"heat/brinecell", "Brinecell", "---\ntitle: \"Brinecell\"\nlastmod: 2026-01-02\n---\n", change}));
    const Id id =
        ok(kb_.store->database().query_number("SELECT id FROM change WHERE proposal_id = ?", {proposal}));
    drawn_.push_back(
        {id, "MARK-STUB", "Brinecell has my words of MARK-STUB cells.", "my words of MARK-STUB", true, true});
  }

  // ---- the decisions

  void approve(const Drawn& drawn) {
    log_ = "approve " + std::to_string(drawn.id);
    ok(Review{*kb_.store, kb_.clock}.approve(drawn.id, kb_.person, "", kb_.seen(drawn.id)));
    stands(drawn, false);
  }

  void stands(const Drawn& drawn, bool is_own) {
    const Change approved = change(drawn.id);
    CHECK(approved.state == ChangeState::approved);
    standing_[drawn.id] = {iso_date(kb_.clock.now()), is_own};
    if (!approved.citations.empty() && approved.kind != upkeep_kind && approved.kind != rechecked_kind &&
        (approved.kind != "note contradiction" || is_own) && !drawn.is_new_entry)
      has_cited_source_ = true;
  }

  void undo(const Drawn& drawn) {
    log_ = "undo " + std::to_string(drawn.id) + " " + change(drawn.id).kind;
    ok(Review{*kb_.store, kb_.clock}.undo(drawn.id, kb_.person, ""));
    standing_.erase(drawn.id);
    const std::string reason = ok(Proposals{*kb_.store}.fate(drawn.id)).outdated_reason;
    INFO(kb_.text() << reason);
    // The date of a recheck may have been passed by another approval that stands.
    CHECK((change(drawn.id).state == ChangeState::waiting || reason == "a later date stands there already"));
  }

  void decide_on(const Drawn& drawn) {
    Review review{*kb_.store, kb_.clock};
    switch (change(drawn.id).state) {
      case ChangeState::approved:
      case ChangeState::rejected:
        return undo(drawn);
      case ChangeState::waiting:
        break;
      default:
        return;
    }
    const std::size_t what = draw(10);
    if (what < 5) return approve(drawn);
    if (what < 8 && !drawn.own_text.empty()) {
      log_ = "edit " + std::to_string(drawn.id);
      ok(review.approve_edited(drawn.id, kb_.person, {own_text(drawn)}, "", kb_.seen(drawn.id)));
      return stands(drawn, true);
    }
    log_ = "reject " + std::to_string(drawn.id);
    ok(review.reject(drawn.id, kb_.person, "no"));
    CHECK(change(drawn.id).state == ChangeState::rejected);
  }

  // What a reviewer makes of the text as it is proposed by now.
  std::string own_text(const Drawn& drawn) {
    std::string text = ok(edit_from_json(change(drawn.id).edit_json)).text;
    const std::size_t at = drawn.marker.empty() ? std::string::npos : text.find(drawn.marker);
    return at == std::string::npos ? drawn.own_text : text.replace(at, drawn.marker.size(), drawn.own_marker);
  }

  void approve_several() {
    log_ = "approve several";
    std::vector<Id> ids;
    for (const Drawn& drawn : drawn_) {
      if (draw(3) == 0 && change(drawn.id).state == ChangeState::waiting) ids.push_back(drawn.id);
    }
    const auto outcomes = ok(Review{*kb_.store, kb_.clock}.approve_all(ids, kb_.person, ""));
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const auto drawn =
          std::find_if(drawn_.begin(), drawn_.end(), [&](const Drawn& each) { return each.id == ids[i]; });
      // One may have become outdated with another of them.
      if (outcomes[i].ok()) {
        stands(*drawn, false);
      } else {
        CHECK(change(ids[i]).state == ChangeState::outdated);
      }
    }
  }

  void refuse_or_lift() {
    Refusals refusals{*kb_.store};
    const auto active = ok(refusals.list());
    if (!active.empty()) {
      log_ = "lift";
      ok(refusals.lift(active.front().id, kb_.person, kb_.clock.now()));
      return;
    }
    log_ = "refuse a kind";
    const Drawn& drawn = drawn_[draw(drawn_.size())];
    ok(refusals.refuse(drawn.id, RefusalSubject::kind, false, kb_.person, "", kb_.clock.now()));
  }

  void undo_everything() {
    std::vector<Drawn> approved;
    for (const Drawn& drawn : drawn_) {
      if (standing_.contains(drawn.id)) approved.push_back(drawn);
    }
    std::shuffle(approved.begin(), approved.end(), random_);
    for (const Drawn& drawn : approved) {
      undo(drawn);
      check();
    }
  }

  // ---- what has to hold

  static std::size_t count(const std::string& text, const std::string& words) {
    std::size_t found = 0;
    for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++found;
    return found;
  }

  void check() {
    INFO(log_);
    const std::string page = kb_.text();
    INFO(page);
    const auto stub = ok(EntryStore{*kb_.store}.find("heat/brinecell"));
    const std::string stub_page = ok(EntryStore{*kb_.store}.current_bytes(*stub));
    for (const Drawn& drawn : drawn_) check_words(drawn, drawn.is_new_entry ? stub_page : page);
    check_new_entry(*stub, stub_page);
    // A part's heading stands behind an empty line.
    CHECK(count(page, "\n## ") == count(page, "\n\n## "));
    check_dates(page);
    check_untouched(page);
    ++checked_;
  }

  void check_words(const Drawn& drawn, const std::string& page) {
    const auto standing = standing_.find(drawn.id);
    const bool stands = standing != standing_.end();
    INFO("change " << drawn.id << " " << drawn.marker);
    CHECK((change(drawn.id).state == ChangeState::approved) == stands);
    if (!drawn.own_marker.empty())
      CHECK(count(page, drawn.own_marker) == (stands && standing->second.is_own ? 1 : 0));
    if (!drawn.marker.empty()) CHECK(count(page, drawn.marker) == (stands ? 1 : 0));
  }

  void check_new_entry(const Entry& stub, const std::string& page) {
    const ChangeState state = change(drawn_.back().id).state;
    CHECK(stub.state == (state == ChangeState::approved   ? EntryState::published
                         : state == ChangeState::rejected ? EntryState::removed
                                                          : EntryState::stub));
    if (state != ChangeState::approved) CHECK(page.find("lastmod: 2026-01-02\n") != std::string::npos);
  }

  void check_dates(const std::string& page) {
    std::string lastmod = "2026-01-02";
    std::string last_reviewed = lastmod;
    for (const Drawn& drawn : drawn_) {
      const auto standing = standing_.find(drawn.id);
      if (standing == standing_.end() || drawn.is_new_entry) continue;
      const std::string kind = change(drawn.id).kind;
      const std::string& day = standing->second.day;
      if (kind == rechecked_kind) {
        last_reviewed = std::max<std::string>(last_reviewed, "2026-02-01");
      } else if (drawn.moves_dates || standing->second.is_own) {
        lastmod = std::max(lastmod, day);
        if (kind != upkeep_kind && is_review_) last_reviewed = std::max(last_reviewed, day);
      }
    }
    const auto front_matter = entries::FrontMatter::parse(page);
    CHECK(front_matter.scalar("lastmod") == lastmod);
    CHECK(front_matter.scalar("last_reviewed") == last_reviewed);
  }

  // Where nothing stands, nothing is outdated, and the page has its first bytes, but for the source
  // that was quoted.
  void check_untouched(const std::string& page) {
    const auto stands = std::count_if(drawn_.begin(), drawn_.end(), [&](const Drawn& drawn) {
      return !drawn.is_new_entry && standing_.contains(drawn.id);
    });
    if (stands > 0) return;
    for (const Drawn& drawn : drawn_) {
      INFO(change(drawn.id).kind << " " << drawn.marker << " is outdated: "
                                 << ok(Proposals{*kb_.store}.fate(drawn.id)).outdated_reason);
      CHECK(change(drawn.id).state != ChangeState::outdated);
    }
    std::string expected = first_page;
    if (has_cited_source_) {
      const entries::IdentifiedDocument first{entries::Document::parse(first_page), {}, ""};
      expected = ok(entries::add_cited_sources(first, {{"https://example.org/news", "News"}}, {})).print();
    }
    CHECK(page == expected);
  }

  struct Standing {
    std::string day;
    bool is_own = false;
  };
  PreparedReview kb_;
  std::mt19937 random_;
  bool is_review_ = false;  // whether approvals set last_reviewed
  std::vector<Drawn> drawn_;
  std::map<Id, Standing> standing_;
  bool has_cited_source_ = false;
  std::string log_;
  int checked_ = 0;
};

}  // namespace

TEST_CASE("decisions drawn at random end where the last word on each change says") {
  const unsigned seed = number_from_environment("STUBKEEPER_SEED", 1);
  const unsigned steps = number_from_environment("STUBKEEPER_DECISIONS", 300);
  // In sequences of a hundred, as a page of thousands of revisions is another matter.
  constexpr unsigned steps_each = 100;
  for (unsigned done = 0; done < steps; done += steps_each) {
    INFO("seed " << seed << ", sequence " << done / steps_each);
    Sequence{seed * 1000 + done / steps_each}.run(static_cast<int>(std::min(steps_each, steps - done)));
  }
}

TEST_CASE("an approval of each kind is undone and made again") {
  for (unsigned seed = 0; seed < 3; ++seed) Sequence{seed}.run(0);
}
