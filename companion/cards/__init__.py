"""Character cards, versions 1 to 3: read into personas, and written from them.

A card comes from a stranger. It is text and a picture, and nothing more is made of it: nothing in it is run, opened or
fetched, whatever it asks for. How large it may be is in `cards.limits`.
"""
