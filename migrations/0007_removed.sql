-- What was removed stays for as long as it can be undone; then it is found here and taken out of the file.
CREATE INDEX entries_removed ON entries (removed_at) WHERE removed_at > 0;
