"""One revision of all that is public, and every answer kept with it.

The database's triggers draw a new number whenever a public row is written (``watched``, ``sqlite``,
``postgres``); ``standing`` adds the clock and the code and makes a token of them. ``middleware`` has every
public answer made within one moment and named by the token; ``front`` gives it again, before Django is asked,
as long as the token holds. Nothing outside this folder knows of it.
"""
