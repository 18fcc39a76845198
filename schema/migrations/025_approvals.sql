-- Which change an approval brought into which revision, also of one that was taken back since: what goes with a change (its sources, the page's
-- dates) stays in the entry then, and is told as what it is. Append-only, as decisions are.
CREATE TABLE approval (
  revision_id INTEGER NOT NULL REFERENCES revision (id),
  change_id INTEGER NOT NULL REFERENCES change (id),
  PRIMARY KEY (revision_id, change_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER approval_never_changes BEFORE UPDATE ON approval
BEGIN SELECT RAISE(ABORT, 'an approval never changes'); END;
CREATE TRIGGER approval_is_never_deleted BEFORE DELETE ON approval
BEGIN SELECT RAISE(ABORT, 'an approval is never deleted'); END;

INSERT INTO approval (revision_id, change_id) SELECT applied_revision_id, id FROM change WHERE applied_revision_id IS NOT NULL;
-- Of those that were taken back before there was this table, the revision has the decision's time, and the change's number in its note.
INSERT OR IGNORE INTO approval (revision_id, change_id)
SELECT revision.id, change.id
FROM decision JOIN change ON change.id = decision.change_id JOIN proposal ON proposal.id = change.proposal_id
JOIN revision ON revision.entry_id = proposal.entry_id AND revision.created_at = decision.decided_at
WHERE decision.verdict IN ('approve', 'edit')
  AND (revision.note LIKE 'approved: change ' || change.id || ',%' OR revision.note LIKE 'approved as edited: change ' || change.id || ',%');
