#include "review/json.h"

#include <nlohmann/json.hpp>

namespace stubkeeper::review {
namespace {

using Json = nlohmann::ordered_json;

const char* run_name(entries::WordRun::Kind kind) {
  switch (kind) {
    case entries::WordRun::Kind::kept:
      return "kept";
    case entries::WordRun::Kind::removed:
      return "removed";
    case entries::WordRun::Kind::added:
      return "added";
  }
  return "kept";
}

Json context_lines_json(const ContextLines& context_lines) {
  if (!context_lines.are_known) return nullptr;
  return {{"before", context_lines.before}, {"after", context_lines.after}};
}

Json edited_version_json(const ReviewItem& item) {
  if (!item.reviewer_edit) return nullptr;
  return {{"place", item.reviewer_edit->place}, {"text", item.reviewer_edit->new_text}};
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
  json["address_at_quote"] = source.quote_link;
  json["source"] = source.source_id;
  json["source_kind"] = source.kind;
  json["title"] = source.name;
  json["publisher"] = source.publisher;
  json["publisher_vouched_for"] = source.is_address_verified;
  json["published"] = source.published;
  json["later_than_page"] = source.anachronism_note;
  json["fetched_at"] = rfc3339(source.fetched_at);
  json["line_before"] = quote.context.preceding_line;
  json["sentence_before"] = quote.context.prefix;
  json["sentence_after"] = quote.context.suffix;
  json["line_after"] = quote.context.following_line;
  return json;
}

}  // namespace

Json runs_json(const std::vector<entries::WordRun>& runs) {
  Json json = Json::array();
  for (const entries::WordRun& run : runs) json.push_back({{"kind", run_name(run.kind)}, {"text", run.text}});
  return json;
}

Json difference_json(const std::vector<entries::BlockDifference>& difference) {
  Json json = Json::array();
  for (const entries::BlockDifference& block : difference) {
    json.push_back({{"kind", entries::block_difference_name(block.kind)},
                    {"block", entries::block_kind_name(block.block_kind)},
                    {"runs", runs_json(block.runs)}});
  }
  return json;
}

Json item_json(const ReviewItem& item) {
  const kb::Change& change = item.change;
  Json json{{"id", change.id},
            {"proposal", change.proposal_id},
            {"run", item.run_id},
            {"entry", item.entry_path},
            {"title", item.entry_title},
            {"entry_state", kb::entry_state_name(item.entry_state)},
            {"state", kb::change_state_name(change.state)},
            {"kind", change.kind},
            {"place", change.place},
            {"drafter", item.drafter},
            {"proposed_at", rfc3339(item.proposed_at)},
            {"age_seconds", std::chrono::duration_cast<std::chrono::seconds>(item.age).count()},
            {"old_text", change.old_text},
            {"new_text", change.new_text},
            {"own", edited_version_json(item)},
            {"difference", difference_json(item.difference)},
            {"around", context_lines_json(item.context_lines)},
            {"reason", change.reason},
            {"seen", item.seen},
            {"parts", item.parts},
            {"other_parts", item.list_target_parts},
            {"why_not_moved", item.move_problem},
            {"quotes", Json::array()},
            {"flags", Json::array()},
            {"contradictions", Json::array()},
            {"dependents", Json::array()},
            {"takes_the_place_of", item.superseded_changes},
            {"superseded_by", item.fate.superseded_by == 0 ? Json(nullptr) : Json(item.fate.superseded_by)},
            {"outdated_because", item.fate.outdated_reason},
            {"decisions", Json::array()}};
  for (const ItemQuote& quote : item.quotes) json["quotes"].push_back(quote_json(quote));
  for (const ItemFlag& flag : item.flags) {
    json["flags"].push_back({{"name", flag.name},
                             {"detail", flag.detail},
                             {"meaning", flag.meaning},
                             {"resolved", flag.resolved}});
  }
  for (const llm::Contradiction& sides : item.contradictions) {
    json["contradictions"].push_back(
        {{"said", {{"by", sides.statement.who}, {"words", sides.statement.words}}},
         {"otherwise", {{"by", sides.counterstatement.who}, {"words", sides.counterstatement.words}}}});
  }
  for (const kb::Dependent& dependent : item.dependents) {
    json["dependents"].push_back(
        {{"kind", kb::dependent_kind_name(dependent.kind)},
         {"change", dependent.change_id == 0 ? Json(nullptr) : Json(dependent.change_id)},
         {"entry", dependent.path},
         {"text", dependent.text}});
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

}  // namespace stubkeeper::review
