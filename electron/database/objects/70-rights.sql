-- What the agent and Mortise's own run login may do here; no more.
GRANT ALTER ON OBJECT::mortise.truncate_stop TO mortise_agent;
GRANT REFERENCES ON OBJECT::$(ControllerTable) TO mortise_agent;
GRANT SELECT ON SCHEMA::mortise TO $(RunUser);
GRANT EXECUTE ON SCHEMA::mortise TO $(RunUser);
