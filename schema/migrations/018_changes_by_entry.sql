-- Without statistics SQLite takes `state = 'waiting'` for a condition that few changes meet, and looks for one entry's changes among all that wait. One
-- approval did that several times. This says what is true of a knowledge base in use: of five states, each may hold very many. ANALYZE would
-- tell it too, but of what a store holds on one day, which for a new one is nothing.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('change', 'change_by_state', '100000 20000');
ANALYZE sqlite_schema;
