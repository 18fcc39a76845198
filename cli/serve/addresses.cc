#include "cli/serve/addresses.h"

#include <fmt/format.h>

#include <charconv>

#include "base/text/encoding.h"
#include "base/text/strings.h"
#include "entries/entry_path.h"
#include "kb/export/conflicts.h"

namespace stubkeeper::cli {
namespace {

constexpr const char* filter_fields[] = {"entry", "flag", "flagged", "kind", "source", "run", "words"};

Status parse_number_field(const Fields& fields, const std::string& name, kb::Id& number) {
  const auto field = fields.find(name);
  if (field == fields.end()) return {};
  const auto found = parse_positive_integer(field->second);
  if (!found) return Error{ErrorCode::invalid_argument, "\"" + field->second + "\" is no number", name, ""};
  number = *found;
  return {};
}

}  // namespace

std::optional<kb::Id> parse_positive_integer(std::string_view text) {
  return parse_number<kb::Id>(text, 1);
}

Result<QueueFilter> QueueFilter::from(const Request& request) {
  QueueFilter filter;
  for (const char* name : filter_fields) {
    if (const std::string value = request.field(name); !value.empty()) filter.fields_[name] = value;
  }
  const auto text = [&](const char* name) {
    const auto field = filter.fields_.find(name);
    return field == filter.fields_.end() ? "" : field->second;
  };
  if (!text("entry").empty()) {
    STUBKEEPER_ASSIGN(filter.changes_.path, entries::parse_entry_path(text("entry")));
  }
  filter.changes_.flag = text("flag");
  if (const std::string flagged = text("flagged"); !flagged.empty())
    filter.changes_.flagged = flagged == "yes";
  filter.changes_.kind = text("kind");
  filter.changes_.words = text("words");
  STUBKEEPER_TRY(parse_number_field(filter.fields_, "source", filter.changes_.source_id));
  STUBKEEPER_TRY(parse_number_field(filter.fields_, "run", filter.changes_.run_id));
  return filter;
}

QueueFilter QueueFilter::with(const std::string& name, const std::string& value) const {
  Request request;
  request.query = fields_;
  request.query[name] = value;
  const auto changed = from(request);
  return changed.ok() ? *changed : *this;
}

std::string to_query_string(const Fields& fields) {
  std::string query;
  for (const auto& [name, value] : fields)
    query +=
        (query.empty() ? "?" : "&") + percent_encode_component(name) + "=" + percent_encode_component(value);
  return query;
}

std::string review_address(const QueueFilter& filter, kb::Id change_id) {
  Fields fields = filter.fields();
  fields["at"] = std::to_string(change_id);
  return "/review" + to_query_string(fields);
}

std::string review_address_from(const QueueFilter& filter, kb::Id change_id) {
  Fields fields = filter.fields();
  fields["from"] = change_id == 0 ? "end" : std::to_string(change_id);
  return "/review" + to_query_string(fields);
}

std::string skip_address(const QueueFilter& filter, kb::Id next, kb::Id skipped) {
  Fields fields = filter.fields();
  fields["from"] = next == 0 ? "end" : std::to_string(next);
  fields["note"] = "skipped";
  fields["of"] = std::to_string(skipped);
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
std::string move_address(const QueueFilter& filter, kb::Id change_id, const std::string& part) {
  Fields fields = filter.fields();
  fields["at"] = std::to_string(change_id);
  fields["part"] = part;
  return "/review" + to_query_string(fields);
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

}  // namespace stubkeeper::cli
