-- Triggers of distributed tables run on each shard, where a query of a distributed table is refused ("cannot execute a
-- distributed query from a query on a shard"). The other triggers look at their own row only; this one sums the entries
-- of a posting, so it must read the shard that it fires on: entries are distributed as their posting is, so all of
-- them are in it.
--
-- Not a migration: on one PostgreSQL the name of the table stands in the function, and its plan is kept.
CREATE OR REPLACE FUNCTION clearing.entry_sums_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  unbalanced boolean;
BEGIN
  EXECUTE format(
    'SELECT EXISTS (SELECT FROM %I.%I WHERE owner_id = $1 AND posting_id = $2'
      ' GROUP BY currency HAVING sum(amount_minor) <> 0)',
    TG_TABLE_SCHEMA, TG_TABLE_NAME)
  INTO unbalanced USING NEW.owner_id, NEW.posting_id;
  IF unbalanced THEN
    RAISE EXCEPTION 'entries of posting % do not sum to zero', NEW.posting_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_sums_to_zero', TABLE = 'entry';
  END IF;
  RETURN NULL;
END $$;
