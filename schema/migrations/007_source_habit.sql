-- What answers have taught about how often a source changes: a text of the crawler's (crawler/revisit/habit.h), of constant size, kept up
-- in the transaction that stores an answer. A source without one learns it from its fetches.
CREATE TABLE source_habit (
  source_id INTEGER PRIMARY KEY REFERENCES source (id),
  habit TEXT NOT NULL
) STRICT;

-- The price of a fetch in the last run that had a budget (crawler/revisit/fetch_price.h), in millionths of its unit, and what longest
-- intervals were stretched by, in thousandths.
CREATE TABLE fetch_price (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  price_millionths INTEGER NOT NULL CHECK (price_millionths >= 0),
  stretch_thousandths INTEGER NOT NULL CHECK (stretch_thousandths >= 1000),
  found_at INTEGER NOT NULL
) STRICT;

CREATE INDEX fetch_by_time ON fetch (at);
