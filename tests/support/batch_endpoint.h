#pragma once

#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/support/quoting_model.h"

namespace stubkeeper::testing {

// OpenAI's files and batches and Anthropic's message batches, in memory, made by hand after their published
// descriptions. Requests are answered as QuotingEndpoint does, results come in reverse order, and nothing is
// over before finish(). Calls that are no batch's go to a QuotingEndpoint too.
class BatchEndpoint {
 public:
  explicit BatchEndpoint(Writer writer = quote_every_passage) : writer_(writer), live_(writer) {}

  EndpointResponse operator()(const EndpointRequest& request);

  // Ends all batches: requests with these places (from 0) in their batch end in an error, or expire.
  void finish(std::set<std::size_t> errored = {}, std::set<std::size_t> expired = {});
  // From now on the answer to a submission is lost, though the batch is made.
  void lose_answers(bool lose);
  // From now on submissions are refused.
  void refuse(bool refused);

  int batches() const;
  // How often each request's body was submitted.
  std::map<std::string, int> submitted() const;
  std::int64_t tokens() const;  // answered in batches that are over
  const QuotingEndpoint& live() const { return live_; }

 private:
  struct Request {
    std::string name;
    std::string path;
    nlohmann::json body;
  };
  struct Batch {
    std::string id;
    nlohmann::json metadata;
    std::vector<Request> requests;
    bool is_over = false;
    bool is_openai = false;
    std::set<std::size_t> errored;
    std::set<std::size_t> expired;
  };

  nlohmann::json shown(const Batch& batch) const;
  std::string results(const Batch& batch, bool of_errors) const;
  EndpointResponse made(Batch batch);
  EndpointResponse look(const EndpointRequest& request) const;

  Writer writer_;
  mutable std::mutex mutex_;
  std::map<std::string, std::string> files_;
  std::vector<Batch> batches_;
  std::map<std::string, int> submitted_;
  std::int64_t tokens_ = 0;
  bool loses_answers_ = false;
  bool refuses_ = false;
  QuotingEndpoint live_;
};

}  // namespace stubkeeper::testing
