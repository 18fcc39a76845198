#include "cli/serve/addresses.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/text/encoding.h"
#include "base/text/strings.h"
#include "entries/entry_path.h"
#include "kb/entries/entry_store.h"
#include "kb/export/conflicts.h"
#include "kb/review/proposals.h"
#include "kb/review/review_queue.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

constexpr const char* filter_fields[] = {"entry", "flag",   "flagged", "kind",
                                         "first", "source", "run",     "words"};

Status parse_number_field(const Fields& fields, const std::string& name, kb::Id& number) {
  const auto field = fields.find(name);
  if (field == fields.end()) return {};
  const auto found = review::parse_id(field->second);
  if (!found) return Error{ErrorCode::invalid_argument, "\"" + field->second + "\" is no number", name, ""};
  number = *found;
  return {};
}

// The index of a change, or of the first one after it, in the queue's order.
Result<std::size_t> index_at_or_after(kb::Store& store, const std::vector<kb::QueuedChange>& queue,
                                      kb::Id id) {
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{store}.get(id));
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(change.entry_id));
  // Within a proposal, changes have their numbers in the order in which they were drafted.
  const auto key = std::tuple{std::string_view{entry.path}, change.proposal_id, change.id};
  const auto at_or_after = std::find_if(queue.begin(), queue.end(), [&](const kb::QueuedChange& queued) {
    return std::tuple{std::string_view{queued.entry_path}, queued.proposal_id, queued.id} >= key;
  });
  return static_cast<std::size_t>(at_or_after - queue.begin());
}

}  // namespace

Result<QueueFilter> QueueFilter::from(const Request& request) {
  return from(request.method == "POST" ? request.form : request.query);
}

Result<QueueFilter> QueueFilter::from(const Fields& fields) {
  QueueFilter filter;
  for (const auto& [name, value] : fields) {
    if (contains(filter_fields, name) && !value.empty()) filter.fields_[name] = value;
  }
  kb::ChangeFilter& changes = filter.changes_;
  if (const std::string entry = filter.field("entry"); !entry.empty()) {
    STUBKEEPER_ASSIGN(changes.path, entries::parse_entry_path(entry));
  }
  if (const std::string flagged = filter.field("flagged"); !flagged.empty())
    changes.flagged = flagged == "yes";
  if (const std::string first = filter.field("first"); !first.empty()) changes.first_look = first == "yes";
  changes.flag = filter.field("flag");
  changes.kind = filter.field("kind");
  changes.words = filter.field("words");
  STUBKEEPER_TRY(parse_number_field(filter.fields_, "source", changes.source_id));
  STUBKEEPER_TRY(parse_number_field(filter.fields_, "run", changes.run_id));
  return filter;
}

std::string QueueFilter::field(const std::string& name) const {
  const auto found = fields_.find(name);
  return found == fields_.end() ? "" : found->second;
}

QueueFilter QueueFilter::with(const std::string& name, const std::string& value) const {
  Fields fields = fields_;
  fields[name] = value;
  const auto changed = from(fields);
  return changed.ok() ? *changed : *this;
}

std::string to_query_string(const Fields& fields) {
  std::string query;
  for (const auto& [name, value] : fields)
    query +=
        (query.empty() ? "?" : "&") + percent_encode_component(name) + "=" + percent_encode_component(value);
  return query;
}

std::string review_address(const QueueFilter& filter, kb::Id change_id, const std::string& part) {
  Fields fields = filter.fields();
  fields["at"] = std::to_string(change_id);
  if (!part.empty()) fields["part"] = part;
  return "/review" + to_query_string(fields);
}

std::string review_address_from(const QueueFilter& filter, kb::Id change_id, kb::Id skipped) {
  Fields fields = filter.fields();
  fields["from"] = change_id == 0 ? "end" : std::to_string(change_id);
  if (skipped != 0) {
    fields["note"] = "skipped";
    fields["of"] = std::to_string(skipped);
  }
  return "/review" + to_query_string(fields);
}

std::string queue_address(const QueueFilter& filter) {
  return "/queue" + to_query_string(filter.fields());
}

std::string entry_address(std::string_view path) {
  return "/entry/" + percent_encode_path(path);
}
std::string preview_address(std::string_view path, kb::Id change_id, const std::string& moved_to) {
  Fields fields{{"with", std::to_string(change_id)}};
  if (!moved_to.empty()) fields["part"] = moved_to;
  return entry_address(path) + to_query_string(fields) + "#changed";
}
std::string history_address(std::string_view path) {
  return "/history/" + percent_encode_path(path);
}
std::string evidence_address(std::string_view path) {
  return "/evidence/" + percent_encode_path(path);
}
std::string snapshot_address(kb::Id snapshot_id, std::size_t begin, std::size_t end, kb::Id for_change) {
  if (for_change != 0)
    return fmt::format("/snapshot/{}?begin={}&end={}&for={}#quote", snapshot_id, begin, end, for_change);
  return fmt::format("/snapshot/{}?begin={}&end={}#quote", snapshot_id, begin, end);
}
std::string conflict_address(kb::Id conflict_id) {
  return fmt::format("/conflict/{}", kb::conflict_name(conflict_id));
}

std::string back_address(const Fields& last_filter, kb::Id change_id, const std::string& moved_to) {
  const auto filter = QueueFilter::from(last_filter);
  return review_address(filter.ok() ? *filter : QueueFilter{}, change_id, moved_to);
}

QueueTarget parse_queue_target(const Request& request) {
  if (const auto at = review::parse_id(request.field("at"))) return {QueueTarget::Kind::exactly, *at};
  if (request.field("from") == "end") return {QueueTarget::Kind::end, 0};
  if (const auto from = review::parse_id(request.field("from")))
    return {QueueTarget::Kind::at_or_after, *from};
  return {};
}

Result<QueueLocation> locate_in_queue(kb::Store& store, const QueueFilter& filter,
                                      const QueueTarget& target) {
  STUBKEEPER_ASSIGN(const auto queue, kb::review_queue(store, filter.changes()));
  std::size_t index = target.kind == QueueTarget::Kind::end ? queue.size() : 0;
  if (target.change_id != 0) {
    STUBKEEPER_ASSIGN(index, index_at_or_after(store, queue, target.change_id));
  }
  QueueLocation found;
  found.place.waiting = queue.size();
  if (target.kind == QueueTarget::Kind::exactly) {
    found.change_id = target.change_id;
  } else if (index < queue.size()) {
    found.change_id = queue[index].id;
  }
  const bool waits = index < queue.size() && queue[index].id == found.change_id;
  found.place.position = waits ? index + 1 : index;
  if (index > 0) found.place.before = queue[index - 1].id;
  const std::size_t next = waits ? index + 1 : index;
  if (next < queue.size()) found.place.after = queue[next].id;
  if (!waits) return found;
  for (const kb::QueuedChange& queued : queue) {
    if (queued.entry_id == queue[index].entry_id && queued.flags == 0)
      found.place.unflagged_in_entry.push_back(queued.id);
  }
  return found;
}

}  // namespace stubkeeper::cli
