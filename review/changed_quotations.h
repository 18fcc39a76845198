#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::review {

// Words in quotation marks that were quoted from a source and that a text has in other words.
struct ChangedQuotation {
  std::string words;        // as the source has them
  std::string source_name;  // its title, else its address
  kb::Citation citation;    // where they stand
};

// Quotations of `before` (llm/verification/quotations.h) that a change of the entry cites, whatever became of
// it, and of which `after` makes something else between quotation marks that nothing cites. One that is gone,
// or told without the marks, is not among them: that is the writer's own word then.
Result<std::vector<ChangedQuotation>> changed_quotations(kb::Store& store, kb::Id entry_id,
                                                         std::string_view before, std::string_view after);

}  // namespace stubkeeper::review
