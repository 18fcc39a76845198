#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "kb/store/id.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// An address that a source lists: a sitemap's page, an index's sitemap, a feed item's article.
struct LinkedAddress {
  std::string address;  // http or https
  bool is_sitemap = false;
  std::string identity;  // of the document that it becomes, within the source
  std::string title;     // title, author and published by the source; "" where it has none
  std::string author;
  std::string published;
  std::string listed_date;  // of its last change, by the source (lastmod); ""
  bool is_backlog = false;  // listed when its list was read for the first time: need not be news
  std::optional<Timestamp> due_at;
  std::optional<Timestamp> fetched_at;  // the last good answer
  std::string etag;
  std::string last_modified;
  int failures = 0;  // in a row
  std::string last_error;
};

// The addresses that sources list, and which of them are to be fetched. Borrows the store.
class LinkedAddresses {
 public:
  explicit LinkedAddresses(Store& store) : store_(store) {}

  enum class State {
    waiting,   // to be fetched
    read,      // fetched, and not changed since by the source
    given_up,  // could not be fetched, and not changed since by the source
  };

  // Notes that the source lists `link`. It becomes due where it is new or has another date than
  // before; a sitemap without a date each time. is_backlog counts only where it is new.
  Result<State> list(Id source_id, const LinkedAddress& link, Timestamp now);

  // Whether any source lists an address.
  Result<bool> any();

  // At most `limit` due ones: the newest by their date first, those that failed last.
  Result<std::vector<LinkedAddress>> due(Id source_id, bool sitemaps, Timestamp now, std::int64_t limit);

  // After a good answer, or a failed one: `next` is when to try again, nothing where it is given up
  // until the source lists it with another date.
  Status answered(Id source_id, const std::string& address, Timestamp now, const std::string& etag,
                  const std::string& last_modified);
  Status failed(Id source_id, const std::string& address, const std::string& error,
                std::optional<Timestamp> next);

  // Their index cannot say whether they have changed.
  Status mark_undated_sitemaps_due(Id source_id, Timestamp now);

  // Notes one fetch of an address that the source lists.
  Status record_fetch(Id run_id, Id source_id, Timestamp now);

  // Of all sources.
  Result<std::int64_t> due_count(Timestamp now);

  struct Counts {
    std::int64_t sitemaps = 0;     // that an index leads to
    std::int64_t documents = 0;    // addresses of documents, in any state
    std::int64_t waiting = 0;      // of these, still to be fetched
    std::int64_t waiting_new = 0;  // of these, listed since the source was first read
    std::int64_t given_up = 0;
  };
  Result<Counts> counts(Id source_id);

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
