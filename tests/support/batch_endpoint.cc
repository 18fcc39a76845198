#include "tests/support/batch_endpoint.h"

#include <algorithm>
#include <sstream>

namespace stubkeeper::testing {
namespace {

using nlohmann::json;

EndpointResponse saying(const json& body) {
  EndpointResponse answer;
  answer.body = body.dump();
  return answer;
}

EndpointResponse status(int number) {
  EndpointResponse answer = saying({{"error", {{"message", "no"}}}});
  answer.status = number;
  return answer;
}

std::int64_t input_tokens(const json& body) {
  return static_cast<std::int64_t>(body.dump().size() / 4);
}

std::int64_t output_tokens(const std::string& text) {
  return static_cast<std::int64_t>(text.size() / 4);
}

}  // namespace

EndpointResponse BatchEndpoint::operator()(const EndpointRequest& request) {
  if (request.method == "GET") return look(request);
  const bool openai = request.path == "/v1/batches";
  const std::unique_lock lock{mutex_};
  if (request.path == "/v1/files") {
    const std::string id = "file-" + std::to_string(files_.size() + 1);
    if (request.parts.at("purpose") != "batch") return status(400);
    files_[id] = request.parts.at("file");
    return saying({{"id", id}, {"object", "file"}, {"purpose", "batch"}});
  }
  if (!openai && request.path != "/v1/messages/batches") return live_(request);
  if (refuses_) return status(400);
  const json body = json::parse(request.body);
  Batch batch;
  batch.is_openai = openai;
  if (openai) {
    batch.metadata = body.value("metadata", json::object());
    std::istringstream lines{files_.at(body["input_file_id"])};
    for (std::string line; std::getline(lines, line);) {
      const json item = json::parse(line);
      batch.requests.push_back({item["custom_id"], item["url"], item["body"]});
    }
  } else {
    for (const json& item : body["requests"])
      batch.requests.push_back({item["custom_id"], "/v1/messages", item["params"]});
  }
  return made(std::move(batch));
}

EndpointResponse BatchEndpoint::made(Batch batch) {
  batch.id = "batch_" + std::to_string(batches_.size() + 1);
  for (const Request& request : batch.requests) ++submitted_[request.body.dump()];
  batches_.push_back(std::move(batch));
  EndpointResponse answer = saying(shown(batches_.back()));
  if (loses_answers_) answer.delivery = EndpointResponse::Delivery::truncated;
  return answer;
}

json BatchEndpoint::shown(const Batch& batch) const {
  if (batch.is_openai) {
    json shown{{"id", batch.id},
               {"object", "batch"},
               {"status", batch.is_over ? batch.expired.empty() ? "completed" : "expired" : "in_progress"},
               {"metadata", batch.metadata},
               {"created_at", 4102444800},
               {"request_counts", {{"total", batch.requests.size()}}},
               {"output_file_id", nullptr},
               {"error_file_id", nullptr}};
    if (batch.is_over) {
      shown["output_file_id"] = "out-" + batch.id;
      if (!batch.errored.empty() || !batch.expired.empty()) shown["error_file_id"] = "err-" + batch.id;
    }
    return shown;
  }
  const auto count = static_cast<std::int64_t>(batch.requests.size());
  return {{"id", batch.id},
          {"type", "message_batch"},
          {"processing_status", batch.is_over ? "ended" : "in_progress"},
          {"created_at", "2100-01-01T00:00:00Z"},
          {"results_url", "http://evil.example/results"},
          {"request_counts",
           {{"processing", batch.is_over ? 0 : count}, {"succeeded", batch.is_over ? count : 0}}}};
}

std::string BatchEndpoint::results(const Batch& batch, bool of_errors) const {
  std::string lines;
  for (std::size_t i = batch.requests.size(); i-- > 0;) {
    const Request& request = batch.requests[i];
    const bool errored = batch.errored.contains(i);
    const bool expired = batch.expired.contains(i);
    if (batch.is_openai && of_errors != (errored || expired)) continue;
    const std::string text = writer_(parse_drafting_request(request.path, request.body));
    const json answer =
        json::parse(answer_body(request.path, text, input_tokens(request.body), output_tokens(text)));
    json line{{"custom_id", request.name}};
    if (batch.is_openai) {
      line["response"] = nullptr;
      line["error"] = nullptr;
      if (expired) {
        line["error"] = {{"code", "batch_expired"}, {"message", "in a day it was not done"}};
      } else if (errored) {
        line["response"] = {{"status_code", 500}, {"body", {{"error", {{"message", "broken"}}}}}};
      } else {
        line["response"] = {{"status_code", 200}, {"body", answer}};
      }
    } else if (expired) {
      line["result"] = {{"type", "expired"}};
    } else if (errored) {
      line["result"] = {{"type", "errored"},
                        {"error", {{"type", "error"}, {"error", {{"message", "broken"}}}}}};
    } else {
      line["result"] = {{"type", "succeeded"}, {"message", answer}};
    }
    lines += line.dump() + "\n";
  }
  return lines;
}

EndpointResponse BatchEndpoint::look(const EndpointRequest& request) const {
  const std::lock_guard lock{mutex_};
  if (request.path.find("batches?") != std::string::npos) {
    json list = json::array();
    for (const Batch& batch : batches_) list.push_back(shown(batch));
    return saying({{"data", list}});
  }
  for (const Batch& batch : batches_) {
    if (request.path.ends_with("/batches/" + batch.id)) return saying(shown(batch));
    EndpointResponse answer;
    answer.content_type = "application/x-jsonl";
    if (request.path == "/v1/messages/batches/" + batch.id + "/results" ||
        request.path == "/v1/files/out-" + batch.id + "/content") {
      answer.body = results(batch, false);
      return answer;
    }
    if (request.path == "/v1/files/err-" + batch.id + "/content") {
      answer.body = results(batch, true);
      return answer;
    }
  }
  return status(404);
}

void BatchEndpoint::finish(std::set<std::size_t> errored, std::set<std::size_t> expired) {
  const std::lock_guard lock{mutex_};
  for (Batch& batch : batches_) {
    if (batch.is_over) continue;
    batch.is_over = true;
    batch.errored = errored;
    batch.expired = expired;
    for (std::size_t i = 0; i < batch.requests.size(); ++i) {
      if (errored.contains(i) || expired.contains(i)) continue;
      const Request& request = batch.requests[i];
      tokens_ += input_tokens(request.body) +
                 output_tokens(writer_(parse_drafting_request(request.path, request.body)));
    }
  }
}

void BatchEndpoint::lose_answers(bool lose) {
  const std::lock_guard lock{mutex_};
  loses_answers_ = lose;
}

void BatchEndpoint::refuse(bool refused) {
  const std::lock_guard lock{mutex_};
  refuses_ = refused;
}

int BatchEndpoint::batches() const {
  const std::lock_guard lock{mutex_};
  return static_cast<int>(batches_.size());
}

std::map<std::string, int> BatchEndpoint::submitted() const {
  const std::lock_guard lock{mutex_};
  return submitted_;
}

std::int64_t BatchEndpoint::tokens() const {
  const std::lock_guard lock{mutex_};
  return tokens_;
}

}  // namespace stubkeeper::testing
