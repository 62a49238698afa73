-- How many locks a user has is counted before one more is granted.
CREATE INDEX active_lock_principal ON active_lock (principal, expires);
