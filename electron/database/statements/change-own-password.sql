-- By the login itself, knowing the old password: needs no right. T-SQL takes no parameters here, so both are literals
-- made by the one quoting function.
ALTER LOGIN $(Login) WITH PASSWORD = $(NewPassword) OLD_PASSWORD = $(OldPassword);
