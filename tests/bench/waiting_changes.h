#pragma once

#include <string>

namespace stubkeeper::bench {

// What refreshes would have left in a knowledge base: for each entry a page, and ten waiting changes that
// quote it, one of them flagged. Ends this program with a message where that cannot be stored.
void propose_changes(const std::string& kb_folder);

}  // namespace stubkeeper::bench
