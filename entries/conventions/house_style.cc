#include "entries/conventions/house_style.h"

#include "base/text/strings.h"

namespace stubkeeper::entries {
namespace {

constexpr std::string_view last_reviewed_field = "last_reviewed";

void parse_fields(TomlReader& reader, const std::string& kind, FieldRules& fields) {
  reader.texts("fields." + kind + ".required", fields.required);
  reader.texts("fields." + kind + ".forbidden", fields.forbidden);
}

// The tables of an array in place of `items`, each read by `parse` with the prefix of its keys.
// `complaint` is the error of one that parse() calls incomplete.
template <typename Item, typename Parse>
void parse_tables(TomlReader& reader, const std::string& array, std::vector<Item>& items,
                  const char* complaint, Parse parse) {
  const std::size_t count = reader.count(array);
  if (count > 0) items.clear();
  for (std::size_t i = 0; i < count; ++i) {
    const std::string key = array + "." + std::to_string(i);
    if (!parse(key + ".", items.emplace_back())) reader.fail(key, complaint);
  }
}

void parse_house_tables(TomlReader& reader, HouseStyle& style) {
  parse_tables(reader, "tier", style.tiers, "a tier has a name, headings and columns",
               [&](const std::string& prefix, CompanyTier& tier) {
                 reader.text(prefix + "name", tier.name);
                 reader.texts(prefix + "headings", tier.headings);
                 reader.texts(prefix + "columns", tier.columns);
                 return !tier.name.empty() && !tier.headings.empty() && !tier.columns.empty();
               });
  parse_tables(reader, "owner_mark", style.owner_marks, "an owner mark has a field and a mark",
               [&](const std::string& prefix, OwnerMark& mark) {
                 reader.text(prefix + "field", mark.field);
                 reader.text(prefix + "mark", mark.mark);
                 return !mark.field.empty() && !mark.mark.empty();
               });
  parse_tables(reader, "phrase", style.phrases, "a phrase rule has phrases and a link",
               [&](const std::string& prefix, LinkedPhrase& phrase) {
                 reader.texts(prefix + "phrases", phrase.phrases);
                 reader.text(prefix + "link", phrase.link);
                 return !phrase.phrases.empty() && !phrase.link.empty();
               });
}

void parse_drafting_rules(TomlReader& reader, DraftingRules& rules) {
  reader.number("drafting.max_source_age_days", rules.max_source_age_days);
  reader.number("drafting.max_leadership_source_age_days", rules.max_leadership_source_age_days);
  reader.number("drafting.large_change_percent", rules.large_change_percent);
  reader.number("drafting.large_change_words", rules.large_change_words);
  reader.texts("drafting.funding_words", rules.funding_words);
  reader.texts("drafting.leadership_words", rules.leadership_words);
  reader.texts("drafting.place_phrases", rules.place_phrases);
  reader.texts("drafting.anonymous_source_phrases", rules.anonymous_source_phrases);
  reader.texts("drafting.promotional_phrases", rules.promotional_phrases);
  reader.texts("drafting.relative_time_phrases", rules.relative_time_phrases);
  reader.texts("drafting.sentence_labels", rules.sentence_labels);
  reader.texts("drafting.self_references", rules.self_references);
  reader.texts("drafting.steering_priority_headings", rules.steering_priority_headings);
  reader.texts("drafting.steering_excluded_headings", rules.steering_excluded_headings);
}

void parse_dates(TomlReader& reader, HouseStyle& style) {
  constexpr const char* key = "dates.set_by_approval";
  if (!reader.texts(key, style.dates_set_by_approval)) return;
  for (const std::string& field : style.dates_set_by_approval) {
    if (field != "lastmod" && field != last_reviewed_field)
      reader.fail(key, std::string{key} + " names \"" + field + "\"", "it takes lastmod and last_reviewed");
  }
}

}  // namespace

bool HouseStyle::approval_sets_last_reviewed() const {
  return contains(dates_set_by_approval, last_reviewed_field);
}

const FieldRules& HouseStyle::fields_of(PageKind kind) const {
  return kind == PageKind::section ? section : kind == PageKind::changelog ? changelog : entry;
}

const CompanyTier* HouseStyle::tier_of_heading(std::string_view heading) const {
  for (const CompanyTier& tier : tiers) {
    for (const std::string& name : tier.headings) {
      if (heading.starts_with(name)) return &tier;
    }
  }
  return nullptr;
}

Status parse_house_style(TomlReader& reader, HouseStyle& style) {
  parse_fields(reader, "entry", style.entry);
  parse_fields(reader, "section", style.section);
  parse_fields(reader, "changelog", style.changelog);
  if (reader.texts("changelog.files", style.changelog_files) && style.changelog_files.empty())
    reader.fail("changelog.files", "changelog.files names at least one file");
  reader.number("changelog.max_characters", style.max_changelog_characters);
  parse_dates(reader, style);
  reader.text("topics.heading", style.topics_heading);
  reader.texts("claims.statuses", style.claim_statuses);
  reader.texts("people.profiles", style.people_profiles);
  reader.number("people.stale_after_days", style.people_stale_after_days);
  reader.number("supply_chain.stale_after_days", style.supply_chain_stale_after_days);
  reader.text("tickers.quote_page", style.quote_page);
  reader.text("widget.script", style.widget_script);
  reader.number("widget.min_companies", style.min_widget_companies);
  reader.texts("words.hype", style.hype);
  reader.texts("words.first_person", style.first_person);
  reader.texts("words.unsourced_markers", style.unsourced_markers);
  parse_drafting_rules(reader, style.drafting);
  parse_house_tables(reader, style);
  return reader.finish();
}

}  // namespace stubkeeper::entries
