"""Amounts in words, for the second look before a signature: English as on a cheque, Chinese in the capital figures of finance.

Written here because amounts of 64 bits go beyond what the usual libraries count to.
"""

from babel.numbers import get_currency_name

from .units import Amount, Currency, exponent

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_THOUSANDS = ("", " thousand", " million", " billion", " trillion", " quadrillion", " quintillion")
_FIGURES = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")


def amount_in_english(amount: Amount, currency: Currency) -> str:
    """ "one hundred twenty thousand euros and 05/100". Raises UnknownCurrency."""
    places = exponent(currency)
    whole, fraction = divmod(amount, 10**places)
    name = get_currency_name(currency, count=whole, locale="en")
    part = f" and {fraction:0{places}d}/{10**places}" if places else ""
    return f"{in_english(whole)} {name}{part}"


def amount_in_chinese(amount: Amount, currency: Currency) -> str:
    """「欧元壹拾贰万元零伍分」. Raises UnknownCurrency."""
    places = exponent(currency)
    whole, fraction = divmod(amount, 10**places)
    name = get_currency_name(currency, locale="zh")
    if not fraction:
        return f"{name}{in_chinese(whole)}元整"
    digits = f"{fraction:0{places}d}"
    if places != 2:
        return f"{name}{in_chinese(whole)}点{''.join(_FIGURES[int(each)] for each in digits)}元"
    tenth, hundredth = map(int, digits)
    part = f"{_FIGURES[tenth]}角" if tenth else "零"
    part += f"{_FIGURES[hundredth]}分" if hundredth else "整"
    return f"{name}{in_chinese(whole)}元{part}"


def in_english(number: int) -> str:
    """ "one hundred twenty thousand five", for 0 to 10**21 − 1."""
    if number == 0:
        return _SMALL[0]
    words: list[str] = []
    for thousands in _THOUSANDS:
        number, group = divmod(number, 1000)
        if group:
            words.append(_group_in_english(group) + thousands)
    return " ".join(reversed(words))


def in_chinese(number: int) -> str:
    """「壹拾贰万零伍」, for 0 and more."""
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            high, low = divmod(number, size)
            zero = _FIGURES[0] if 0 < low < size // 10 else ""
            return in_chinese(high) + unit + (zero + in_chinese(low) if low else "")
    return _group_in_chinese(number) or _FIGURES[0]


def _group_in_english(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    words = [f"{_SMALL[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        tens, ones = divmod(rest, 10)
        words.append(_TENS[tens] + (f"-{_SMALL[ones]}" if ones else ""))
    elif rest:
        words.append(_SMALL[rest])
    return " ".join(words)


def _group_in_chinese(group: int) -> str:
    text = ""
    for at in reversed(range(4)):
        digit = group // 10**at % 10
        if digit:
            text += _FIGURES[digit] + _PLACES[at]
        elif text and group % 10**at:
            text = text.rstrip(_FIGURES[0]) + _FIGURES[0]
    return text
