#include "kb/runs/model_batches.h"

#include "kb/store/database.h"
#include "kb/store/enum_names.h"

namespace stubkeeper::kb {
namespace {

#define SAME_PARTS "other.batch_id = model_batch_item.batch_id AND other.entry_id = model_batch_item.entry_id"

constexpr EnumNames<4> stages{"preparing", "submitting", "submitted", "over"};

Routing routing_of(const Row& row) {
  return {row.integer(0), row.integer(1), row.view(2) == "names_subject", row.integer(3) != 0,
          row.integer(4) != 0};
}

}  // namespace

Result<Id> ModelBatches::add(Id run_id, const ModelBatch& batch) {
  STUBKEEPER_TRY(store_.database().run(
      "INSERT INTO model_batch (run_id, protocol, base_url, model, label, noted_at) VALUES (?, ?, ?, ?, ?, "
      "?)",
      {run_id, batch.protocol, batch.base_url, batch.model, batch.label, to_value(batch.noted_at)}));
  return store_.database().last_insert_id();
}

Status ModelBatches::add_item(Id batch_id, const ModelBatchItem& item, const std::vector<Routing>& passages) {
  STUBKEEPER_TRY(store_.database().run(
      "INSERT INTO model_batch_item (call_id, batch_id, entry_id, name, parts) VALUES (?, ?, ?, ?, ?)",
      {item.call_id, batch_id, item.entry_id, item.name, std::int64_t{item.parts}}));
  for (const Routing& routing : passages) {
    STUBKEEPER_TRY(store_.database().run(
        "INSERT INTO model_batch_passage (call_id, passage_id, entry_id) VALUES (?, ?, ?)",
        {item.call_id, routing.passage_id, routing.entry_id}));
  }
  std::int64_t number = 0;
  for (const Id entry_id : item.related_entries) {
    STUBKEEPER_TRY(
        store_.database().run("INSERT INTO model_batch_related (call_id, number, entry_id) VALUES (?, ?, ?)",
                              {item.call_id, ++number, entry_id}));
  }
  return {};
}

Status ModelBatches::record_submitting(Id batch_id, const std::string& prepared, Timestamp now) {
  return store_.database().run(
      "UPDATE model_batch SET state = 'submitting', prepared = ?, noted_at = ? WHERE id = ?",
      {prepared, to_value(now), batch_id});
}

Status ModelBatches::record_submitted(Id batch_id, const std::string& remote_id) {
  return store_.database().run("UPDATE model_batch SET state = 'submitted', remote_id = ? WHERE id = ?",
                               {remote_id, batch_id});
}

Status ModelBatches::record_finished(Id batch_id, const std::string& detail) {
  return store_.database().run("UPDATE model_batch SET state = 'over', detail = ? WHERE id = ?",
                               {detail, batch_id});
}

Result<std::vector<ModelBatch>> ModelBatches::open() {
  return store_.database().query(
      "SELECT id, protocol, base_url, model, label, state, noted_at, prepared, remote_id FROM model_batch "
      "WHERE state <> 'over' ORDER BY id",
      {}, [](const Row& row) {
        const auto stage = enum_from_name<BatchStage>(stages, row.view(5));
        return ModelBatch{row.integer(0), row.text(1), row.text(2),
                          row.text(3),    row.text(4), stage.value_or(BatchStage::finished),
                          row.time(6),    row.text(7), row.text(8)};
      });
}

Result<std::vector<ModelBatchItem>> ModelBatches::open_items(Id batch_id) {
  return store_.database().query(
      "SELECT call_id, model_batch_item.entry_id, name, request_sha256, bound_tokens, bound_micro_usd "
      "FROM model_batch_item JOIN model_call ON model_call.id = call_id "
      "WHERE batch_id = ? AND state = 'open' ORDER BY call_id",
      {batch_id}, [](const Row& row) {
        return ModelBatchItem{row.integer(0), row.integer(1),          row.text(2), row.text(3),
                              row.integer(4), row.optional_integer(5), 1,           {}};
      });
}

Status ModelBatches::settle(const ModelBatchItem& item, const CallSettlement& settlement,
                            const std::optional<ModelAnswerRecord>& answer, bool has_answer, Timestamp now) {
  return store_.run_in_transaction([&]() -> Status {
    STUBKEEPER_TRY(Spending{store_}.settle(item.call_id, settlement, answer, now));
    return store_.database().run("UPDATE model_batch_item SET state = ? WHERE call_id = ?",
                                 {std::string_view{has_answer ? "answered" : "failed"}, item.call_id});
  });
}

Result<int> ModelBatches::failure_count(const std::string& request_sha256) {
  STUBKEEPER_ASSIGN(const std::int64_t failures,
                    store_.database().query_number(
                        "SELECT count(*) FROM model_batch_item JOIN model_call ON model_call.id = call_id "
                        "WHERE request_sha256 = ? AND state = 'failed'",
                        {request_sha256}));
  return static_cast<int>(failures);
}

Status ModelBatches::release_incomplete_answers() {
  return store_.database().run(
      "UPDATE model_batch_item SET state = 'failed' WHERE state = 'answered' AND parts > 1 "
      "AND NOT EXISTS (SELECT 1 FROM model_batch_item AS other WHERE " SAME_PARTS
      " AND other.state = 'open') "
      "AND (SELECT count(*) FROM model_batch_item AS other WHERE " SAME_PARTS
      " AND other.state IN ('answered', 'done')) < parts",
      {});
}

Result<std::vector<AnsweredItem>> ModelBatches::answered() {
  STUBKEEPER_ASSIGN(
      auto items,
      store_.database().query(
          "SELECT call_id, model_batch_item.entry_id, request_sha256 FROM model_batch_item "
          "JOIN model_call ON model_call.id = call_id WHERE state = 'answered' AND (parts = 1 OR NOT EXISTS "
          "(SELECT 1 FROM model_batch_item AS other WHERE " SAME_PARTS " AND other.state = 'open')) "
          "ORDER BY call_id",
          {}, [](const Row& row) {
            return AnsweredItem{row.integer(0), row.integer(1), row.text(2), {}, {}, {}};
          }));
  for (AnsweredItem& item : items) {
    STUBKEEPER_ASSIGN(const auto cached, Spending{store_}.cached_answer(item.request_sha256));
    if (!cached)
      return Error{ErrorCode::corrupt, "an answered request has no answer",
                   "call " + std::to_string(item.call_id), ""};
    item.answer = cached->answer;
    STUBKEEPER_ASSIGN(
        item.passages,
        store_.database().query(
            "SELECT routing.passage_id, routing.entry_id, reason, stand_in_run_id IS NOT NULL, is_first_look "
            "FROM model_batch_passage JOIN routing USING (passage_id, entry_id) WHERE call_id = ? ORDER BY 1",
            {item.call_id}, routing_of));
    STUBKEEPER_ASSIGN(
        item.related_entries,
        store_.database().query("SELECT entry_id FROM model_batch_related WHERE call_id = ? ORDER BY number",
                                {item.call_id}, first_integer));
  }
  return items;
}

Status ModelBatches::mark_done(Id call_id) {
  return store_.database().run("UPDATE model_batch_item SET state = 'done' WHERE call_id = ?", {call_id});
}

Status ModelBatches::mark_failed(Id call_id) {
  return store_.database().run("UPDATE model_batch_item SET state = 'failed' WHERE call_id = ?", {call_id});
}

}  // namespace stubkeeper::kb
