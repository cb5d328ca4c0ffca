"""Calling other machines on behalf of the site, and not being led where it must not go.

`addresses` decides which may be called, `posting` calls them, `signing` proves who called. Nothing
here knows of charters or of Django.
"""
