"""Use cases of sending: plan what is due, compose it, deliver it, rehearse it."""
