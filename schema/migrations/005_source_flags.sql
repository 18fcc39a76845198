-- Flags on sources are looked up whenever a source answers.
CREATE INDEX flag_by_source ON flag (source_id) WHERE source_id IS NOT NULL;
