-- The controllers bound to this server when commissioning was switched off. The digest finds corruption, not malice:
-- who can edit the row can edit the digest.
CREATE TABLE mortise.controller_register
(
    $(IdentityColumnTypes),
    bound_at datetime2(3) NOT NULL,
    digest varbinary(32) NOT NULL,
    CONSTRAINT PK_controller_register PRIMARY KEY ($(KeyColumn))
);
