#include "cron/shrunken_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "kb/sources/latest_snapshot.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/source_flags.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cron {
namespace {

// Of less text than this a tenth is a line, and lists of one line come and go.
constexpr std::size_t min_bytes_before = 500;
constexpr std::size_t max_share_left = 10;  // one part in ten
constexpr const char* accepted = "a person accepted the short text";

std::string flag_name() {
  return std::string{crawler::find_non_content_info(crawler::NonContentKind::shrunken_text)->id};
}

}  // namespace

Result<std::optional<Refusal>> find_shrunken_text(kb::Store& store, kb::Id source,
                                                  const ParsedDocument& document,
                                                  const crawler::FetchResponse& response) {
  const bool is_local_file = response.http_status == 0;
  if (is_local_file) return std::optional<Refusal>{};
  STUBKEEPER_ASSIGN(const auto last, kb::find_latest_snapshot(store, source, document.identity));
  if (!last) return std::optional<Refusal>{};
  STUBKEEPER_ASSIGN(const std::string before, kb::Snapshots{store}.text(*last));
  const std::size_t left = document.content.text.size();
  if (before.size() < min_bytes_before || left * max_share_left > before.size())
    return std::optional<Refusal>{};
  STUBKEEPER_ASSIGN(const auto accepted_at,
                    kb::SourceFlags{store}.last_resolved(source, flag_name(), accepted));
  if (accepted_at && *accepted_at >= last->fetched_at) return std::optional<Refusal>{};
  Refusal refusal = substitute(document.address, crawler::NonContentKind::shrunken_text);
  refusal.error.message += fmt::format(": {} of {} bytes are left", left, before.size());
  refusal.error.advice = fmt::format(
      "look at it in a browser; where it says no more, `stubkeeper source accept {}` takes it, else take "
      "another source",
      source);
  return std::optional{std::move(refusal)};
}

Status accept_shrunken_text(kb::Store& store, const kb::Source& source, Timestamp now) {
  return store.run_in_transaction([&]() -> Status {
    kb::SourceFlags flags{store};
    STUBKEEPER_ASSIGN(const auto open, flags.list_open(source.id));
    if (std::ranges::find(open, flag_name(), &kb::Flag::name) == open.end())
      return Error{ErrorCode::invalid_argument, "sent no text that waits to be accepted", source.address,
                   fmt::format("`stubkeeper source show {}` says how it is", source.id)};
    STUBKEEPER_TRY(flags.resolve(source.id, {flag_name()}, accepted, now));
    return kb::Sources{store}.postpone(source.id, now);
  });
}

}  // namespace stubkeeper::cron
