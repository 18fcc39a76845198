#pragma once

#include <span>

#include "schema/embedded_files.h"

namespace stubkeeper::llm {

// The files of llm/prompts/ as they were at build time, sorted by name ("draft.md"). They live as long as the
// program.
std::span<const schema::EmbeddedFile> prompt_files();

}  // namespace stubkeeper::llm
