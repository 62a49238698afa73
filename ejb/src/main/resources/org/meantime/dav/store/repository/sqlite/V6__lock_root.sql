-- Paths have these two encoded from here on.
UPDATE active_lock SET root = REPLACE(REPLACE(root, ';', '%3B'), '+', '%2B');
