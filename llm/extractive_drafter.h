#pragma once

#include "llm/drafter.h"

namespace stubkeeper::llm {

// Proposes sentences of the sources, as attributed quotes, by subject, novelty, dates and figures.
// Every word of a source is in quotation marks with its attribution, as safe Markdown. A pure
// function of the task.
//
// For a stub: a summary (a sentence that defines the subject), facts, dated developments. For a
// written entry: developments and facts that it does not have yet, whatever their date: at most four of
// what is new in its sources, and of each first look as many as the task allows, the best first. The
// passages of the others are kept.
class ExtractiveDrafter final : public Drafter {
 public:
  std::string name() const override { return "extractive"; }
  Result<Draft> draft(const Task& task) override;
};

}  // namespace stubkeeper::llm
