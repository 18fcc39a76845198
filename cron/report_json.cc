#include <nlohmann/json.hpp>

#include "cron/report.h"

namespace stubkeeper::cron {
namespace {

using Json = nlohmann::ordered_json;

template <typename T>
nlohmann::ordered_json or_null(const std::optional<T>& value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json model_json(const ModelReport& model) {
  if (!model.configured) return nullptr;
  return {{"calls", model.calls},
          {"failed_calls", model.failed_calls},
          {"calls_without_price", model.calls_without_price},
          {"lost_calls", model.lost_calls},
          {"saved_by_cache_micro_usd", model.saved_by_cache_micro_usd},
          {"not_asked",
           {{"requests", model.reused_answers},
            {"tokens", model.reused_answer_tokens},
            {"micro_usd", model.reused_answer_micro_usd}}},
          {"refusals", model.refusals},
          {"failed_before", model.failed_before},
          {"left_waiting", model.deferred_entries},
          {"stand_ins", model.fallback_drafts},
          {"batch",
           {{"submitted", model.batch_requests},
            {"answered", model.batch_answers},
            {"failed", model.batch_failures},
            {"open", model.batches_open}}},
          {"out_of_budget", model.out_of_budget},
          {"given_up", model.given_up},
          {"left_today_micro_usd", or_null(model.remaining_today_micro_usd)},
          {"left_this_month_micro_usd", or_null(model.remaining_this_month_micro_usd)}};
}

std::optional<std::int64_t> optional_number(const Json& json) {
  return json.is_number_integer() ? std::optional{json.get<std::int64_t>()} : std::nullopt;
}

ModelReport parse_model(const Json& json) {
  ModelReport model;
  model.configured = json.is_object();
  if (!model.configured) return model;
  model.calls = json.value("calls", 0);
  model.failed_calls = json.value("failed_calls", 0);
  model.calls_without_price = json.value("calls_without_price", 0);
  model.lost_calls = json.value("lost_calls", 0);
  model.saved_by_cache_micro_usd = json.value("saved_by_cache_micro_usd", std::int64_t{0});
  const Json reused = json.value("not_asked", Json::object());
  model.reused_answers = reused.value("requests", 0);
  model.reused_answer_tokens = reused.value("tokens", std::int64_t{0});
  model.reused_answer_micro_usd = reused.value("micro_usd", std::int64_t{0});
  model.refusals = json.value("refusals", 0);
  model.failed_before = json.value("failed_before", 0);
  model.deferred_entries = json.value("left_waiting", 0);
  model.fallback_drafts = json.value("stand_ins", 0);
  const Json batch = json.value("batch", Json::object());
  model.batch_requests = batch.value("submitted", 0);
  model.batch_answers = batch.value("answered", 0);
  model.batch_failures = batch.value("failed", 0);
  model.batches_open = batch.value("open", 0);
  model.out_of_budget = json.value("out_of_budget", "");
  model.given_up = json.value("given_up", "");
  model.remaining_today_micro_usd = optional_number(json.value("left_today_micro_usd", Json{}));
  model.remaining_this_month_micro_usd = optional_number(json.value("left_this_month_micro_usd", Json{}));
  return model;
}

RefreshReport read_report(const Json& json) {
  RefreshReport report;
  report.run_id = json.at("run");
  report.dry_run = json.value("dry_run", false);
  report.started_at = parse_rfc3339(json.value("started_at", "")).value_or(Timestamp{});
  report.ended_at = parse_rfc3339(json.value("ended_at", "")).value_or(report.started_at);
  report.drafter = json.value("drafter", "");
  if (const auto ahead = json.find("clock_was_ahead"); ahead != json.end()) {
    report.future_times = kb::FutureTimes{parse_rfc3339(ahead->value("until", "")).value_or(Timestamp{}),
                                          ahead->value("sources", std::int64_t{0})};
  }
  const Json& sources = json.at("sources");
  report.planned = sources.value("planned", 0);
  report.not_modified = sources.value("not_modified", 0);
  report.unchanged = sources.value("unchanged", 0);
  report.changed = sources.value("changed", 0);
  report.deferred = sources.value("left_for_later", 0);
  report.postponed = sources.value("postponed", 0);
  report.gone = sources.value("gone", std::vector<std::string>{});
  report.recovered = sources.value("back", std::vector<std::string>{});
  report.healed = sources.value("healed", std::vector<std::string>{});
  for (const Json& move : sources.value("moved", Json::array()))
    report.moved.push_back({move.value("from", ""), move.value("to", "")});
  const Json linked = json.value("linked", Json::object());
  report.linked_fetched = linked.value("fetched", 0);
  report.linked_failed = linked.value("failed", 0);
  report.linked_refused = linked.value("refused", 0);
  report.linked_waiting = linked.value("waiting", std::int64_t{0});
  report.snapshots = json.value("snapshots", 0);
  report.new_passages = json.value("new_passages", 0);
  report.routed = json.value("routed", 0);
  for (const Json& proposal : json.value("proposals", Json::array()))
    report.proposals.push_back({proposal.value("entry", ""), proposal.value("changes", 0),
                                proposal.value("flagged", 0), proposal.value("first_look", 0)});
  report.homeless = json.value("homeless", 0);
  report.kept_changes = json.value("kept_changes", 0);
  report.dropped_without_quote = json.value("dropped_without_quote", 0);
  report.dropped_unsafe = json.value("dropped_unsafe", 0);
  report.dropped_unusable = json.value("dropped_unusable", 0);
  report.previously_rejected = json.value("turned_down_before", 0);
  report.rechecked = json.value("rechecked", 0);
  report.approved_by_policy = json.value("approved_by_policy", 0);
  report.upkeep = json.value("upkeep", 0);
  const Json waiting = json.value("waiting", Json::object());
  report.waiting.changes = waiting.value("changes", 0);
  report.waiting.flagged = waiting.value("flagged", 0);
  report.waiting.entries = waiting.value("entries", 0);
  report.waiting.conflicts = waiting.value("conflicts", 0);
  report.tokens = json.value("tokens", std::int64_t{0});
  report.model = parse_model(json.value("model", Json{}));
  report.model.micro_usd = json.value("micro_usd", std::int64_t{0});
  report.interrupted = json.value("interrupted", false);
  for (const Json& failure : json.value("failures", Json::array()))
    report.failures.push_back(
        {failure.value("what", ""), failure.value("reason", ""), failure.value("known", false)});
  return report;
}

}  // namespace

std::string report_json(const RefreshReport& report) {
  nlohmann::ordered_json json;
  json["run"] = report.run_id;
  json["dry_run"] = report.dry_run;
  json["started_at"] = rfc3339(report.started_at);
  json["ended_at"] = rfc3339(report.ended_at);
  json["seconds"] = static_cast<double>((report.ended_at - report.started_at).count()) / 1000.0;
  json["drafter"] = report.drafter;
  if (report.future_times)
    json["clock_was_ahead"] = {{"until", rfc3339(report.future_times->run_started_at)},
                               {"sources", report.future_times->sources}};
  json["sources"] = {{"planned", report.planned},
                     {"not_modified", report.not_modified},
                     {"unchanged", report.unchanged},
                     {"changed", report.changed},
                     {"left_for_later", report.deferred},
                     {"postponed", report.postponed},
                     {"gone", report.gone},
                     {"back", report.recovered},
                     {"healed", report.healed},
                     {"moved", nlohmann::ordered_json::array()}};
  for (const AddressMove& move : report.moved)
    json["sources"]["moved"].push_back({{"from", move.old_address}, {"to", move.new_address}});
  json["linked"] = {{"fetched", report.linked_fetched},
                    {"failed", report.linked_failed},
                    {"refused", report.linked_refused},
                    {"waiting", report.linked_waiting}};
  json["snapshots"] = report.snapshots;
  json["new_passages"] = report.new_passages;
  json["routed"] = report.routed;
  json["homeless"] = report.homeless;
  json["proposals"] = nlohmann::ordered_json::array();
  for (const ProposalSummary& proposal : report.proposals) {
    json["proposals"].push_back({{"entry", proposal.entry_path},
                                 {"changes", proposal.changes},
                                 {"flagged", proposal.flagged},
                                 {"first_look", proposal.first_look}});
  }
  json["kept_changes"] = report.kept_changes;
  json["dropped_without_quote"] = report.dropped_without_quote;
  json["dropped_unsafe"] = report.dropped_unsafe;
  json["dropped_unusable"] = report.dropped_unusable;
  json["turned_down_before"] = report.previously_rejected;
  json["rechecked"] = report.rechecked;
  json["approved_by_policy"] = report.approved_by_policy;
  json["upkeep"] = report.upkeep;
  json["waiting"] = {{"changes", report.waiting.changes},
                     {"flagged", report.waiting.flagged},
                     {"entries", report.waiting.entries},
                     {"conflicts", report.waiting.conflicts}};
  json["tokens"] = report.tokens;
  json["micro_usd"] = report.model.micro_usd;
  json["model"] = model_json(report.model);
  json["interrupted"] = report.interrupted;
  json["failures"] = nlohmann::ordered_json::array();
  for (const Failure& failure : report.failures) {
    json["failures"].push_back(
        {{"what", failure.what}, {"reason", failure.reason}, {"known", failure.is_known}});
  }
  if (report.dry_run) json["plan"] = report.plan;
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Result<RefreshReport> parse_report(const std::string& text) {
  try {
    return read_report(Json::parse(text));
  } catch (const nlohmann::json::exception& error) {
    return Error{ErrorCode::corrupt, std::string{"the report cannot be read: "} + error.what(), "", ""};
  }
}

}  // namespace stubkeeper::cron
