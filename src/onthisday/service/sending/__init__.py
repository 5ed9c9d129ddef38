"""Use cases of sending: plan which notices are due, compose their messages, deliver or rehearse
them. The rules are in delivery/."""
