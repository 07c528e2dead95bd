-- What a rotation must know of a login before it touches it.
SET NOCOUNT ON;
SELECT
    l.name, l.is_disabled, l.is_policy_checked, l.is_expiration_checked,
    CONVERT(int, LOGINPROPERTY(l.name, N'IsLocked')) AS is_locked,
    CONVERT(int, LOGINPROPERTY(l.name, N'IsMustChange')) AS is_must_change,
    CONVERT(int, LOGINPROPERTY(l.name, N'IsExpired')) AS is_expired,
    CONVERT(int, LOGINPROPERTY(l.name, N'BadPasswordCount')) AS bad_passwords,
    CONVERT(datetime2(3), LOGINPROPERTY(l.name, N'PasswordLastSetTime')) AS password_set_at
FROM sys.sql_logins AS l
WHERE l.name = @login;
