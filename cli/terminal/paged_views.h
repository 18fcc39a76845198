#pragma once

#include <string>

#include "cli/session.h"
#include "cli/terminal/keyboard.h"
#include "review/item.h"

namespace stubkeeper::cli {

// What the review shows in the pager (cli/terminal/pager.h), with the way back as its last line.

// Everything about a change.
Status page_item(const Session& session, const OpenKnowledgeBase& knowledge_base, Keyboard& keyboard,
                 const review::ReviewItem& item);

// The entry as it would be with the change, opened at what is new. Gives why the change cannot be shown in
// it, safe to print; "" where it is.
Result<std::string> page_entry_preview(const Session& session, const OpenKnowledgeBase& knowledge_base,
                                    Keyboard& keyboard, const review::ReviewItem& item);

}  // namespace stubkeeper::cli
