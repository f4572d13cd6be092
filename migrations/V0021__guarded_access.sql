-- A key that a second person approved has no secret until whoever asked for it collects it, once, within days.
ALTER TABLE app.api_keys ALTER COLUMN token_hash DROP NOT NULL;

ALTER TABLE app.api_keys ADD COLUMN collect_until timestamptz;

ALTER TABLE app.api_keys ADD CONSTRAINT api_keys_collect_check CHECK (token_hash IS NOT NULL OR collect_until IS NOT NULL);
