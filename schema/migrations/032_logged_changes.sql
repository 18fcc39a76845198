-- The changelog's line for an approved change: a change of the changelog's page. One line may stand for several changes of an entry on a day;
-- `gave_words` is 1 for the one that it quotes.
CREATE TABLE logged_change (
  change_id INTEGER PRIMARY KEY REFERENCES change (id),
  line_change_id INTEGER NOT NULL REFERENCES change (id),
  day TEXT NOT NULL CHECK (length(day) = 10),
  gave_words INTEGER NOT NULL CHECK (gave_words IN (0, 1))
) STRICT;
CREATE INDEX logged_change_by_line ON logged_change (line_change_id);
