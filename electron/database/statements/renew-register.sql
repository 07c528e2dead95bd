EXEC mortise.renew_register @actor = @actor, @reason = @reason, @expected_version = @expected_version;
