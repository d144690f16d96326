"""The decimals that amounts of each currency have, by ISO 4217.

CLDR's differ: it tells which digits people still use in cash, so that 12.34 Serbian dinars would become 12.
"""

from babel.numbers import get_currency_precision

USUAL = 2
OTHERS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
"""The active codes of ISO 4217 that do not have two decimals."""
WITHDRAWN = frozenset(
    "ADP AFA ALK AOK AON AOR ARP AYM AZM BAD BEF BGL BRC BRE BRN BRR BYB BYR CHC CSD CSK CYP DDM DEM ECS ECV EEK ESA "
    "ESB ESP FIM FRF GEK GHC GNS GQE GRD GWE GWP HRD HRK IEP ITL LTL LTT LUC LUF LUL LVL LVR MDC MGF MLF MRO MTL MXP "
    "MZM NIC NLG PEI PES PLZ PTE RHD ROL RUR SDD SIT SKK SRG STD SUR TJR TMM TPE TRL UAK UGS USS UYP VEB VEF XEU "
    "XFO YDD YUM YUN ZAL ZMK ZRN ZRZ ZWC ZWD ZWN ZWR".split()
)
"""Codes that ISO 4217 lists no decimals for any more: CLDR's are the best there is."""

_DECIMALS = {code: decimals for decimals, codes in OTHERS.items() for code in codes.split()}


def decimals(currency: str) -> int:
    """Returns how many decimals an amount in `currency` has: 2 for USD, 0 for JPY, 3 for KWD, 4 for CLF."""
    if currency in WITHDRAWN:
        return int(get_currency_precision(currency))
    return _DECIMALS.get(currency, USUAL)
