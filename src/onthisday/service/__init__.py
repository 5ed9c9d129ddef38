"""The use cases. They ask protocols and put pure rules to work; they hold no rules of their own."""
