-- Where sources lead to that are read in two steps: the pages of a sitemap, the sitemaps of an index, the articles of a feed that holds
-- only their summaries. Data of the web, to be fetched by the fetcher's rules and nothing else. due_at is NULL where there is nothing to
-- fetch; is_backlog is 1 for what was listed when its list was read for the first time, which need not be news.
CREATE TABLE linked_address (
  source_id INTEGER NOT NULL REFERENCES source (id),
  address TEXT NOT NULL,
  leads_to TEXT NOT NULL CHECK (leads_to IN ('document', 'sitemap')),
  identity TEXT NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  author TEXT NOT NULL DEFAULT '',
  published TEXT NOT NULL DEFAULT '',
  listed_date TEXT NOT NULL DEFAULT '',
  is_backlog INTEGER NOT NULL CHECK (is_backlog IN (0, 1)),
  due_at INTEGER,
  fetched_at INTEGER,
  etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '',
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  last_error TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (source_id, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX linked_address_by_due ON linked_address (source_id, leads_to, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX linked_address_by_identity ON linked_address (source_id, identity);
