-- Kinds of source are a table of the program (cron/kinds): the store keeps their names and no list of its own, so that a new kind needs no
-- migration.
ALTER TABLE source ADD COLUMN kind_name TEXT NOT NULL DEFAULT 'page' CHECK (kind_name <> '');
UPDATE source SET kind_name = kind;
ALTER TABLE source DROP COLUMN kind;
ALTER TABLE source RENAME COLUMN kind_name TO kind;
