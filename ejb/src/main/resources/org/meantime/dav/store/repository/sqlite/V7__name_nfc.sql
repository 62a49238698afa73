-- A name that is not in Unicode's form NFC has that form here, by which it is found in every other; null for the rest.
ALTER TABLE resource ADD COLUMN nfc TEXT;
UPDATE resource SET nfc = NULLIF(NFC(name), name) WHERE name GLOB '*[^ -~]*';
CREATE INDEX resource_nfc ON resource (parent, nfc, name) WHERE nfc IS NOT NULL;
