#pragma once

#include <span>

#include "schema/embedded_files.h"

namespace stubkeeper::cli {

// The files of cli/serve/assets as they were at build time, sorted by name: "style.css".
std::span<const schema::EmbeddedFile> serve_assets();

}  // namespace stubkeeper::cli
