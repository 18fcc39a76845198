#include "crawler/robots_cache.h"

namespace stubkeeper::crawler {

bool is_unreachable(int http_status) {
  return http_status == 0 || http_status >= 500 || http_status == 429;
}

RobotsRecord update_record(const std::optional<RobotsRecord>& kept, int http_status, std::string body,
                         Timestamp now) {
  if (!is_unreachable(http_status)) return {now, http_status, std::move(body), std::nullopt};
  if (!kept) return {now, http_status, "", now};
  RobotsRecord record = *kept;
  record.fetched_at = now;
  if (is_unreachable(record.http_status)) record.http_status = http_status;
  if (!record.unreachable_since) record.unreachable_since = now;
  return record;
}

}  // namespace stubkeeper::crawler
