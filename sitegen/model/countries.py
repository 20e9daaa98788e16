"""What follows from a client's country: currency, time zone and languages (ISO 3166, ISO 4217, IANA tz; as of 2026).

Where a country has several zones, the one where most companies are; `timezone:` in `client.yaml` says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """`languages` are those of business, the most used one first."""

    code: str
    currency: str
    timezone: str
    languages: tuple[str, ...]


_TABLE = """
MA MAD Africa/Casablanca fr,ar
DZ DZD Africa/Algiers fr,ar
TN TND Africa/Tunis fr,ar
MR MRU Africa/Nouakchott ar,fr
LY LYD Africa/Tripoli ar
EG EGP Africa/Cairo ar,en
BF XOF Africa/Ouagadougou fr
BJ XOF Africa/Porto-Novo fr
CI XOF Africa/Abidjan fr
GW XOF Africa/Bissau pt
ML XOF Africa/Bamako fr
NE XOF Africa/Niamey fr
SN XOF Africa/Dakar fr
TG XOF Africa/Lome fr
CF XAF Africa/Bangui fr
CG XAF Africa/Brazzaville fr
CM XAF Africa/Douala fr,en
GA XAF Africa/Libreville fr
GQ XAF Africa/Malabo es,fr
TD XAF Africa/Ndjamena fr,ar
BI BIF Africa/Bujumbura fr
CD CDF Africa/Kinshasa fr
DJ DJF Africa/Djibouti fr,ar
GN GNF Africa/Conakry fr
KM KMF Indian/Comoro fr,ar
MG MGA Indian/Antananarivo fr
MU MUR Indian/Mauritius en,fr
RW RWF Africa/Kigali en,fr
SC SCR Indian/Mahe en,fr
CV CVE Atlantic/Cape_Verde pt
ET ETB Africa/Addis_Ababa en
GH GHS Africa/Accra en
KE KES Africa/Nairobi en
NG NGN Africa/Lagos en
TZ TZS Africa/Dar_es_Salaam en
UG UGX Africa/Kampala en
ZA ZAR Africa/Johannesburg en
AT EUR Europe/Vienna de
BE EUR Europe/Brussels fr,nl
BG EUR Europe/Sofia bg
CY EUR Asia/Nicosia el
CZ CZK Europe/Prague cs
DE EUR Europe/Berlin de
DK DKK Europe/Copenhagen da
EE EUR Europe/Tallinn et
ES EUR Europe/Madrid es
FI EUR Europe/Helsinki fi
FR EUR Europe/Paris fr
GR EUR Europe/Athens el
HR EUR Europe/Zagreb hr
HU HUF Europe/Budapest hu
IE EUR Europe/Dublin en
IT EUR Europe/Rome it
LT EUR Europe/Vilnius lt
LU EUR Europe/Luxembourg fr,de
LV EUR Europe/Riga lv
MT EUR Europe/Malta en
NL EUR Europe/Amsterdam nl
PL PLN Europe/Warsaw pl
PT EUR Europe/Lisbon pt
RO RON Europe/Bucharest ro
SE SEK Europe/Stockholm sv
SI EUR Europe/Ljubljana sl
SK EUR Europe/Bratislava sk
CH CHF Europe/Zurich de,fr
GB GBP Europe/London en
IS ISK Atlantic/Reykjavik is
LI CHF Europe/Vaduz de
MC EUR Europe/Monaco fr
NO NOK Europe/Oslo no
TR TRY Europe/Istanbul tr
UA UAH Europe/Kyiv uk
GF EUR America/Cayenne fr
GP EUR America/Guadeloupe fr
MQ EUR America/Martinique fr
NC XPF Pacific/Noumea fr
PF XPF Pacific/Tahiti fr
RE EUR Indian/Reunion fr
YT EUR Indian/Mayotte fr
CA CAD America/Toronto en,fr
HT HTG America/Port-au-Prince fr
MX MXN America/Mexico_City es
US USD America/New_York en
AR ARS America/Argentina/Buenos_Aires es
BR BRL America/Sao_Paulo pt
CL CLP America/Santiago es
CO COP America/Bogota es
AU AUD Australia/Sydney en
NZ NZD Pacific/Auckland en
AE AED Asia/Dubai ar,en
BH BHD Asia/Bahrain ar,en
IL ILS Asia/Jerusalem he
JO JOD Asia/Amman ar
KW KWD Asia/Kuwait ar
LB LBP Asia/Beirut ar,fr
OM OMR Asia/Muscat ar
QA QAR Asia/Qatar ar,en
SA SAR Asia/Riyadh ar
CN CNY Asia/Shanghai zh
HK HKD Asia/Hong_Kong en,zh
ID IDR Asia/Jakarta id
IN INR Asia/Kolkata en
JP JPY Asia/Tokyo ja
KR KRW Asia/Seoul ko
MY MYR Asia/Kuala_Lumpur en,ms
PH PHP Asia/Manila en
SG SGD Asia/Singapore en
TH THB Asia/Bangkok th
VN VND Asia/Ho_Chi_Minh vi
"""


def _country(line: str) -> Country:
    code, currency, timezone, languages = line.split()
    return Country(code, currency, timezone, tuple(languages.split(",")))


COUNTRIES: dict[str, Country] = {country.code: country for country in map(_country, _TABLE.split("\n")[1:-1])}

CFA = frozenset({"XAF", "XOF"})  # the two CFA francs are at par: both 655.957 to the euro
CURRENCIES: frozenset[str] = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
    COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS
    INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP
    MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR
    SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV
    WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """.split()
)
