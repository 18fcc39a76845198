#pragma once

#include "llm/drafter.h"

namespace stubkeeper::llm {

// Proposes sentences of the sources themselves, as attributed quotes, chosen by subject, novelty, dates and
// figures; every word of the source is in quotation marks with its attribution, and made safe as Markdown.
// Needs no model, no key, no network; the same task gives the same draft.
//
// For a stub: a summary (a sentence that defines the subject), facts, dated developments. For an entry that
// is written: developments and facts that stand in no block of it yet, from passages of documents that
// changed, or, at a document's first sight, those dated after the entry's last review. At most a stated
// number of changes a task, the best first.
class ExtractiveDrafter final : public Drafter {
 public:
  std::string name() const override { return "extractive"; }
  Result<Draft> draft(const Task& task) override;
};

}  // namespace stubkeeper::llm
