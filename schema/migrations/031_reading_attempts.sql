-- Documents whose reading has begun and not come to an end: with a run that died of one of them, or beside it. The next run reads such a document
-- last, alone and with tighter limits; after three attempts it rests until `rests_until`. What ends in order, well or badly, takes its row away.
CREATE TABLE reading_attempt (
  address TEXT PRIMARY KEY,
  attempts INTEGER NOT NULL CHECK (attempts > 0),
  begun_at INTEGER NOT NULL,
  rests_until INTEGER
) STRICT, WITHOUT ROWID;

-- A hash of what waits for a decision, by which a text that changed in the file is found. The function is the program's; '' is not hashed yet.
ALTER TABLE change ADD COLUMN content_sha256 TEXT NOT NULL DEFAULT '';
UPDATE change SET content_sha256 = change_sha256(edit_json, old_text, new_text);
