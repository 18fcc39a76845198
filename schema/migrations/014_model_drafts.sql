-- Where a model cannot draft for now (its budget is spent, its endpoint down), another drafter stands in for it. The passages keep waiting for the
-- model; what was proposed in its place is superseded by what it proposes.
ALTER TABLE routing ADD COLUMN stand_in_run_id INTEGER REFERENCES run (id);
ALTER TABLE proposal ADD COLUMN is_stand_in INTEGER NOT NULL DEFAULT 0 CHECK (is_stand_in IN (0, 1));

-- What was refused, or could not be used, is kept as well: it is not asked again.
ALTER TABLE model_answer ADD COLUMN verdict TEXT NOT NULL DEFAULT 'answered' CHECK (verdict IN ('answered', 'refused', 'unusable', 'too_long'));
