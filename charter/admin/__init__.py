"""What whoever runs the installation sees of its charters: that they are there, and who sits in
them. Everything is to be looked at only: texts are changed through the one door, seats by chairs.

No words are shown, neither a wording's nor a comment's nor a revision's message. An operator can
read the database, but those who negotiate here need not fear an idle glance.
"""
