#pragma once

#include <optional>
#include <string>
#include <vector>

#include "entries/block_diff.h"
#include "entries/edit.h"
#include "kb/review/dependents.h"
#include "kb/review/proposals.h"
#include "kb/review/records.h"
#include "kb/store/store.h"
#include "llm/verification/contradiction.h"
#include "review/context_lines.h"
#include "review/quote_context.h"

namespace stubkeeper::review {

// What a reviewer is shown of a change, as data: the terminal, the browser and --json draw the same item.
// Texts are as they are stored or as their source sent them; whoever draws them makes them safe for where
// they go.

// Where a quote was found.
struct ItemSource {
  kb::Id source_id = 0;
  std::string kind;             // in words: "page", "feed entry", "PDF", "file"
  std::string name;             // the document's title, else the site's name, else the address
  std::string site_name;        // "" where the page says none
  std::string publisher;        // who stands behind it, in words: "press wire", "independent"
  bool is_address_verified = false;  // the address vouches for the publisher, and not only the page's own word
  std::string published;        // RFC 3339 or the part of it that is known; "" where nothing is
  std::string
      anachronism_note;  // in words, where the sentence tells what came after that date (page_dates.h); ""
  Timestamp fetched_at;
  std::string address;           // the document's: http, https or a file
  std::string quote_link;  // the same opened at the quote (text_fragment.h); "" for a file
  std::size_t page = 0;          // of a PDF, from 1; 0 where there are none
};

struct ItemQuote {
  kb::Citation citation;        // with the snapshot's id and the byte range
  std::string snapshot_sha256;  // of the text that the byte range counts in
  QuoteContext context;
  ItemSource source;
  std::string problem;  // why the source cannot be shown, in words; then context holds the quote alone
};

struct ItemFlag {
  std::string name;
  std::string detail;
  std::string meaning;  // what it says and what to check, in plain words
  bool resolved = false;
};

struct ReviewItem {
  kb::Change change;
  std::string entry_path;
  std::string entry_title;
  kb::EntryState entry_state = kb::EntryState::published;
  std::string drafter;
  kb::Id run_id = 0;
  Timestamp proposed_at;
  std::chrono::milliseconds age{0};
  // What was approved in place of the proposed text, where that was a person's own.
  std::optional<entries::EditPreview> reviewer_edit;
  std::vector<entries::BlockDifference> difference;  // to what was approved, else to what is proposed
  ContextLines context_lines;                               // of a waiting change, in the entry as it is now
  std::vector<ItemQuote> quotes;
  std::vector<ItemFlag> flags;  // unresolved ones first
  std::vector<llm::Contradiction> contradictions;
  std::vector<kb::Dependent> dependents;
  std::vector<kb::Decision> decisions;
  std::vector<kb::Id> superseded_changes;  // older changes that nobody had decided
  kb::Proposals::Fate fate;                // of one that was not decided itself
  std::size_t parts = 1;                   // that it can be split into
  std::vector<std::string> list_target_parts;    // of the entry, that a waiting one can be moved to
  std::string move_problem;               // in words, where it cannot
  std::string seen;                        // what `review approve --seen` takes

  bool is_flagged() const;
  // For people: where it was approved, else where it is proposed.
  const std::string& place() const { return reviewer_edit ? reviewer_edit->place : change.place; }
};

// not_found where there is no such change. A quote whose snapshot is damaged keeps its words and says so.
Result<ReviewItem> review_item(kb::Store& store, kb::Id change_id, Timestamp now);

// What a flag asks the reviewer to check, in plain words; "" for an unknown one.
std::string flag_meaning(const std::string& name);

}  // namespace stubkeeper::review
