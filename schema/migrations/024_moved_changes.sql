-- For an edit: the part of the entry that the person put the change into, by its heading; "" where it was proposed for.
ALTER TABLE decision ADD COLUMN moved_to TEXT NOT NULL DEFAULT '';
