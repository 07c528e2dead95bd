-- Refused logins in the present error log. It needs a right that Mortise's own login mostly does not have.
EXEC sys.sp_readerrorlog 0, 1, @login, N'[CLIENT:';
