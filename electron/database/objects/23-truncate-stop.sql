-- Always empty. While commissioning is off, a foreign key from here to the controller table makes TRUNCATE TABLE (4712),
-- DROP TABLE (3726) and ALTER TABLE SWITCH fail for everyone, sysadmin included: none of them fires a trigger.
CREATE TABLE mortise.truncate_stop
(
    controller_key $(KeyType) NULL
);
