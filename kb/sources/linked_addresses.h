#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// An address that a source leads to: a page of a sitemap, a sitemap of an index, the article of a feed's
// item.
struct LinkedAddress {
  std::string address;  // http or https
  bool is_sitemap = false;
  std::string identity;  // of the document that it becomes, within the source
  std::string title;     // title, author and published as the source says them; "" where it does not
  std::string author;
  std::string published;
  std::string listed_date;  // when it changed, as the source says (lastmod); "" where it does not
  bool is_backlog = false;  // listed when its list was read for the first time: need not be news
  std::optional<Timestamp> due_at;
  std::optional<Timestamp> fetched_at;  // the last good answer
  std::string etag;
  std::string last_modified;
  int failures = 0;  // in a row
  std::string last_error;
};

// What sources lead to, and what of it waits to be fetched. Borrows the store.
class LinkedAddresses {
 public:
  explicit LinkedAddresses(Store& store) : store_(store) {}

  // What is to be done about an address that a source lists.
  enum class State {
    waiting,   // it will be fetched
    read,      // it was, and the source says of no change since
    given_up,  // it could not be, and the source says of no change since
  };

  // Notes that the source lists `link` now. It becomes due where it is new or has another date than before,
  // and a sitemap without a date each time. is_backlog counts only where it is new.
  Result<State> list(Id source_id, const LinkedAddress& link, Timestamp now);

  // Whether any source leads to any address.
  Result<bool> any();

  // Those that are due, at most `most`: the newest by their date first, those that failed last.
  Result<std::vector<LinkedAddress>> due(Id source_id, bool sitemaps, Timestamp now, std::int64_t limit);

  // After a good answer (a 304 without validators keeps the old ones, as "" here says), or a failed one:
  // `next` is when to try again, nothing where that is given up until the source lists it with another date.
  Status answered(Id source_id, const std::string& address, Timestamp now, const std::string& etag,
                  const std::string& last_modified);
  Status failed(Id source_id, const std::string& address, const std::string& error,
                std::optional<Timestamp> next);

  // Sitemaps that their index gives no date for can have changed without it.
  Status mark_undated_sitemaps_due(Id source_id, Timestamp now);

  // Notes that an address of the source was asked for.
  Status record_fetch(Id run_id, Id source_id, Timestamp now);

  // How many of all sources' are due.
  Result<std::int64_t> due_count(Timestamp now);

  struct Counts {
    std::int64_t sitemaps = 0;         // that an index leads to
    std::int64_t documents = 0;        // addresses of documents, whatever their state
    std::int64_t waiting = 0;          // of these, still to be fetched
    std::int64_t waiting_new = 0;  // of these, listed since the source was first read
    std::int64_t given_up = 0;
  };
  Result<Counts> counts(Id source_id);

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
