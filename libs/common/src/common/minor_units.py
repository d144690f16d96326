"""The decimals that amounts of each currency have, by ISO 4217.

CLDR's decimals differ, because they are those of cash: 12.34 Serbian dinars would become 12.
"""

USUAL = 2
OTHERS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
"""The active codes of ISO 4217 that do not have two decimals."""
WITHDRAWN = "ADP BEF BYR ESP ITL LUF MGF PTE TPE TRL"
"""Former codes that had no decimals."""

_DECIMALS = dict.fromkeys(WITHDRAWN.split(), 0)
_DECIMALS |= {code: decimals for decimals, codes in OTHERS.items() for code in codes.split()}


def decimals(currency: str) -> int:
    """Returns how many decimals an amount in `currency` has: 2 for USD, 0 for JPY, 3 for KWD, 4 for CLF."""
    return _DECIMALS.get(currency, USUAL)
