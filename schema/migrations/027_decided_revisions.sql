-- The revision that a decision made; NULL where it changed no text, and for decisions of before.
ALTER TABLE decision ADD COLUMN revision_id INTEGER REFERENCES revision (id);
-- An approval that changed no text has no revision of its own: the one that it named was another's, and undoing it took that one's text out.
UPDATE change SET applied_revision_id = NULL
WHERE state = 'approved' AND applied_revision_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM revision WHERE revision.id = applied_revision_id
    AND (note LIKE 'approved: change ' || change.id || ',%' OR note LIKE 'approved as edited: change ' || change.id || ',%'));
-- The revision with which a change became outdated: where a decision made it, the change may wait again once a decision is undone.
ALTER TABLE change ADD COLUMN outdated_by_revision_id INTEGER REFERENCES revision (id);
CREATE INDEX change_by_outdating ON change (outdated_by_revision_id) WHERE outdated_by_revision_id IS NOT NULL;
