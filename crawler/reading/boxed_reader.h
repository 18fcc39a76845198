#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "base/subprocess.h"
#include "crawler/reading/document_reader.h"

namespace stubkeeper::crawler {

struct ReadingLimits {
  std::chrono::seconds processor_time{30};
  std::uint64_t memory_bytes = 500'000'000;
};

// Reads heavy documents, each in a process of its own with limits (reader_process.h), and the others in this process.
// A box is the program itself, started anew: a fork would share the memory of threads that are gone in it, count what
// the program holds against its limits, and show the document's parser keys and open files. A child is fed and
// answers by pipes, its answer is bounded and checked (reading_messages.h). Where it does not end by itself (it is
// stopped, or sleeps), it is ended after four times its processor time, 30 s at least. Borrows the runner. One thread at a time.
class BoxedReader final : public DocumentReader {
 public:
  // `program`: the absolute path of stubkeeper. `keep_going` is asked while a box reads; once it says no, the box
  // is ended.
  BoxedReader(SubprocessRunner& runner, std::string program, ReadingLimits limits,
              std::function<bool()> keep_going)
      : runner_(runner), program_(std::move(program)), limits_(limits), keep_going_(std::move(keep_going)) {}

  Result<Document> read(const DocumentBytes& document) override;
  Result<Document> read_suspected(const DocumentBytes& document) override;

 private:
  Result<Document> read_in_box(const DocumentBytes& document, const ReadingLimits& limits);

  SubprocessRunner& runner_;
  std::string program_;
  ReadingLimits limits_;
  std::function<bool()> keep_going_;
};

}  // namespace stubkeeper::crawler
