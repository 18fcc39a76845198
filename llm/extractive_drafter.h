#pragma once

#include "llm/drafter.h"

namespace stubkeeper::llm {

// Proposes sentences of the sources, as attributed quotes, by subject, novelty, dates and figures.
// Every word of a source is in quotation marks with its attribution, as safe Markdown. A pure
// function of the task.
//
// For a stub: a summary (a sentence that defines the subject), facts, dated developments. For a
// written entry: developments and facts that it does not have yet, from passages of documents that
// changed, or, at a document's first visit, those dated after the entry's last review. A limited
// number a task, the best first.
class ExtractiveDrafter final : public Drafter {
 public:
  std::string name() const override { return "extractive"; }
  Result<Draft> draft(const Task& task) override;
};

}  // namespace stubkeeper::llm
