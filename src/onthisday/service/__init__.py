"""The use cases. They ask ports and put pure rules to work; they hold no rules of their own."""
