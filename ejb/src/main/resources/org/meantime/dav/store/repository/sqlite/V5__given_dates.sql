-- Which of its dates a client gave: 1 when it was created, 2 when it was modified, 3 both. The rest are the server's own.
ALTER TABLE resource ADD COLUMN given SMALLINT NOT NULL DEFAULT 0;
