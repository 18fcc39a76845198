#include "review/json.h"

#include <nlohmann/json.hpp>

#include "kb/review/review.h"
#include "review/conflict_item.h"
#include "review/labels.h"

namespace stubkeeper::review {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(kb::Id id) {
  return id == 0 ? Json(nullptr) : Json(id);
}

const char* run_name(entries::WordRun::Kind kind) {
  using enum entries::WordRun::Kind;
  return kind == removed ? "removed" : kind == added ? "added" : "kept";
}

Json context_lines_json(const ContextLines& context_lines) {
  if (!context_lines.are_known) return nullptr;
  return {{"before", context_lines.before}, {"after", context_lines.after}};
}

Json edited_version_json(const ReviewItem& item) {
  if (!item.reviewer_edit) return nullptr;
  return {{"place", item.reviewer_edit->place}, {"text", item.reviewer_edit->new_text}};
}

// Adds to quote_json() what a reviewer sees besides.
void add_context_json(const ItemQuote& quote, Json& json) {
  if (!quote.problem.empty()) return;
  const ItemSource& source = quote.source;
  json["title"] = source.name;
  json["address_at_quote"] = source.quote_link;
  json["source"] = source.source_id;
  json["source_kind"] = source.kind;
  json["publisher"] = source.publisher;
  json["publisher_vouched_for"] = source.is_address_verified;
  json["later_than_page"] = source.anachronism_note;
  json["line_before"] = quote.context.preceding_line;
  json["sentence_before"] = quote.context.prefix;
  json["sentence_after"] = quote.context.suffix;
  json["line_after"] = quote.context.following_line;
}

Json change_json(const kb::Change& change, const std::string& entry_path) {
  Json json{{"id", change.id},
            {"proposal", change.proposal_id},
            {"entry", entry_path},
            {"state", kb::change_state_name(change.state)},
            {"kind", change.kind},
            {"first_look", or_null(change.first_look_source_id)},
            {"place", change.place},
            {"old_text", change.old_text},
            {"new_text", change.new_text},
            {"reason", change.reason},
            {"seen", kb::seen_hash(change)},
            {"quotes", Json::array()},
            {"flags", Json::array()}};
  for (const kb::Flag& flag : change.flags) {
    json["flags"].push_back({{"name", flag.name},
                             {"detail", flag.detail},
                             {"meaning", flag_meaning(flag.name)},
                             {"resolved", flag.resolved_at.has_value()}});
  }
  return json;
}

Json store_revision_json(const std::optional<kb::Revision>& revision) {
  if (!revision) return nullptr;
  return {{"revision", revision->number},
          {"by", revision->author},
          {"at", rfc3339(revision->created_at)},
          {"note", revision->note}};
}

Json changed_quotations_json(const std::vector<ChangedQuotation>& quotations) {
  Json json = Json::array();
  for (const ChangedQuotation& quotation : quotations)
    json.push_back({{"words", quotation.words},
                    {"title", quotation.source_name},
                    {"snapshot", quotation.citation.snapshot_id},
                    {"begin_byte", quotation.citation.begin_byte},
                    {"end_byte", quotation.citation.end_byte}});
  return json;
}

}  // namespace

Json difference_json(const std::vector<entries::BlockDifference>& difference) {
  Json json = Json::array();
  for (const entries::BlockDifference& block : difference) {
    Json runs = Json::array();
    for (const entries::WordRun& run : block.runs)
      runs.push_back({{"kind", run_name(run.kind)}, {"text", run.text}});
    json.push_back({{"kind", entries::block_difference_name(block.kind)},
                    {"block", entries::block_kind_name(block.block_kind)},
                    {"runs", runs}});
  }
  return json;
}

Json quote_json(const ItemQuote& quote) {
  const ItemSource& source = quote.source;
  Json json{{"quote", quote.citation.quote},
            {"role", quote.citation.refutes ? "refutes" : "supports"},
            {"snapshot", quote.citation.snapshot_id},
            {"begin_byte", quote.citation.begin_byte},
            {"end_byte", quote.citation.end_byte}};
  if (!quote.problem.empty()) {
    json["problem"] = quote.problem;
    return json;
  }
  json["snapshot_sha256"] = quote.snapshot_sha256;
  json["page"] = source.page == 0 ? Json(nullptr) : Json(source.page);
  json["address"] = source.address;
  json["title"] = source.title;
  json["published"] = source.published;
  json["fetched_at"] = rfc3339(source.fetched_at);
  return json;
}

Json change_json(QuoteReader& quotes, const kb::Change& change, const std::string& entry_path) {
  Json json = change_json(change, entry_path);
  for (const kb::Citation& citation : change.citations)
    json["quotes"].push_back(quote_json(quotes.read(citation)));
  return json;
}

Json item_json(const ReviewItem& item) {
  Json json = change_json(item.change, item.entry_path);
  json.update({{"run", item.run_id},
               {"title", item.entry_title},
               {"entry_state", kb::entry_state_name(item.entry_state)},
               {"drafter", item.drafter},
               {"proposed_at", rfc3339(item.proposed_at)},
               {"age_seconds", std::chrono::duration_cast<std::chrono::seconds>(item.age).count()},
               {"own", edited_version_json(item)},
               {"difference", difference_json(item.difference)},
               {"around", context_lines_json(item.context_lines)},
               {"parts", item.parts},
               {"other_parts", item.list_target_parts},
               {"why_not_moved", item.move_problem},
               {"contradictions", Json::array()},
               {"dependents", Json::array()},
               {"takes_the_place_of", item.superseded_changes},
               {"superseded_by", or_null(item.fate.superseded_by)},
               {"outdated_because", item.fate.outdated_reason},
               {"decisions", Json::array()}});
  for (const ItemQuote& quote : item.quotes) {
    json["quotes"].push_back(quote_json(quote));
    add_context_json(quote, json["quotes"].back());
  }
  for (const llm::Contradiction& sides : item.contradictions) {
    json["contradictions"].push_back(
        {{"said", {{"by", sides.statement.who}, {"words", sides.statement.words}}},
         {"otherwise", {{"by", sides.counterstatement.who}, {"words", sides.counterstatement.words}}}});
  }
  for (const kb::Dependent& dependent : item.dependents) {
    json["dependents"].push_back({{"kind", kb::dependent_kind_name(dependent.kind)},
                                  {"change", or_null(dependent.change_id)},
                                  {"entry", dependent.path},
                                  {"text", dependent.text},
                                  {"reason", dependent.reason}});
  }
  for (const kb::Decision& decision : item.decisions) {
    json["decisions"].push_back({{"verdict", kb::verdict_name(decision.verdict)},
                                 {"by", decision.decided_by},
                                 {"at", rfc3339(decision.decided_at)},
                                 {"reason", decision.reason},
                                 {"text", decision.text},
                                 {"moved_to", decision.moved_to}});
  }
  return json;
}

Result<Json> conflict_json(kb::Store& store, const kb::Conflict& conflict) {
  STUBKEEPER_ASSIGN(const auto item, conflict_item(store, conflict.id));
  Json places = Json::array();
  for (const ConflictItem::Hunk& place : item.places) {
    places.push_back({{"place", place.name},
                      {"base", place.base},
                      {"ours", place.store},
                      {"theirs", place.disk},
                      {"store_changed", store_revision_json(place.store_revision)},
                      {"changed_quotations", changed_quotations_json(place.changed_quotations)}});
  }
  STUBKEEPER_ASSIGN(const auto decided, kb::Conflicts{store}.decisions(conflict.id));
  Json decisions = Json::array();
  for (const auto& each : decided) {
    decisions.push_back({{"verdict", each.verdict},
                         {"by", each.decided_by},
                         {"at", rfc3339(each.decided_at)},
                         {"reason", each.reason}});
  }
  return Json{{"id", kb::conflict_name(conflict.id)},
              {"entry", item.entry_path},
              {"folder", conflict.folder},
              {"file", conflict.file},
              {"kind", item.kind},
              {"state", kb::conflict_state_name(conflict.state)},
              {"found_at", rfc3339(conflict.found_at)},
              {"places", places},
              {"decisions", decisions}};
}

}  // namespace stubkeeper::review
