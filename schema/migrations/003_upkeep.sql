-- Entries and section pages that stubkeeper made, from the approval on that published them: other pages are to mention them.
CREATE TABLE new_entry (
  entry_id INTEGER PRIMARY KEY REFERENCES entry (id),
  run_id INTEGER NOT NULL REFERENCES run (id),
  published_at INTEGER NOT NULL
) STRICT;

-- Where a new entry has been proposed for mention, once for all: what a person turned down or took out again is not proposed a second
-- time. change_id is NULL where the knowledge base had no such page.
CREATE TABLE upkeep (
  entry_id INTEGER NOT NULL REFERENCES new_entry (entry_id),
  page TEXT NOT NULL CHECK (page IN ('changelog', 'topics', 'companies')),
  change_id INTEGER REFERENCES change (id),
  PRIMARY KEY (entry_id, page)
) STRICT;
