EXEC mortise.commissioning_on @actor = @actor, @reason = @reason, @open_until = @open_until, @expected_version = @expected_version;
