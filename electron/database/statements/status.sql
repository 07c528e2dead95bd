-- The whole site in one round trip, in named result sets. Reads only; takes no lock on the controller table that a
-- heartbeat would notice.
SET NOCOUNT ON;
SET LOCK_TIMEOUT 5000;

-- 1 server
SELECT
    CONVERT(nvarchar(128), SERVERPROPERTY(N'MachineName')) AS machine,
    CONVERT(nvarchar(128), SERVERPROPERTY(N'ServerName')) AS instance,
    CONVERT(nvarchar(128), SERVERPROPERTY(N'ProductVersion')) AS version,
    CONVERT(nvarchar(128), SERVERPROPERTY(N'Edition')) AS edition,
    SYSUTCDATETIME() AS server_time,
    DB_NAME() AS database_name,
    d.user_access_desc AS access_mode,
    (SELECT SUM(CONVERT(bigint, f.size)) FROM sys.database_files AS f) AS size_pages,
    (SELECT MAX(b.backup_finish_date) FROM msdb.dbo.backupset AS b WHERE b.database_name = DB_NAME()) AS last_backup,
    ORIGINAL_LOGIN() AS login_name,
    c.encrypt_option,
    c.net_transport,
    r.recovery_fork_guid AS recovery_fork
FROM sys.databases AS d
LEFT JOIN sys.dm_exec_connections AS c ON c.session_id = @@SPID
LEFT JOIN sys.database_recovery_status AS r ON r.database_id = d.database_id
WHERE d.database_id = DB_ID();

-- 2 listeners
SELECT l.ip_address, l.port, l.type_desc, l.state_desc
FROM sys.dm_tcp_listener_states AS l;

-- 3 sessions, grouped by what they say of themselves
SELECT
    s.login_name, s.program_name, s.host_name, c.client_net_address, c.local_net_address, c.net_transport, COUNT(*) AS sessions
FROM sys.dm_exec_sessions AS s
INNER JOIN sys.dm_exec_connections AS c ON c.session_id = s.session_id
WHERE s.is_user_process = 1
GROUP BY s.login_name, s.program_name, s.host_name, c.client_net_address, c.local_net_address, c.net_transport;

-- 4 logins
SELECT
    l.name, l.is_disabled, l.is_policy_checked,
    CONVERT(int, LOGINPROPERTY(l.name, N'IsLocked')) AS is_locked,
    CONVERT(int, LOGINPROPERTY(l.name, N'BadPasswordCount')) AS bad_passwords,
    CONVERT(datetime2(3), LOGINPROPERTY(l.name, N'PasswordLastSetTime')) AS password_set_at
FROM sys.sql_logins AS l
WHERE l.name NOT LIKE N'##%';

-- 5 what is in place of Mortise's objects
DECLARE @prepared bit = CASE
    WHEN OBJECT_ID(N'mortise.site_state', N'U') IS NOT NULL AND OBJECT_ID(N'mortise.controller_register', N'U') IS NOT NULL
        AND OBJECT_ID(N'mortise.state_history', N'U') IS NOT NULL AND OBJECT_ID(N'mortise.truncate_stop', N'U') IS NOT NULL
        AND OBJECT_ID(N'mortise.effective_state', N'IF') IS NOT NULL THEN 1
    ELSE 0
END;
SELECT
    @prepared AS prepared,
    (SELECT COUNT(*) FROM sys.foreign_keys AS f
        WHERE f.object_id = OBJECT_ID(N'mortise.FK_truncate_stop', N'F') AND f.is_disabled = 0 AND f.is_not_trusted = 0
            AND f.parent_object_id = OBJECT_ID(N'mortise.truncate_stop', N'U')
            AND f.referenced_object_id = OBJECT_ID($(ControllerTableText))) AS truncate_stop,
    CASE WHEN SCHEMA_ID(N'mortise') IS NULL THEN 0 ELSE 1 END AS own_schema,
    CASE WHEN USER_ID(N'mortise_agent') IS NULL THEN 0 ELSE 1 END AS own_agent,
    (SELECT CONVERT(int, o.value_in_use) FROM sys.configurations AS o WHERE o.name = N'nested triggers') AS nested_triggers,
    HAS_PERMS_BY_NAME(N'mortise', N'SCHEMA', N'EXECUTE') AS may_switch,
    HAS_PERMS_BY_NAME($(ControllerTableText), N'OBJECT', N'ALTER') AS may_alter_table,
    HAS_PERMS_BY_NAME(N'mortise.site_state', N'OBJECT', N'UPDATE') AS may_write_state,
    IS_SRVROLEMEMBER(N'sysadmin') AS is_sysadmin;

-- 6 every trigger of the controller table as it stands; first: how many of its actions it is the first for
SELECT
    t.name, t.is_disabled, t.is_instead_of_trigger, HASHBYTES(N'SHA2_256', OBJECT_DEFINITION(t.object_id)) AS definition_hash,
    (SELECT COUNT(*) FROM sys.trigger_events AS v WHERE v.object_id = t.object_id) AS actions,
    (SELECT COUNT(*) FROM sys.trigger_events AS v WHERE v.object_id = t.object_id AND v.is_first = 1) AS first_of
FROM sys.triggers AS t
WHERE t.parent_id = OBJECT_ID($(ControllerTableText));

-- 7 the objects of the schema mortise
SELECT
    o.name, o.type, HASHBYTES(N'SHA2_256', OBJECT_DEFINITION(o.object_id)) AS definition_hash,
    OBJECTPROPERTY(o.object_id, N'ExecIsTriggerDisabled') AS is_disabled
FROM sys.objects AS o
WHERE o.schema_id = SCHEMA_ID(N'mortise') AND o.type IN (N'U', N'P', N'IF', N'TR');

-- 8 the state (of the function only its decision, so that an altered one is still told from a missing one) and the last decision in the history, which must say the same; 9 the register, and how many of its rows do
-- not fit their own digest. Empty result sets where the site is not prepared
IF @prepared = 1
BEGIN
    SELECT
        e.state, s.changed_at, s.changed_by, s.reason, s.open_until, s.locked_until, s.server_name, s.recovery_fork,
        s.other_triggers, s.row_version, s.commissioning, d.event AS decided, d.until AS decided_until
    FROM mortise.effective_state() AS e
    CROSS JOIN mortise.site_state AS s WITH (READCOMMITTEDLOCK)
    LEFT JOIN mortise.state_history AS d WITH (READCOMMITTEDLOCK)
        ON d.entry = (SELECT MAX(h.entry) FROM mortise.state_history AS h WHERE h.event IN (N'off', N'on', N'rehearse'));
    SELECT
        COUNT(*) AS registered,
        SUM(CASE WHEN m.digest = HASHBYTES(N'SHA2_256', CONCAT($(IdentityTextOfM))) THEN 0 ELSE 1 END) AS damaged
    FROM mortise.controller_register AS m;
END
ELSE
BEGIN
    SELECT N'not-prepared' AS state WHERE 1 = 0;
    SELECT 0 AS registered, 0 AS damaged;
END;

-- 10 counts over all controllers, 11 the ones to list
IF @prepared = 1
BEGIN
    SELECT
        COUNT(*) AS total,
        SUM(CASE WHEN r.$(KeyColumn) IS NOT NULL AND r.digest = HASHBYTES(N'SHA2_256', CONCAT($(IdentityTextOfC))) THEN 1 ELSE 0 END) AS bound,
        SUM(CASE WHEN r.$(KeyColumn) IS NOT NULL AND r.digest <> HASHBYTES(N'SHA2_256', CONCAT($(IdentityTextOfC))) THEN 1 ELSE 0 END) AS changed,
        SUM(CASE WHEN $(LastSeenOfC) < @asleep_before OR $(LastSeenOfC) IS NULL THEN 1 ELSE 0 END) AS asleep,
        SUM(CASE WHEN $(ModelOfC) IN ($(UnsupportedModels)) THEN 1 ELSE 0 END) AS unsupported,
        (SELECT COUNT(*) FROM mortise.controller_register AS m
            WHERE NOT EXISTS (SELECT 1 FROM $(ControllerTable) AS x WHERE x.$(KeyColumn) = m.$(KeyColumn))) AS missing
    FROM $(ControllerTable) AS c
    LEFT JOIN mortise.controller_register AS r ON r.$(KeyColumn) = c.$(KeyColumn);
    SELECT TOP (@most) q.controller_key, q.serial, q.name, q.address, q.model, q.last_seen, q.state
    FROM (
        SELECT
            CONVERT(nvarchar(100), c.$(KeyColumn)) AS controller_key, c.$(KeyColumn) AS sort_key,
            $(SerialOfC) AS serial, $(NameOfC) AS name, $(AddressOfC) AS address, $(ModelOfC) AS model,
            $(LastSeenOfC) AS last_seen,
            CASE
                WHEN r.$(KeyColumn) IS NULL THEN N'new'
                WHEN r.digest = HASHBYTES(N'SHA2_256', CONCAT($(IdentityTextOfC))) THEN N'bound'
                ELSE N'changed'
            END AS state,
            CASE
                WHEN r.$(KeyColumn) IS NULL OR r.digest <> HASHBYTES(N'SHA2_256', CONCAT($(IdentityTextOfC))) THEN 0
                WHEN $(LastSeenOfC) < @asleep_before OR $(LastSeenOfC) IS NULL OR $(ModelOfC) IN ($(UnsupportedModels)) THEN 1
                ELSE 2
            END AS attention
        FROM $(ControllerTable) AS c
        LEFT JOIN mortise.controller_register AS r ON r.$(KeyColumn) = c.$(KeyColumn)
        UNION ALL
        SELECT
            CONVERT(nvarchar(100), m.$(KeyColumn)), m.$(KeyColumn), CONVERT(nvarchar(100), m.$(SerialColumn)), N'', N'', N'', CONVERT(datetime2(3), NULL), N'missing', 0
        FROM mortise.controller_register AS m
        WHERE NOT EXISTS (SELECT 1 FROM $(ControllerTable) AS x WHERE x.$(KeyColumn) = m.$(KeyColumn))
    ) AS q
    ORDER BY q.attention, q.sort_key;
END
ELSE
BEGIN
    SELECT
        COUNT(*) AS total, 0 AS bound, 0 AS changed,
        SUM(CASE WHEN $(LastSeenOfC) < @asleep_before OR $(LastSeenOfC) IS NULL THEN 1 ELSE 0 END) AS asleep,
        SUM(CASE WHEN $(ModelOfC) IN ($(UnsupportedModels)) THEN 1 ELSE 0 END) AS unsupported,
        0 AS missing
    FROM $(ControllerTable) AS c;
    SELECT TOP (@most)
        CONVERT(nvarchar(100), c.$(KeyColumn)) AS controller_key, $(SerialOfC) AS serial, $(NameOfC) AS name,
        $(AddressOfC) AS address, $(ModelOfC) AS model, $(LastSeenOfC) AS last_seen, N'unregistered' AS state
    FROM $(ControllerTable) AS c
    ORDER BY CASE WHEN $(LastSeenOfC) < @asleep_before OR $(LastSeenOfC) IS NULL OR $(ModelOfC) IN ($(UnsupportedModels)) THEN 1 ELSE 2 END, c.$(KeyColumn);
END;
