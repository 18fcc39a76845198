#include "crawler/reading/boxed_reader.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>

#include "crawler/reading/reader_process.h"
#include "crawler/reading/reading_messages.h"

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t max_answer_bytes = 50'000'000;

// The time to be done at all: on a busy machine a box has a small share of a processor.
std::chrono::seconds max_time(const ReadingLimits& limits) {
  return std::max<std::chrono::seconds>(limits.processor_time * 4, std::chrono::seconds{30});
}

// Nothing of the environment but what a program needs to be loaded, and the options of sanitizers.
std::vector<std::string> box_environment() {
  std::vector<std::string> environment;
  for (const char* name : {"LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH",
                           "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) environment.push_back(std::string{name} + "=" + value);
  }
  return environment;
}

Error too_heavy(const DocumentBytes& document, const std::string& reason, std::string advice) {
  return Error{ErrorCode::limit, "too heavy to read: " + reason, std::string{document.address},
               std::move(advice)};
}

Error out_of_time(const DocumentBytes& document, const ReadingLimits& limits) {
  return too_heavy(document, std::to_string(limits.processor_time.count()) + " s of processor time",
                   "[fetch] max_document_seconds sets how much a document may take");
}

Error out_of_memory(const DocumentBytes& document, const ReadingLimits& limits) {
  return too_heavy(document, "more than " + std::to_string(limits.memory_bytes / 1'000'000) + " MB of memory",
                   "[fetch] max_document_memory sets how much a document may take");
}

Error not_run(const DocumentBytes& document, std::string message, const ReadingLimits& limits) {
  return Error{ErrorCode::io, std::move(message), std::string{document.address},
               "it is no fault of the source's; it is tried again (at most " +
                   std::to_string(limits.memory_bytes / 1'000'000) + " MB of memory are needed)"};
}

// The error of a box that did not come to its end.
Error error_of(const DocumentBytes& document, const Error& failure, const ReadingLimits& limits) {
  if (failure.code == ErrorCode::timeout)
    return too_heavy(document, "not done after " + std::to_string(max_time(limits).count()) + " s", "");
  if (failure.code == ErrorCode::limit)
    return too_heavy(document, "its text is larger than " + std::to_string(max_answer_bytes) + " bytes", "");
  if (failure.code == ErrorCode::busy)
    return Error{ErrorCode::busy, "was not read: the program was asked to stop",
                 std::string{document.address}, ""};
  return not_run(document, "could not be read: its reader " + failure.message, limits);
}

// The error of a box that ended without an answer.
Error error_of(const DocumentBytes& document, const SubprocessResult& result, const ReadingLimits& limits) {
  if (result.exit_code == reader_exit_out_of_memory) return out_of_memory(document, limits);
  if (result.exit_code == reader_exit_bad_request)
    return not_run(document, "could not be read: the program was replaced by another version", limits);
  // SIGKILL: by the hard limit of processor time, or by a system that is out of memory.
  if (result.signal == SIGXCPU) return out_of_time(document, limits);
  if (result.signal == SIGKILL) return too_heavy(document, "the system ended its reader", "");
  if (result.signal != 0)
    return Error{ErrorCode::unsupported,
                 "cannot be read: its reader crashed (signal " + std::to_string(result.signal) + ")",
                 std::string{document.address}, "look at the document in its own program; it may be broken"};
  return not_run(document,
                 "could not be read: its reader ended with exit status " + std::to_string(result.exit_code),
                 limits);
}

}  // namespace

Result<Document> BoxedReader::read(const DocumentBytes& document) {
  if (document.kind == ContentKind::unknown || !is_heavy(document)) return DirectReader{}.read(document);
  return read_in_box(document, limits_);
}

Result<Document> BoxedReader::read_suspected(const DocumentBytes& document) {
  constexpr std::uint64_t min_memory = 200'000'000;
  return read_in_box(document,
                     {std::max(limits_.processor_time / 4, std::chrono::seconds{1}),
                      std::min(limits_.memory_bytes, std::max(limits_.memory_bytes / 2, min_memory))});
}

Result<Document> BoxedReader::read_in_box(const DocumentBytes& document, const ReadingLimits& limits) {
  const std::string request = encode_request(document);
  SubprocessCommand command;
  command.arguments = {program_, std::string{reader_command}, std::to_string(limits.processor_time.count()),
                       std::to_string(limits.memory_bytes),
                       document.kind == ContentKind::pdf ? "pdf" : "markup"};
  command.input = request;
  command.timeout = max_time(limits);
  command.max_output_bytes = max_answer_bytes;
  command.environment = box_environment();
  command.keep_going = keep_going_;
  const auto result = runner_.run(command);
  if (!result.ok()) return error_of(document, result.error(), limits);
  if (result->exit_code != 0) return error_of(document, *result, limits);
  return decode_answer(result->output, document.kind);
}

}  // namespace stubkeeper::crawler
