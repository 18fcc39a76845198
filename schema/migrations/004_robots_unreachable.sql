-- Since when an origin's robots.txt cannot be reached (RFC 9309 §2.3.1.4); what was answered before stays in the row.
ALTER TABLE robots ADD COLUMN unreachable_since INTEGER;
