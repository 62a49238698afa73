-- The one row says which repository this is; the contents and the journal beside it say the same.
CREATE TABLE repository (
  id VARCHAR(36) NOT NULL PRIMARY KEY
);
