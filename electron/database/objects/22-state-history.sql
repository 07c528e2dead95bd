-- Everything that was decided about commissioning mode: what, by whom and why.
CREATE TABLE mortise.state_history
(
    entry int IDENTITY(1, 1) NOT NULL CONSTRAINT PK_state_history PRIMARY KEY,
    changed_at datetime2(3) NOT NULL,
    changed_by nvarchar(256) NOT NULL,
    sql_login nvarchar(128) NOT NULL,
    event nvarchar(20) NOT NULL,
    reason nvarchar(400) NOT NULL,
    until datetime2(3) NULL,
    controllers int NOT NULL
);
