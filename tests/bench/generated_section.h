#pragma once

#include <filesystem>

namespace stubkeeper::bench {

// Writes a section of so many entries of about 4 KB, fifty to a topic: front matter, facts, prose,
// developments, a table, links to neighbours, sources. The same every time. Some have what checks find.
void make_section(const std::filesystem::path& folder, int count);

}  // namespace stubkeeper::bench
