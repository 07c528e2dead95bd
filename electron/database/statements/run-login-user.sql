CREATE USER $(Login) FOR LOGIN $(Login);
