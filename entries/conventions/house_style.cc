#include "entries/conventions/house_style.h"

namespace stubkeeper::entries {
namespace {

void parse_fields(TomlReader& reader, const std::string& kind, FieldRules& fields) {
  reader.texts("fields." + kind + ".required", fields.required);
  reader.texts("fields." + kind + ".forbidden", fields.forbidden);
}

std::string item_key(const char* array, std::size_t index, const char* key) {
  return std::string{array} + "." + std::to_string(index) + "." + key;
}

void parse_tiers(TomlReader& reader, std::vector<CompanyTier>& tiers) {
  const std::size_t count = reader.count("tier");
  if (count > 0) tiers.clear();
  for (std::size_t i = 0; i < count; ++i) {
    CompanyTier tier;
    reader.text(item_key("tier", i, "name"), tier.name);
    reader.texts(item_key("tier", i, "headings"), tier.headings);
    reader.texts(item_key("tier", i, "columns"), tier.columns);
    if (tier.name.empty() || tier.headings.empty() || tier.columns.empty())
      reader.fail("tier." + std::to_string(i), "a tier has a name, headings and columns");
    tiers.push_back(std::move(tier));
  }
}

void parse_owner_marks(TomlReader& reader, std::vector<OwnerMark>& marks) {
  const std::size_t count = reader.count("owner_mark");
  if (count > 0) marks.clear();
  for (std::size_t i = 0; i < count; ++i) {
    OwnerMark mark;
    reader.text(item_key("owner_mark", i, "field"), mark.field);
    reader.text(item_key("owner_mark", i, "mark"), mark.mark);
    if (mark.field.empty() || mark.mark.empty())
      reader.fail("owner_mark." + std::to_string(i), "an owner mark has a field and a mark");
    marks.push_back(std::move(mark));
  }
}

void parse_phrases(TomlReader& reader, std::vector<LinkedPhrase>& phrases) {
  const std::size_t count = reader.count("phrase");
  if (count > 0) phrases.clear();
  for (std::size_t i = 0; i < count; ++i) {
    LinkedPhrase phrase;
    reader.texts(item_key("phrase", i, "phrases"), phrase.phrases);
    reader.text(item_key("phrase", i, "link"), phrase.link);
    if (phrase.phrases.empty() || phrase.link.empty())
      reader.fail("phrase." + std::to_string(i), "a phrase rule has phrases and a link");
    phrases.push_back(std::move(phrase));
  }
}

void parse_drafting_rules(TomlReader& reader, DraftingRules& rules) {
  reader.number("drafting.old_source_days", rules.max_source_age_days);
  reader.number("drafting.current_source_days", rules.max_leadership_source_age_days);
  reader.number("drafting.large_change_percent", rules.large_change_percent);
  reader.number("drafting.large_change_words", rules.large_change_words);
  reader.texts("drafting.funding_words", rules.funding_words);
  reader.texts("drafting.leadership_words", rules.leadership_words);
  reader.texts("drafting.place_phrases", rules.place_phrases);
  reader.texts("drafting.unnamed_sources", rules.anonymous_source_phrases);
  reader.texts("drafting.steering_first", rules.steering_priority_headings);
  reader.texts("drafting.steering_left_out", rules.steering_excluded_headings);
}

}  // namespace

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
  reader.number("changelog.most_characters", style.max_changelog_characters);
  reader.text("topics.heading", style.topics_heading);
  reader.texts("claims.statuses", style.claim_statuses);
  reader.texts("people.profiles", style.people_profiles);
  reader.number("people.stale_after_days", style.people_stale_after_days);
  reader.number("supply_chain.stale_after_days", style.supply_chain_stale_after_days);
  reader.text("tickers.quote_page", style.quote_page);
  reader.text("widget.script", style.widget_script);
  reader.number("widget.companies", style.min_widget_companies);
  reader.texts("words.hype", style.hype);
  reader.texts("words.first_person", style.first_person);
  reader.texts("words.unsourced", style.unsourced_markers);
  parse_drafting_rules(reader, style.drafting);
  parse_tiers(reader, style.tiers);
  parse_owner_marks(reader, style.owner_marks);
  parse_phrases(reader, style.phrases);
  return reader.finish();
}

}  // namespace stubkeeper::entries
