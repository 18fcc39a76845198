-- The bytes that a file had when an export, an import or a decision noted it, where they are no revision's own: as a rendering made them, or as a
-- person had edited them before a merge. Put back by git, or on a copy, they are known for what they are. Append-only; the triggers keep it.
CREATE TABLE exported_text (
  entry_id INTEGER NOT NULL REFERENCES entry (id),
  body_sha256 TEXT NOT NULL REFERENCES body (sha256),
  revision_id INTEGER NOT NULL REFERENCES revision (id),
  PRIMARY KEY (entry_id, body_sha256, revision_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER exported_text_never_changes BEFORE UPDATE ON exported_text
BEGIN SELECT RAISE(ABORT, 'an exported text never changes'); END;
CREATE TRIGGER exported_text_is_never_deleted BEFORE DELETE ON exported_text
BEGIN SELECT RAISE(ABORT, 'an exported text is never deleted'); END;

INSERT INTO exported_text (entry_id, body_sha256, revision_id)
SELECT DISTINCT export_file.entry_id, export_file.body_sha256, export_file.revision_id
FROM export_file JOIN revision ON revision.id = export_file.revision_id WHERE revision.body_sha256 <> export_file.body_sha256;

CREATE TRIGGER new_export_is_remembered AFTER INSERT ON export_file
BEGIN
  INSERT INTO exported_text (entry_id, body_sha256, revision_id) SELECT NEW.entry_id, NEW.body_sha256, revision.id FROM revision
  WHERE revision.id = NEW.revision_id AND revision.body_sha256 <> NEW.body_sha256 AND NOT EXISTS (SELECT 1 FROM exported_text
    WHERE entry_id = NEW.entry_id AND body_sha256 = NEW.body_sha256 AND revision_id = NEW.revision_id);
END;
CREATE TRIGGER export_is_remembered AFTER UPDATE ON export_file
BEGIN
  INSERT INTO exported_text (entry_id, body_sha256, revision_id) SELECT NEW.entry_id, NEW.body_sha256, revision.id FROM revision
  WHERE revision.id = NEW.revision_id AND revision.body_sha256 <> NEW.body_sha256 AND NOT EXISTS (SELECT 1 FROM exported_text
    WHERE entry_id = NEW.entry_id AND body_sha256 = NEW.body_sha256 AND revision_id = NEW.revision_id);
END;
