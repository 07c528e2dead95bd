-- One row: what was decided. What holds now is decided by mortise.effective_state alone.
-- open_until: an opening that ends by itself. locked_until: a rehearsal of the lock that ends by itself.
-- other_triggers: a digest of what else acted on the controller table when it was locked.
-- upgrade_since: the guard is taken down for the vendor's upgrade.
CREATE TABLE mortise.site_state
(
    only_row tinyint NOT NULL
        CONSTRAINT PK_site_state PRIMARY KEY
        CONSTRAINT CK_site_state_only_row CHECK (only_row = 1),
    commissioning bit NOT NULL,
    changed_at datetime2(3) NOT NULL,
    changed_by nvarchar(256) NOT NULL,
    reason nvarchar(400) NOT NULL,
    open_until datetime2(3) NULL,
    locked_until datetime2(3) NULL,
    upgrade_since datetime2(3) NULL,
    server_name nvarchar(128) NOT NULL,
    recovery_fork uniqueidentifier NULL,
    other_triggers varbinary(32) NULL,
    row_version rowversion NOT NULL
);
