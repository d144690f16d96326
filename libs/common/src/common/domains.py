"""Converts domain names by IDNA 2008: "straße.example" is xn--strae-oqa.example, not strasse.example."""

import idna

LONGEST = 253


def to_ascii(name: str) -> str:
    """Returns the name as DNS and mail servers take it: labels beyond ASCII as A-labels, all in lower case.

    Raises ValueError with the reason for what IDNA 2008 does not allow. ASCII labels pass, "_dmarc" and "*" too.
    """
    try:
        mapped = idna.uts46_remap(name, std3_rules=False, transitional=False)
        ascii_name = ".".join(_label(label) for label in mapped.lower().split("."))
    except UnicodeError as error:
        raise ValueError(str(error)) from error
    if len(ascii_name.removesuffix(".")) > LONGEST:
        raise ValueError(f"The name has more than {LONGEST} characters")
    return ascii_name


def to_unicode(name: str) -> str:
    """Returns the name in Unicode. Raises ValueError for an A-label that IDNA 2008 does not allow."""
    try:
        return ".".join(
            idna.ulabel(label) if label.startswith("xn--") else label for label in to_ascii(name).split(".")
        )
    except UnicodeError as error:
        raise ValueError(str(error)) from error


def _label(label: str) -> str:
    if not label.isascii():
        return idna.alabel(label).decode()
    if label.startswith("xn--"):
        idna.ulabel(label)
    if len(label) > 63:
        raise ValueError(f'"{label}" has more than 63 characters')
    return label
