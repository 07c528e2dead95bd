"""Runs cases against a training server with pytds and prints one line a case: "ok NAME" or "FAIL NAME: why".

Reads one JSON object: host, port, database, the certificate authority's file (null for a connection without TLS), whether
TLS covers the login only, and the logins with their passwords. A fault of the wire makes a client wait for ever, so every
connection has time limits.
"""

import datetime
import decimal
import json
import sys
import uuid

import pytds

site = json.load(sys.stdin)


def connect(login, password=None, cafile=site["cafile"], autocommit=True):
    return pytds.connect(
        dsn=site["host"],
        port=site["port"],
        database=site["database"],
        user=login,
        password=password or site["passwords"][login],
        cafile=cafile,
        enc_login_only=site["loginOnly"],
        autocommit=autocommit,
        timeout=8,
        login_timeout=8,
        disable_connect_retry=True,
        appname="pytds peer",
    )


def equal(expected, actual, what):
    if expected != actual or type(expected) is not type(actual):
        raise AssertionError(f"{what}: expected {expected!r}, was {actual!r}")


def refused(work):
    try:
        work()
    except pytds.DatabaseError as error:
        return error
    raise AssertionError("an error was expected and none came")


def one(cursor, text, parameters=()):
    cursor.execute(text, parameters)
    row = cursor.fetchone()
    cursor.fetchall()
    return row


def logs_in():
    with connect("acs_service") as connection, connection.cursor() as cursor:
        equal(("Acs", "acs_service"), one(cursor, "SELECT DB_NAME(), ORIGINAL_LOGIN()"), "place and person")
        encrypted = "FALSE" if site["cafile"] is None or site["loginOnly"] else "TRUE"
        option = "SELECT c.encrypt_option FROM sys.dm_exec_connections AS c WHERE c.session_id = @@SPID"
        with connect("site_admin") as admin, admin.cursor() as other:
            equal((encrypted,), one(other, option), "encryption as the server tells it")


def wrong_password():
    error = refused(lambda: connect("acs_service", password="wrong"))
    equal(18456, error.number, "number")
    equal(14, error.severity, "severity")


def values():
    with connect("acs_service") as connection, connection.cursor() as cursor:
        row = one(
            cursor,
            "SELECT CAST(-7 AS int), CAST(9007199254740993 AS bigint), CAST(1 AS bit), N'Größe ✓ \U0001f511', "
            "CAST(-1234.500 AS decimal(10, 3)), CAST('2026-11-21T13:14:15.678' AS datetime2(3)), CAST('2026-11-21' AS date), "
            "CAST('6F9619FF-8B86-D011-B42D-00C04FC964FF' AS uniqueidentifier), 0xDEADBEEF, CAST(0.5 AS float), NULL, "
            "CAST(REPLICATE(CAST('x' AS varchar(max)), 9000) AS varchar(max)), CAST(N'ab' AS nchar(4)), ''",
        )
        equal(
            (
                -7,
                9007199254740993,
                True,
                "Größe ✓ \U0001f511",
                decimal.Decimal("-1234.500"),
                datetime.datetime(2026, 11, 21, 13, 14, 15, 678000),
                datetime.date(2026, 11, 21),
                uuid.UUID("6F9619FF-8B86-D011-B42D-00C04FC964FF"),
                b"\xde\xad\xbe\xef",
                0.5,
                None,
                "x" * 9000,
                "ab  ",
                "",
            ),
            row,
            "row",
        )


def parameters():
    given = (
        -5,
        2**40,
        "O'Brien'; DROP TABLE dbo.Controllers --",
        None,
        decimal.Decimal("12.340"),
        datetime.datetime(2026, 11, 21, 13, 14, 15, 678000),
        pytds.Binary(b"\x00\x01"),
        "ключ 鍵 \U0001f511" * 2000,
    )
    with connect("acs_service") as connection, connection.cursor() as cursor:
        names = ", ".join(["%s"] * len(given))
        row = one(cursor, f"SELECT {names}", given)
        for index, (sent, came) in enumerate(zip(given, row)):
            equal(bytes(sent) if isinstance(sent, pytds.Binary) else sent, came, f"parameter {index}")
        equal((1,), one(cursor, "SELECT COUNT(*) FROM dbo.Controllers WHERE ControllerId = %s", (1,)), "a row by its key")


def several_results():
    with connect("acs_service") as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1 AS a; SELECT N'two' AS b; SELECT ControllerId FROM dbo.Controllers")
        equal([(1,)], cursor.fetchall(), "first")
        equal(True, cursor.nextset(), "a second")
        equal([("two",)], cursor.fetchall(), "second")
        equal(True, cursor.nextset(), "a third")
        equal(24, len(cursor.fetchall()), "third")


def an_error_and_on():
    with connect("acs_service") as connection, connection.cursor() as cursor:
        error = refused(lambda: cursor.execute("SELECT * FROM dbo.Nothing"))
        equal(208, error.number, "number")
        equal("Invalid object name 'dbo.Nothing'.", error.text, "text")
        equal((1,), one(cursor, "SELECT 1"), "answer afterwards")


def the_guard():
    insert = "INSERT dbo.Controllers (ControllerId, SerialNumber, Name, Address, Model) VALUES (%s, N'S', N'n', N'a', N'm')"
    beat = "UPDATE dbo.Controllers SET LastSeenUtc = SYSUTCDATETIME() WHERE ControllerId = 1"
    with connect("acs_service", autocommit=False) as connection, connection.cursor() as cursor:
        cursor.execute(beat)
        equal(1, cursor.rowcount, "a heartbeat goes through")
        connection.commit()
        for work, number in (
            (lambda: cursor.execute(insert, (900,)), 50101),
            (lambda: cursor.execute(insert + ", (901, N'S', N'n', N'a', N'm')", (900,)), 50101),
            (lambda: cursor.execute("UPDATE dbo.Controllers SET SerialNumber = N'other' WHERE ControllerId = 1"), 50102),
        ):
            error = refused(work)
            equal(number, error.number, "number")
            equal(16, error.severity, "severity")
            if not error.procname.startswith("mortise_guard"):
                raise AssertionError(f"refused by {error.procname!r}")
            connection.rollback()
        equal((24,), one(cursor, "SELECT COUNT(*) FROM dbo.Controllers"), "controllers afterwards")


def transactions():
    name = "SELECT Name FROM dbo.Controllers WHERE ControllerId = 2"
    rename = "UPDATE dbo.Controllers SET Name = %s WHERE ControllerId = 2"
    with connect("acs_service", autocommit=False) as connection, connection.cursor() as cursor:
        (before,) = one(cursor, name)
        cursor.execute(rename, ("rolled back",))
        equal(("rolled back",), one(cursor, name), "within")
        equal((1,), one(cursor, "SELECT @@TRANCOUNT"), "depth")
        connection.rollback()
        equal((before,), one(cursor, name), "after a rollback")
        cursor.execute(rename, ("kept",))
        connection.commit()
        with connect("site_admin") as admin, admin.cursor() as other:
            equal(("kept",), one(other, name), "as another sees it after a commit")
        cursor.execute(rename, (before,))
        connection.commit()


def a_procedure():
    with connect("mortise_run") as connection, connection.cursor() as cursor:
        cursor.execute(
            "DECLARE @answer int; EXEC @answer = sp_getapplock @Resource = %s, @LockMode = N'Exclusive', "
            "@LockOwner = N'Session', @LockTimeout = 0; SELECT @answer",
            ("pytds",),
        )
        equal([(0,)], cursor.fetchall(), "answer")


cases = (
    logs_in,
    wrong_password,
    values,
    parameters,
    several_results,
    an_error_and_on,
    the_guard,
    transactions,
    a_procedure,
)
for case in cases:
    try:
        case()
        print(f"ok {case.__name__}")
    except Exception as error:  # Whatever it is, it is said, and the next case runs.
        print(f"FAIL {case.__name__}: {type(error).__name__}: {error}".replace("\n", " | "))
