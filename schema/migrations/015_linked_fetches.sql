-- Each time a page that a sitemap or a feed leads to was asked for, for the budget of fetches: what is fetched of sources themselves stands in
-- `fetch`.
CREATE TABLE linked_fetch (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  source_id INTEGER NOT NULL REFERENCES source (id),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX linked_fetch_by_time ON linked_fetch (at);
