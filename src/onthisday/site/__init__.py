"""The site: which paths it has on a day, and what each of them holds. Pure."""
