#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::crawler {

// The hidden command by which the program reads one document, in a box.
constexpr std::string_view reader_command = "read-document";

// Its exit statuses beside 0.
constexpr int reader_exit_out_of_memory = 70;
constexpr int reader_exit_bad_request = 71;

// Reads the request from standard input, and writes the answer to standard output (reading_messages.h). Before
// that it takes from its process, for good, all that it does not need (base/process_limits.h, base/process_seal.h);
// parsers get at the document in a process that can open no socket and, but for the tables and fonts of a PDF's
// parser, no file. `arguments`: seconds of processor time, bytes of memory, and "pdf" or "markup". Does not return.
[[noreturn]] void run_reader_process(const std::vector<std::string>& arguments);

}  // namespace stubkeeper::crawler
