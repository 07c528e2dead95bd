-- The controllers themselves, counted. Needs SELECT on the columns. Reads only.
SET NOCOUNT ON;
SET LOCK_TIMEOUT 5000;

SELECT
    COUNT(*) AS total,
    SUM(CASE WHEN $(LastSeenOfC) < @asleep_before OR $(LastSeenOfC) IS NULL THEN 1 ELSE 0 END) AS asleep,
    SUM(CASE WHEN $(SerialOfC) IS NULL THEN 1 ELSE 0 END) AS without_serial
FROM $(ControllerTable) AS c;

SELECT TOP (@most) q.model, COUNT(*) AS controllers
FROM (SELECT CONVERT(nvarchar(200), $(ModelOfC)) AS model FROM $(ControllerTable) AS c) AS q
GROUP BY q.model
ORDER BY COUNT(*) DESC, q.model;
