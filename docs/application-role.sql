-- The role that web, worker and beat use, and what it may do. Run by the owner, after every migration:
--   APP_PASSWORD=... psql --no-psqlrc --set ON_ERROR_STOP=1 --file docs/application-role.sql OWNERS_URL
-- It may run any number of times. The owner's role is for migrations alone.

\getenv app_password APP_PASSWORD
BEGIN;

SELECT 'CREATE ROLE compact_cases_app'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'compact_cases_app') \gexec
ALTER ROLE compact_cases_app LOGIN PASSWORD :'app_password';

-- First everything that was ever given to it is taken back, also on single columns.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM compact_cases_app;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM compact_cases_app;
REVOKE ALL ON SCHEMA public FROM compact_cases_app;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO compact_cases_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO compact_cases_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO compact_cases_app;

-- What is never changed: the log of cases and the heads that prove it. A trigger says so too, but an owner
-- could drop a trigger; this role owns nothing.
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON case_events, heads, head_entries FROM compact_cases_app;
-- What was forgotten on purpose stays known as forgotten.
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON erasures FROM compact_cases_app;
-- Cases are pinned to editions: one is added, and the choice which is in force, but none is ever changed.
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER
    ON code_editions, clauses, procedure_editions, calendar_editions, code_choices, procedure_choices, compact_editions
    FROM compact_cases_app;
-- That a letter went: a trigger refuses its change, only those of no case are forgotten, by a function that runs
-- as the owner. Its text and address may be taken out, and not be rewritten.
REVOKE DELETE ON letters FROM compact_cases_app;
REVOKE UPDATE ON letter_texts FROM compact_cases_app;
GRANT EXECUTE ON FUNCTION forget_letters(uuid[]) TO compact_cases_app;
-- The schema's version is the owner's to say.
REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM compact_cases_app;

COMMIT;
