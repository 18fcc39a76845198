-- Indexes that are written with every answer and that no question is asked of: a run reads all sources anyway, and fetches are looked up by
-- source and by time.
DROP INDEX source_by_due;
DROP INDEX fetch_by_run;
