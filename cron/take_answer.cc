#include "cron/take_answer.h"

#include <unordered_set>

#include "cron/documents_of_answer.h"
#include "cron/plan.h"
#include "kb/proposals.h"
#include "kb/runs.h"
#include "kb/snapshots.h"
#include "kb/sources.h"
#include "schema/base/sha256.h"

namespace stubkeeper::cron {
namespace {

// One answer on its way into the store.
class Taking {
 public:
  Taking(const RefreshParts& parts, const SubjectIndex& subjects, const kb::Source& source,
         const crawler::FetchResponse& response, kb::Id run_id)
      : parts_(parts),
        subjects_(subjects),
        source_(source),
        response_(response),
        run_id_(run_id),
        now_(parts.clock.now()) {}

  // Counts of this answer alone; added to the report once they are stored.
  struct Counts {
    int snapshots = 0;
    int new_passages = 0;
    int routed = 0;
    bool first_sight = false;
  };

  Status failed(const std::string& reason) {
    kb::Sources sources{parts_.store};
    const Timestamp next = next_try(source_, source_.failures + 1, response_.retry_after_seconds, now_,
                                    parts_.configuration.revisit);
    STUBKEEPER_TRY(sources.failed(source_.id, now_, reason, next));
    return record(kb::FetchResultKind::failed, reason);
  }

  Status not_modified() {
    // A 304 may carry newer validators (RFC 9110 §15.4.5); where it has none, the old ones stay good.
    STUBKEEPER_TRY(answered(false, source_.title));
    return record(kb::FetchResultKind::not_modified, "");
  }

  Status take(const FoundDocuments& found) {
    kb::Sources sources{parts_.store};
    STUBKEEPER_ASSIGN(cited_by_, sources.entries_of(source_.id));
    for (const FoundDocument& document : found.documents) STUBKEEPER_TRY(take_document(document));
    const bool changed = counts_.snapshots > 0;
    STUBKEEPER_TRY(answered(changed, found.source_title));
    const auto outcome = !changed              ? kb::FetchResultKind::unchanged
                         : counts_.first_sight ? kb::FetchResultKind::new_document
                                               : kb::FetchResultKind::changed;
    return record(outcome, "");
  }

  const Counts& counts() const { return counts_; }

 private:
  Status answered(bool changed, const std::string& title) {
    kb::Sources sources{parts_.store};
    const bool keep = response_.outcome == crawler::FetchOutcome::not_modified;
    const std::string& etag = keep && response_.etag.empty() ? source_.etag : response_.etag;
    const std::string& last_modified =
        keep && response_.last_modified.empty() ? source_.last_modified : response_.last_modified;
    return sources.answered(source_.id, now_, changed, etag, last_modified,
                            next_visit(source_, now_, parts_.configuration.revisit), title);
  }

  Status record(kb::FetchResultKind outcome, const std::string& error) {
    return kb::Runs{parts_.store}.record({run_id_, source_.id, now_, outcome, response_.http_status, error,
                                          static_cast<std::int64_t>(response_.body.size())});
  }

  Status take_document(const FoundDocument& found) {
    kb::Snapshots snapshots{parts_.store};
    STUBKEEPER_ASSIGN(const auto document, snapshots.document(source_.id, found.identity, found.address));
    STUBKEEPER_ASSIGN(const auto before, snapshots.latest(document.id));
    const crawler::Content& content = found.content;
    if (before && before->text_sha256 == sha256_hex(content.text)) return {};
    if (!before) counts_.first_sight = true;

    // Against all snapshots of the document: a passage that was away for a while and is back is no news.
    STUBKEEPER_ASSIGN(const auto known_list, snapshots.likenesses(document.id, true));
    std::unordered_set<std::string> known{known_list.begin(), known_list.end()};
    kb::NewSnapshot snapshot;
    for (const crawler::TextRange& range : crawler::split_passages(content.text)) {
      kb::Passage passage;
      passage.ordinal = static_cast<int>(snapshot.passages.size());
      passage.begin_byte = range.begin;
      passage.end_byte = range.end;
      const std::string likeness =
          crawler::likeness(std::string_view{content.text}.substr(range.begin, range.end - range.begin));
      passage.likeness_sha256 = sha256_hex(likeness);
      // Nothing is left of a passage that is only a date or a counter.
      passage.is_new = !likeness.empty() && known.insert(passage.likeness_sha256).second;
      snapshot.passages.push_back(std::move(passage));
    }
    snapshot.facts.fetched_at = now_;
    snapshot.facts.content_type = response_.content_type;
    snapshot.facts.final_address =
        source_.kind == kb::SourceKind::feed ? found.address : response_.final_address;
    snapshot.facts.title = content.title;
    snapshot.facts.author = content.author;
    snapshot.facts.site_name = content.site_name;
    snapshot.facts.language = content.language;
    snapshot.facts.published = content.published;
    snapshot.facts.modified = content.modified;
    snapshot.body = response_.body;
    snapshot.text = content.text;
    STUBKEEPER_ASSIGN([[maybe_unused]] const auto id, snapshots.add(document.id, snapshot));
    ++counts_.snapshots;
    return route(content, snapshot.passages);
  }

  Status route(const crawler::Content& content, const std::vector<kb::Passage>& passages) {
    kb::Proposals proposals{parts_.store};
    const std::string_view text{content.text};
    for (const kb::Passage& passage : passages) {
      if (!passage.is_new) continue;
      ++counts_.new_passages;
      const auto named =
          subjects_.named_in(text.substr(passage.begin_byte, passage.end_byte - passage.begin_byte), text);
      for (const kb::Id entry : cited_by_) {
        STUBKEEPER_TRY(proposals.route(run_id_, {passage.id, entry, false}));
        ++counts_.routed;
      }
      for (const kb::Id entry : named) {
        if (std::find(cited_by_.begin(), cited_by_.end(), entry) != cited_by_.end()) continue;
        STUBKEEPER_TRY(proposals.route(run_id_, {passage.id, entry, true}));
        ++counts_.routed;
      }
    }
    return {};
  }

  const RefreshParts& parts_;
  const SubjectIndex& subjects_;
  const kb::Source& source_;
  const crawler::FetchResponse& response_;
  kb::Id run_id_;
  Timestamp now_;
  std::vector<kb::Id> cited_by_;
  Counts counts_;
};

}  // namespace

Status take_answer(const RefreshParts& parts, const SubjectIndex& subjects, const kb::Source& source,
                   const crawler::FetchResponse& response, RefreshReport& report) {
  Taking taking{parts, subjects, source, response, report.run_id};
  const auto fail = [&](const Error& error) -> Status {
    STUBKEEPER_TRY(parts.store.atomically([&] { return taking.failed(error.text()); }));
    const std::string advice = error.advice.empty() ? "" : " (" + error.advice + ")";
    report.failures.push_back({source.address, error.message + advice});
    return {};
  };

  if (response.outcome == crawler::FetchOutcome::failed) return fail(response.error);
  if (response.outcome == crawler::FetchOutcome::not_modified) {
    STUBKEEPER_TRY(parts.store.atomically([&] { return taking.not_modified(); }));
    ++report.not_modified;
    return {};
  }
  const auto found = documents_of_answer(source, response);
  if (!found.ok()) return fail(found.error());
  STUBKEEPER_TRY(parts.store.atomically([&] { return taking.take(*found); }));
  report.snapshots += taking.counts().snapshots;
  report.new_passages += taking.counts().new_passages;
  report.routed += taking.counts().routed;
  ++(taking.counts().snapshots > 0 ? report.changed : report.unchanged);
  return {};
}

}  // namespace stubkeeper::cron
