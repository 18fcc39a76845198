#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kb/entries/records.h"
#include "kb/runs/spending.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

enum class BatchStage { preparing, submitting, submitted, finished };

struct ModelBatch {
  Id id = 0;
  std::string protocol;
  std::string base_url;
  std::string model;
  std::string label;
  BatchStage stage = BatchStage::preparing;
  Timestamp noted_at;
  std::string prepared;
  std::string remote_id;
};

struct ModelBatchItem {
  Id call_id = 0;
  Id entry_id = 0;
  std::string name;
  std::string request_sha256;
  std::int64_t reserved_tokens = 0;
  std::optional<std::int64_t> reserved_micro_usd;
  int parts = 1;  // requests of the batch that show pieces of the same passages, this one included
  std::vector<Id> related_entries;  // numbered from 1 in the request
};

// An answered item that waits for drafting.
struct AnsweredItem {
  Id call_id = 0;
  Id entry_id = 0;
  std::string request_sha256;
  ModelAnswerRecord answer;
  std::vector<Routing> passages;
  std::vector<Id> related_entries;
};

// Batches of model calls, with their passages (schema/migrations/017 and 020). Borrows the store.
class ModelBatches {
 public:
  explicit ModelBatches(Store& store) : store_(store) {}

  // Called within the transaction that reserves the calls of the items.
  Result<Id> add(Id run_id, const ModelBatch& batch);
  Status add_item(Id batch_id, const ModelBatchItem& item, const std::vector<Routing>& passages);

  Status record_submitting(Id batch_id, const std::string& prepared, Timestamp now);
  Status record_submitted(Id batch_id, const std::string& remote_id);
  Status record_finished(Id batch_id, const std::string& detail);

  Result<std::vector<ModelBatch>> open();  // unfinished ones, oldest first
  Result<std::vector<ModelBatchItem>> open_items(Id batch_id);
  // Settles the item's call, stores its answer, and notes whether there is one to draft from; else
  // its passages wait again. One transaction.
  Status settle(const ModelBatchItem& item, const CallSettlement& settlement,
                const std::optional<ModelAnswerRecord>& answer, bool has_answer, Timestamp now);
  // How often a request failed in a batch.
  Result<int> failure_count(const std::string& request_sha256);

  // Makes the passages of incomplete answers wait again: of several requests with pieces of the
  // same passages, some will have no answer. The answers of the others stay stored.
  Status release_incomplete_answers();
  // All that can be drafted from, by call; not those with another piece that is still open.
  Result<std::vector<AnsweredItem>> answered();
  Status mark_done(Id call_id);
  Status mark_failed(Id call_id);

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
