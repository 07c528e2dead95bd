-- A user that nobody can log in as. The two procedures run as it, because adding and dropping a foreign key is checked
-- against rights and not covered by ownership chaining. (EXECUTE AS OWNER would fail with 15517 on a restored database
-- whose owner is unknown.)
CREATE USER mortise_agent WITHOUT LOGIN;
