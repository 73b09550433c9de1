-- Bindings are many: those of a channel, of a member, and by how the buyer's id begins.
CREATE INDEX current_bindings_channel ON current_records (split_part(key, '/', 1), key)
WHERE topic = 'distribution.bindings.v1';
CREATE INDEX current_bindings_member ON current_records ((body ->> 'memberId'), key)
WHERE topic = 'distribution.bindings.v1';
CREATE INDEX current_bindings_buyer ON current_records (substr(key, strpos(key, '/') + 1))
WHERE topic = 'distribution.bindings.v1';
