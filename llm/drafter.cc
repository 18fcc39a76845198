#include "llm/drafter.h"

#include <utility>

namespace stubkeeper::llm {

void Drafter::draft_all(const std::function<std::optional<Task>()>& next_task,
                        const std::function<void(DraftedTask)>& on_drafted) {
  while (std::optional<Task> task = next_task()) {
    Result<Draft> drafted = draft(*task);
    DraftedTask done;
    done.task = *std::move(task);
    if (drafted.ok()) {
      done.draft = *std::move(drafted);
    } else {
      done.end = DraftOutcome::failed;
      done.error = drafted.error();
    }
    on_drafted(std::move(done));
  }
}

}  // namespace stubkeeper::llm
