#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "entries/conventions/toml_reader.h"

namespace stubkeeper::entries {

// The kinds of page for the checks.
enum class PageKind {
  entry,      // also one in a folder of its own: an _index.md with source_urls
  section,    // an _index.md that is no entry
  changelog,  // see HouseStyle::changelog_files
};

struct FieldRules {
  std::vector<std::string> required;
  std::vector<std::string> forbidden;
};

// A table of companies on a section page.
struct CompanyTier {
  std::string name;
  std::vector<std::string> headings;  // of level 3, or the beginning of one; the first is written
  std::vector<std::string> columns;
};

// A front-matter field that needs a mark after the entry's name in tables.
struct OwnerMark {
  std::string field;
  std::string mark;
};

// Phrases that need, on the same page, a link to an address with `link` in it.
struct LinkedPhrase {
  std::vector<std::string> phrases;
  std::string link;
};

// Rules for drafting and for flags on drafted changes; an empty list or 0 turns one off.
struct DraftingRules {
  std::size_t max_source_age_days = 0;
  std::size_t max_leadership_source_age_days = 0;
  std::size_t large_change_percent = 0;
  std::size_t large_change_words = 0;
  std::vector<std::string> funding_words;
  std::vector<std::string> leadership_words;
  std::vector<std::string> place_phrases;
  std::vector<std::string> anonymous_source_phrases;    // that somebody said it, and not who
  std::vector<std::string> promotional_phrases;         // that the reader is to come, apply or buy
  std::vector<std::string> relative_time_phrases;       // when something was, seen from the day of writing
  std::vector<std::string> sentence_labels;             // the words of "Update, 5 December 2026: ..."
  std::vector<std::string> self_references;             // nouns for an entry's own subject: "the company"
  std::vector<std::string> steering_priority_headings;  // words of headings
  std::vector<std::string> steering_excluded_headings;  // likewise
};

// schema/house_style.toml with a knowledge base's changes: the checks' fields and words, and upkeep's forms.
struct HouseStyle {
  FieldRules entry;
  FieldRules section;
  FieldRules changelog;
  std::vector<std::string> changelog_files;  // below the section's root; the first is made
  std::size_t max_changelog_characters = 0;
  std::vector<std::string> dates_set_by_approval;  // of "lastmod" and "last_reviewed"
  std::string topics_heading;
  std::vector<std::string> claim_statuses;
  std::vector<std::string> people_profiles;
  std::size_t people_stale_after_days = 0;
  std::size_t supply_chain_stale_after_days = 0;
  std::string quote_page;
  std::string widget_script;
  std::size_t min_widget_companies = 0;
  std::vector<std::string> hype;
  std::vector<std::string> first_person;
  std::vector<std::string> unsourced_markers;
  DraftingRules drafting;
  std::vector<CompanyTier> tiers;
  std::vector<OwnerMark> owner_marks;
  std::vector<LinkedPhrase> phrases;

  // Whether an approved change counts as a review of the whole page.
  bool approval_sets_last_reviewed() const;
  const FieldRules& fields_of(PageKind kind) const;
  // The tier of a heading's text, or nullptr.
  const CompanyTier* tier_of_heading(std::string_view heading) const;
};

// Puts a file over `style`.
Status parse_house_style(TomlReader& reader, HouseStyle& style);

}  // namespace stubkeeper::entries
