-- What an unchanged source leaves behind does not grow with the number of looks. Answers "not modified" in a row are one row of `fetch`:
-- `looks` of them from `first_at` (NULL: there was one) to `at`, of which the last was in `run_id`. While such a stretch lasts it stands in its
-- source, and becomes a row when another answer or a failure ends it.
ALTER TABLE fetch ADD COLUMN looks INTEGER NOT NULL DEFAULT 1 CHECK (looks >= 1);
ALTER TABLE fetch ADD COLUMN first_at INTEGER;
ALTER TABLE source ADD COLUMN quiet_looks INTEGER NOT NULL DEFAULT 0 CHECK (quiet_looks >= 0);
ALTER TABLE source ADD COLUMN quiet_since INTEGER;
ALTER TABLE source ADD COLUMN quiet_until INTEGER;
ALTER TABLE source ADD COLUMN quiet_run_id INTEGER REFERENCES run (id);

-- How many fetches of sources a run made in a minute (since 1970), the last of them at `last_at`, and how many of them were answered in HTTP,
-- whatever the answer was: for the budget of fetches, and to know whether our own network works.
CREATE TABLE fetch_count (
  run_id INTEGER NOT NULL REFERENCES run (id),
  minute INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  fetches INTEGER NOT NULL CHECK (fetches >= 0),
  answers INTEGER NOT NULL CHECK (answers >= 0),
  PRIMARY KEY (run_id, minute)
) STRICT, WITHOUT ROWID;
CREATE INDEX fetch_count_by_time ON fetch_count (last_at);
INSERT INTO fetch_count SELECT run_id, at / 60000, max(at), count(*), sum(http_status IS NOT NULL) FROM fetch GROUP BY 1, 2;
DROP INDEX fetch_by_time;

-- What was recorded look by look becomes stretches, each in the place of its last look.
CREATE TABLE quiet_look AS
  SELECT id, at, max(id) OVER (PARTITION BY source_id, stretch) AS last_id FROM (
    SELECT id, source_id, at, outcome,
      row_number() OVER (PARTITION BY source_id ORDER BY at, id) -
      row_number() OVER (PARTITION BY source_id, outcome ORDER BY at, id) AS stretch
    FROM fetch)
  WHERE outcome = 'not_modified';
UPDATE fetch SET looks = stretch.looks, first_at = stretch.first_at, at = stretch.last_at
  FROM (SELECT last_id, count(*) AS looks, min(at) AS first_at, max(at) AS last_at FROM quiet_look GROUP BY last_id HAVING count(*) > 1) AS stretch
  WHERE fetch.id = stretch.last_id;
DELETE FROM fetch WHERE id IN (SELECT id FROM quiet_look WHERE id <> last_id);
DROP TABLE quiet_look;

-- When the whole file was last found sound before a run, and which file that was (kb/soundness.h).
CREATE TABLE soundness (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  checked_at INTEGER NOT NULL,
  device INTEGER NOT NULL,
  inode INTEGER NOT NULL
) STRICT;
