-- A dead letter whose message is gone: nobody can retry it any more, its reason stays.
ALTER TABLE dead_letters DROP CONSTRAINT dead_letters_state_check;
ALTER TABLE dead_letters ADD CONSTRAINT dead_letters_state_check
    CHECK (state IN ('dead', 'retry', 'revived', 'discarded', 'expired'));

-- Drops day partitions older than so many days; a day of the outbox only when all of it has left.
CREATE OR REPLACE FUNCTION drop_partitions(keep_days integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    partition_name text;
    dropped integer := 0;
BEGIN
    FOR partition_name IN
        SELECT child.relname FROM pg_inherits
        JOIN pg_class AS child ON child.oid = inhrelid
        WHERE inhparent IN ('inbox'::regclass, 'outbox'::regclass)
          AND child.relname ~ '^(inbox|outbox)_[0-9]{8}$'
          AND to_date(right(child.relname, 8), 'YYYYMMDD') < current_date - keep_days
          AND NOT (inhparent = 'outbox'::regclass AND EXISTS (
              SELECT FROM outbox_unsent WHERE day = to_date(right(child.relname, 8), 'YYYYMMDD')))
    LOOP
        EXECUTE format('DROP TABLE %I', partition_name);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END $$;
