EXEC mortise.renew_register @actor = @actor, @reason = @reason, @other_triggers = @other_triggers, @expected_version = @expected_version;
