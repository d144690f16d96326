"""Files kept outside the database: content-addressed bytes in a store, one row of table `file` for each reference.

The bytes of a file lie under `<owning service>/<SHA-256>`. Events carry a `FileClaim`; the receiver reads the bytes
from the same store. Only the owner deletes.
"""
