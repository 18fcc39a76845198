-- The host of a document's address, in lower case and without its port; '' for what is on no host.
ALTER TABLE document ADD COLUMN host TEXT NOT NULL DEFAULT '';
UPDATE document SET host = lower(substr(address, instr(address, '://') + 3))
  WHERE lower(substr(address, 1, 7)) = 'http://' OR lower(substr(address, 1, 8)) = 'https://';
UPDATE document SET host = substr(host, 1, instr(host || '/', '/') - 1);
UPDATE document SET host = substr(host, 1, instr(host || '?', '?') - 1);
UPDATE document SET host = substr(host, 1, instr(host || '#', '#') - 1);
UPDATE document SET host = substr(host, instr(host, '@') + 1);
UPDATE document SET host = substr(host, 1, instr(host || ':', ':') - 1) WHERE host NOT LIKE '[%';
UPDATE document SET host = substr(host, 1, instr(host, ']')) WHERE host LIKE '[%]%';
CREATE INDEX document_by_address ON document (address);

-- On how many pages (addresses) of a host a passage ever stood, by its likeness: what stands on many is no news on any.
CREATE TABLE host_passage (
  host TEXT NOT NULL,
  likeness_sha256 TEXT NOT NULL,
  pages INTEGER NOT NULL CHECK (pages >= 1),
  PRIMARY KEY (host, likeness_sha256)
) STRICT, WITHOUT ROWID;
INSERT INTO host_passage (host, likeness_sha256, pages)
  SELECT document.host, passage.likeness_sha256, count(DISTINCT document.address)
  FROM passage JOIN snapshot ON snapshot.id = passage.snapshot_id JOIN document ON document.id = snapshot.document_id
  WHERE document.host <> '' GROUP BY document.host, passage.likeness_sha256;
