#include "cron/first_looks.h"

#include <algorithm>
#include <map>

#include "cron/kinds/source_kind.h"
#include "cron/routing_filter.h"
#include "entries/subject_index.h"
#include "kb/review/first_looks.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cron {
namespace {

class FirstLookRouter {
 public:
  FirstLookRouter(kb::Store& store, RefreshReport& report)
      : store_(store), first_looks_(store), snapshots_(store), report_(report) {}

  // With `again`, also what was compared before.
  Status compare(const kb::Source& source, kb::Id entry_id, bool again);
  Status search(const std::vector<kb::Source>& sources, const std::vector<kb::Entry>& entries);

 private:
  Status route(const RoutingFilter& filter, const kb::Passage& passage, kb::Id entry_id, bool names_subject);
  Status search_document(const kb::DocumentRecord& document, const entries::SubjectIndex& subjects);

  kb::Store& store_;
  kb::FirstLooks first_looks_;
  kb::Snapshots snapshots_;
  RefreshReport& report_;
};

Status FirstLookRouter::route(const RoutingFilter& filter, const kb::Passage& passage, kb::Id entry_id,
                              bool names_subject) {
  if (!filter.lets_pass(passage, entry_id)) return {};
  ++report_.routed;
  return first_looks_.route(report_.run_id, {passage.id, entry_id, names_subject});
}

Status FirstLookRouter::compare(const kb::Source& source, kb::Id entry_id, bool again) {
  const kb::SourceOfEntry pair{entry_id, source.id};
  // A list without items yet says nothing; a page without text was not read.
  bool has_text = rules_of(source).is_list;
  if (again) STUBKEEPER_TRY(first_looks_.reopen_kept(pair));
  STUBKEEPER_ASSIGN(const auto documents, snapshots_.documents_of(source.id));
  for (const kb::DocumentRecord& document : documents) {
    STUBKEEPER_ASSIGN(const auto passages, first_looks_.own_passages(document.id));
    if (passages.empty()) continue;
    has_text = true;
    std::set<std::string> compared;
    if (!again) {
      STUBKEEPER_ASSIGN(compared, first_looks_.compared_passages(document.id, entry_id));
    }
    STUBKEEPER_ASSIGN(const auto filter,
                      RoutingFilter::read(store_, source.id, passages.front().snapshot_id));
    for (const kb::Passage& passage : passages) {
      if (!compared.contains(passage.normalized_sha256))
        STUBKEEPER_TRY(route(filter, passage, entry_id, false));
    }
  }
  return has_text ? first_looks_.mark_compared(pair) : Status{};
}

Status FirstLookRouter::search_document(const kb::DocumentRecord& document,
                                        const entries::SubjectIndex& subjects) {
  STUBKEEPER_ASSIGN(const auto passages, first_looks_.own_passages(document.id));
  if (passages.empty()) return {};
  STUBKEEPER_ASSIGN(const auto snapshot, snapshots_.get(passages.front().snapshot_id));
  STUBKEEPER_ASSIGN(const std::string text, snapshots_.text(snapshot));
  std::optional<RoutingFilter> filter;
  STUBKEEPER_ASSIGN(const auto cited_by, kb::Sources{store_}.entries_of(document.source_id));
  std::map<kb::Id, std::set<std::string>> routed;
  for (const kb::Passage& passage : passages) {
    const std::string_view words =
        std::string_view{text}.substr(passage.begin_byte, passage.end_byte - passage.begin_byte);
    for (const kb::Id entry : subjects.find_mentions(words, text)) {
      if (std::ranges::find(cited_by, entry) != cited_by.end()) continue;
      if (!routed.contains(entry)) {
        STUBKEEPER_ASSIGN(routed[entry], first_looks_.routed_passages(document.id, entry));
      }
      if (routed[entry].contains(passage.normalized_sha256)) continue;
      if (!filter) {
        STUBKEEPER_ASSIGN(filter, RoutingFilter::read(store_, document.source_id, snapshot.id));
      }
      STUBKEEPER_TRY(route(*filter, passage, entry, true));
    }
  }
  return {};
}

Status FirstLookRouter::search(const std::vector<kb::Source>& sources,
                               const std::vector<kb::Entry>& entries) {
  entries::SubjectIndex subjects;
  for (const kb::Entry& entry : entries) subjects.add(entry.id, entry.title);
  for (const kb::Source& source : sources) {
    const Status searched = store_.run_in_transaction([&]() -> Status {
      STUBKEEPER_ASSIGN(const auto documents, snapshots_.documents_of(source.id));
      for (const kb::DocumentRecord& document : documents)
        STUBKEEPER_TRY(search_document(document, subjects));
      return {};
    });
    STUBKEEPER_TRY(report_.note_failure(source.address, searched));
  }
  return store_.run_in_transaction([&]() -> Status {
    for (const kb::Entry& entry : entries) STUBKEEPER_TRY(first_looks_.mark_searched(entry));
    return {};
  });
}

Status compare_all_again(kb::Store& store, const RefreshOptions& options,
                         const std::vector<kb::Source>& sources, FirstLookRouter& router,
                         RefreshReport& report) {
  for (const kb::Source& source : sources) {
    if (!is_selected(source, options)) continue;
    STUBKEEPER_ASSIGN(auto entries, kb::Sources{store}.entries_of(source.id));
    STUBKEEPER_ASSIGN(const auto counts, kb::FirstLooks{store}.counts_of_source(source.id));
    std::vector<kb::Id> named;
    for (const kb::FirstLooks::Counts& each : counts)
      if (std::ranges::find(entries, each.entry_id) == entries.end()) named.push_back(each.entry_id);
    const Status compared = store.run_in_transaction([&]() -> Status {
      for (const kb::Id entry : entries) STUBKEEPER_TRY(router.compare(source, entry, true));
      for (const kb::Id entry : named)
        STUBKEEPER_TRY((kb::FirstLooks{store}.reopen_kept({entry, source.id})));
      return {};
    });
    STUBKEEPER_TRY(report.note_failure(source.address, compared));
  }
  return {};
}

}  // namespace

Status route_first_looks(const FetchContext& context, const RefreshOptions& options, RefreshReport& report) {
  kb::Store& store = context.store;
  kb::FirstLooks first_looks{store};
  FirstLookRouter router{store, report};
  STUBKEEPER_ASSIGN(const auto sources, kb::Sources{store}.list());
  std::map<kb::Id, const kb::Source*> by_id;
  for (const kb::Source& source : sources) by_id.emplace(source.id, &source);
  STUBKEEPER_ASSIGN(const auto uncompared, first_looks.list_uncompared());
  for (const kb::SourceOfEntry& pair : uncompared) {
    if (!context.keep_going()) return {};
    const kb::Source& source = *by_id.at(pair.source_id);
    const Status compared =
        store.run_in_transaction([&] { return router.compare(source, pair.entry_id, false); });
    STUBKEEPER_TRY(report.note_failure(source.address, compared));
  }
  STUBKEEPER_ASSIGN(const auto unsearched, first_looks.list_unsearched());
  if (!unsearched.empty()) STUBKEEPER_TRY(router.search(sources, unsearched));
  return options.all ? compare_all_again(store, options, sources, router, report) : Status{};
}

}  // namespace stubkeeper::cron
