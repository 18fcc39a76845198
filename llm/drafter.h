#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "entries/edit.h"
#include "entries/publisher.h"

namespace stubkeeper::llm {

// A new passage, with what is known of its document.
struct TaskPassage {
  std::string id;  // unique in the task: "p12"
  std::int64_t snapshot_id = 0;
  std::string text;
  std::size_t begin_byte = 0;  // in the snapshot's text
  std::string source_address;
  std::string source_title;  // the document's, or the site's name, or the host
  std::string published;     // RFC 3339 or its known part, or ""
  std::string modified;      // likewise
  entries::Publisher publisher;
  // Routed because it names the entry, and not because the entry cites the source.
  bool names_subject = false;
  std::int64_t source_id = 0;
  // The source's text was never held against the entry before: it need not be news.
  bool is_first_look = false;
};

// A snapshot that passages of a task come from, for verification.
struct TaskSnapshot {
  std::int64_t id = 0;
  std::string text;
  std::string title;
  std::string published;
  std::string story;  // snapshots that tell the same story, almost word for word, share it; "" where unknown
};

// A quote that a block of the entry rests on already.
struct TaskCitation {
  std::string block_id;
  std::string quote;
};

// A text that was proposed before and rejected.
struct Rejection {
  std::string text;
  std::string reason;
};

// A rule of the editors, under one heading.
struct SteeringRule {
  std::string heading;
  std::string text;     // Markdown
  bool is_own = false;  // of the entry's part of the tree, and not of the whole section
};

// Another page of the section that a link can lead to.
struct RelatedEntry {
  std::string path;
  std::string title;
  std::string reference;  // of the page from the entry's, see entries::PageIndex
  bool operator==(const RelatedEntry&) const = default;
};

// The input of a drafter, for one entry.
struct Task {
  std::string entry_path;
  std::string entry_title;
  entries::IdentifiedDocument entry;
  bool is_stub = false;                // only a name and its sources so far
  std::string last_reviewed;           // YYYY-MM-DD or ""
  std::string today;                   // YYYY-MM-DD
  std::vector<SteeringRule> steering;  // those that apply at the entry's place, from the top down
  std::vector<TaskPassage> passages;
  std::vector<TaskSnapshot> snapshots;
  std::vector<TaskCitation> citations;
  std::vector<Rejection> rejections;
  // How many changes of a first look may be proposed now, by source; others have no limit.
  std::map<std::int64_t, std::size_t> max_first_look_changes;
  // Kinds of change (DraftedChange::kind) that a person does not want here.
  std::vector<std::string> unwanted_kinds;
  std::vector<RelatedEntry> related;  // those that the passages name first, then neighbours; not the entry
};

// Words of a passage that a change rests on. `text` is verbatim; the verifier finds its bytes.
struct Quote {
  std::string passage_id;
  std::string text;
  bool refutes = false;
  // It replaces one that was not found, after the model was asked again (drafting/conversation.h).
  bool corrected = false;
};

// One proposed operation.
struct DraftedChange {
  std::string kind;  // what it is for the reviewer: "add development", "add fact", "write summary", ...
  entries::Edit edit;
  std::vector<Quote> quotes;
  std::string reason;
};

// A proposed new entry, and the change that gives it its first words. Its path is made of the title
// and the folder of the task's entry.
struct DraftedEntry {
  std::string title;
  std::string path;
  entries::IdentifiedDocument stub;  // its page so far: a name
  DraftedChange change;              // of the stub
};

// The changes that are proposed, those of most worth first; none: nothing new.
struct Draft {
  std::vector<DraftedChange> changes;
  std::int64_t tokens = 0;
  int refusals = 0;  // parts of the task that a model would not answer
  int unusable = 0;  // proposed changes that are no edits of this entry
  std::vector<DraftedEntry> entries{};
  // One reader saw all passages together, so that any of them can have influenced any change.
  bool shared_context = false;
  // Passages that say more than this draft proposes, by id, each time.
  std::vector<std::string> kept_passages{};
  // Passages that could not be held against the entry: nothing can be said of them.
  std::vector<std::string> unread_passages{};
};

// How the drafting of a task ended.
enum class DraftOutcome {
  drafted,
  failed,         // this task cannot be drafted: the error says why
  failed_before,  // an earlier run found so, and nothing has changed since: it was not tried again
  out_of_budget,  // not tried to its end: what is left to spend does not reach
  given_up,       // not tried to its end: the drafter can do no more in this run
  stopped,        // the run was asked to stop
};

struct DraftedTask {
  Task task;
  DraftOutcome end = DraftOutcome::drafted;
  Draft draft;  // of `drafted`; of the others the tokens that were spent
  Error error;  // of all but `drafted`
};

// Makes changes of new passages. Its drafts are not trusted: see verifier.h.
class Drafter {
 public:
  virtual ~Drafter() = default;
  // The name that goes into history: "extractive", or a provider and model.
  virtual std::string name() const = 0;
  virtual Result<Draft> draft(const Task& task) = 0;

  // Drafts tasks until `next_task` has no more. Each comes back once, in any order, as soon as it
  // is done. A drafter that waits for an endpoint has several under way, and takes the next one
  // only when it can begin it; this default drafts them one after the other. All in the calling
  // thread.
  virtual void draft_all(const std::function<std::optional<Task>()>& next_task,
                         const std::function<void(DraftedTask)>& on_drafted);
};

}  // namespace stubkeeper::llm
