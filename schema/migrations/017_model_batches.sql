-- Requests that an endpoint answers within a day at half the price. A batch is noted before anything of it is sent, so that a run that dies leaves
-- what the next one needs to find it: `label` goes with the submission, or stands in the names of its requests.
--   preparing   nothing was submitted
--   submitting  it may have been submitted: looked for at the endpoint
--   submitted   under its remote_id
--   over        all its items are settled
CREATE TABLE model_batch (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  protocol TEXT NOT NULL,
  base_url TEXT NOT NULL,
  model TEXT NOT NULL,
  label TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL DEFAULT 'preparing' CHECK (state IN ('preparing', 'submitting', 'submitted', 'over')),
  noted_at INTEGER NOT NULL,
  prepared TEXT NOT NULL DEFAULT '',
  remote_id TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX model_batch_open ON model_batch (id) WHERE state <> 'over';

-- One request of a batch, by its reserved call.
--   open      not settled yet
--   answered  settled; its answer waits to be drafted from
--   done      drafted from
--   failed    settled without an answer that can be used: its passages wait again
CREATE TABLE model_batch_item (
  call_id INTEGER PRIMARY KEY REFERENCES model_call (id),
  batch_id INTEGER NOT NULL REFERENCES model_batch (id),
  entry_id INTEGER NOT NULL REFERENCES entry (id),
  name TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'done', 'failed'))
) STRICT;
CREATE INDEX model_batch_item_by_batch ON model_batch_item (batch_id);
CREATE INDEX model_batch_item_answered ON model_batch_item (state) WHERE state = 'answered';

-- The passages that a request shows. While its item is open or answered, they wait for no other draft.
CREATE TABLE model_batch_passage (
  call_id INTEGER NOT NULL REFERENCES model_batch_item (call_id),
  passage_id INTEGER NOT NULL REFERENCES passage (id),
  entry_id INTEGER NOT NULL REFERENCES entry (id),
  PRIMARY KEY (call_id, passage_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX model_batch_passage_by_routing ON model_batch_passage (passage_id, entry_id);
