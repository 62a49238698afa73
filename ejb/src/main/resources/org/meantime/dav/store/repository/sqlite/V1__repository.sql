-- Content is stored once per SHA-256: up to 64 KiB here, more in a file named by the hash (bytes is null).
CREATE TABLE content (
  id     INTEGER NOT NULL PRIMARY KEY,
  sha256 VARCHAR(64) NOT NULL UNIQUE,
  length BIGINT NOT NULL,
  bytes  BLOB
);
-- The sum over this index is the room used.
CREATE INDEX content_length ON content (length);

-- The tree. A collection has no content. Names compare byte by byte.
CREATE TABLE resource (
  id               INTEGER NOT NULL PRIMARY KEY,
  parent           BIGINT REFERENCES resource (id),
  name             VARCHAR(255) NOT NULL,
  content          BIGINT REFERENCES content (id),
  length           BIGINT NOT NULL,
  entity_tag       VARCHAR(32) NOT NULL,
  content_type     TEXT NOT NULL,
  content_language TEXT NOT NULL,
  creator          TEXT NOT NULL,
  created          BIGINT NOT NULL,
  modified         BIGINT NOT NULL,
  properties       TEXT NOT NULL
);
CREATE UNIQUE INDEX resource_member ON resource (parent, name);
CREATE INDEX resource_content ON resource (content);

-- The root of what clients see, and two hidden ones: deleted trees on their way out, copies on their way in.
INSERT INTO resource
SELECT id, NULL, name, NULL, 0, '', '', '', '', now, now, ''
FROM (SELECT 1 AS id, '' AS name UNION SELECT 2, 'trash' UNION SELECT 3, 'staging'),
     (SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000 AS now);

-- Content that lost a reference and may have none left, in the order in which that happened.
CREATE TABLE orphan (
  id       INTEGER NOT NULL PRIMARY KEY,
  content  BIGINT NOT NULL,
  orphaned BIGINT NOT NULL
);
CREATE INDEX orphan_content ON orphan (content);

-- root is the encoded path with a slash at its end, so that what lies below it is one range.
CREATE TABLE active_lock (
  token     VARCHAR(255) NOT NULL PRIMARY KEY,
  root      TEXT NOT NULL,
  exclusive SMALLINT NOT NULL,
  deep      SMALLINT NOT NULL,
  owner     TEXT NOT NULL,
  principal TEXT NOT NULL,
  expires   BIGINT NOT NULL
);
CREATE INDEX active_lock_root ON active_lock (root);
CREATE INDEX active_lock_expires ON active_lock (expires);
