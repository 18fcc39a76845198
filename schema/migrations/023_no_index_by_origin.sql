-- No question is asked by the revision that a block came with; the index was written with every block of every revision.
DROP INDEX block_by_origin;
