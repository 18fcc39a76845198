-- The change that a part was split off from. Of what was split before: the parts of a whole follow each other in its proposal, from the one that
-- took its place.
ALTER TABLE change ADD COLUMN part_of INTEGER REFERENCES change (id);
UPDATE change SET part_of = (
  SELECT whole.id FROM change AS whole JOIN change AS first ON first.id = whole.superseded_by
  WHERE whole.proposal_id = change.proposal_id AND first.proposal_id = change.proposal_id AND change.id >= first.id
  ORDER BY first.id DESC LIMIT 1);
CREATE INDEX change_by_whole ON change (part_of) WHERE part_of IS NOT NULL;
