#include "crawler/reading/reader_process.h"

#include <iconv.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>

#include "base/process_limits.h"
#include "base/process_seal.h"
#include "base/text/strings.h"
#include "crawler/reading/document_reader.h"
#include "crawler/reading/reading_messages.h"

namespace stubkeeper::crawler {
namespace {

// Of poppler (tables of characters) and fontconfig (fonts that a PDF does not bring).
const std::vector<std::string>& pdf_folders() {
  static const std::vector<std::string> folders{"/usr/share/poppler",     "/etc/fonts",
                                                "/usr/share/fontconfig",  "/usr/share/fonts",
                                                "/usr/local/share/fonts", "/var/cache/fontconfig"};
  return folders;
}

// poppler's texts go through iconv, whose tables are files: loaded as long as a conversion is open.
void load_conversions() {
  static_cast<void>(::iconv_open("UTF-8", "UTF-16"));
  static_cast<void>(::iconv_open("UTF-16", "UTF-8"));
}

std::string read_input() {
  std::string input;
  std::array<char, 65'536> buffer;
  for (;;) {
    const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (count > 0) input.append(buffer.data(), static_cast<std::size_t>(count));
    if (count == 0 || (count < 0 && errno != EINTR)) return input;
  }
}

void write_output(std::string_view output) {
  while (!output.empty()) {
    const ssize_t count = ::write(STDOUT_FILENO, output.data(), output.size());
    if (count < 0 && errno != EINTR) return;
    if (count > 0) output.remove_prefix(static_cast<std::size_t>(count));
  }
}

}  // namespace

void run_reader_process(const std::vector<std::string>& arguments) {
  // Exits without destructors: nothing of a document may run on after its answer.
  const auto argument = [&](std::size_t at) { return at < arguments.size() ? arguments[at] : std::string{}; };
  const auto seconds = parse_number<std::int64_t>(argument(0));
  const auto memory = parse_number<std::uint64_t>(argument(1));
  if (!seconds || !memory) ::_exit(reader_exit_bad_request);
  close_inherited_descriptors();
  const bool is_pdf = argument(2) == "pdf";
  if (is_pdf) load_conversions();
  limit_this_process({std::chrono::seconds{*seconds}, *memory, reader_exit_out_of_memory});
  seal_this_process(is_pdf ? pdf_folders() : std::vector<std::string>{});
  const auto request = decode_request(read_input());
  if (!request) ::_exit(reader_exit_bad_request);
  write_output(encode_answer(DirectReader{}.read(request->document())));
  ::_exit(0);
}

}  // namespace stubkeeper::crawler
