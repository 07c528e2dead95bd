ALTER USER $(Login) WITH LOGIN = $(Login);
