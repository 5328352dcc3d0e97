"""Search, apart from the portal: what is indexed, what is asked, how typed French is read, and the engines.

Nothing here imports `app` or `matching`. The portal gives documents, a lexicon of trades and a gazetteer of places,
and receives ids and their order; it reads the rows again itself, through what the reader may see.
"""
