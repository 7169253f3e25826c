"""Money: the words and signs of currencies, by which a figure beside them is seen to be a sum.

Names of currencies in English and as those write who have them, the signs, and the codes of ISO 4217 in
capitals. Words that mean much else (won, real, rand, mark) count only where they can't.
"""

from __future__ import annotations

import re

_NAMES = r"""
    dollars? cents? bucks? euros? eurocents? pounds? sterling pence quid crowns? kron(?:a|or|e|er|ur)s? korun(?:a|y)?
    francs? marka deutschmarks? yens? yuans? renminbi rupees? rupiahs? lakhs? crores? liras? lire
    zlot(?:y|ys|ies|ych) złot(?:y|e|ych) pesos? centavos? pesetas? reais escudos? roubles? rubles? kope(?:ck|k)s?
    hryvni?(?:a|as|ya|yas) shekels? dinars? dirhams? riyals? rials? baht ringgits? dong nairas? cedis? shillings?
    forints? leva? lei guilders? florins? drachmas?
""".split()
_CODES = """
    USD EUR GBP JPY CHF CAD AUD NZD CNY RMB HKD SGD SEK NOK DKK ISK CZK PLN HUF RON BGN RUB UAH TRY ILS INR PKR BDT LKR
    IDR MYR THB VND PHP KRW TWD MXN BRL ARS CLP COP PEN ZAR NGN KES GHS EGP MAD AED SAR QAR KWD JOD DEM FRF ITL ESP ATS
""".split()
SIGNS = "$€£¥₹₽₺₴₪₩₫₦₱฿"
_AFTER_A_FIGURE = r"(?:(?<=\d\s)|(?<=illion\s))(?:won|real|rands?|marks?)\b"
"""Behind digits or "million"; not so "in real terms", "Biden won" and "this marks"."""

CURRENCY = re.compile(
    rf"[{re.escape(SIGNS)}]|\b(?:{'|'.join(_NAMES)})\b|\b(?-i:{'|'.join(_CODES)})\b|{_AFTER_A_FIGURE}", re.IGNORECASE
)
"""Matches a sign, a name in any case or a code in capitals."""
