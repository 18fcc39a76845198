#include "llm/drafting/prompt.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text/ascii.h"

namespace stubkeeper::llm {
namespace {

std::string_view prompt_file(std::string_view name) {
  for (const schema::EmbeddedFile& file : prompt_files())
    if (file.path == name) return file.text;
  return {};
}

}  // namespace

Result<Prompt> parse_prompt(std::string_view file) {
  constexpr std::string_view open = "<!--";
  constexpr std::string_view close = "-->";
  constexpr std::string_view key = "\nversion: ";
  const std::size_t end = file.find(close);
  const Error wrong{ErrorCode::invalid_argument, "a prompt file without its header", "llm/prompts",
                    "it begins with an HTML comment that holds a line \"version: N\""};
  if (!file.starts_with(open) || end == std::string_view::npos) return wrong;
  const std::string_view header = file.substr(0, end);
  const std::size_t version = header.find(key);
  if (version == std::string_view::npos) return wrong;
  const std::size_t begin = version + key.size();
  Prompt prompt;
  prompt.version = trim_ascii(header.substr(begin, header.find('\n', begin) - begin));
  prompt.text = trim_ascii(file.substr(end + close.size()));
  if (prompt.version.empty() || prompt.text.empty()) return wrong;
  return prompt;
}

const Prompt& drafting_prompt() {
  // The file is part of the program; tests/llm reads it.
  static const Prompt prompt = [] {
    auto read = parse_prompt(prompt_file("draft.md"));
    return read.ok() ? std::move(read).value() : Prompt{};
  }();
  return prompt;
}

const std::string& drafting_answer_schema() {
  static const std::string schema =
      nlohmann::ordered_json::parse(prompt_file("draft.schema.json"), nullptr, false).dump();
  return schema;
}

}  // namespace stubkeeper::llm
