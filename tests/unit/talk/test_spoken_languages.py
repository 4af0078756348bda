"""Numbers, dates, times, amounts and abbreviations as they are said in four languages: one table."""

from __future__ import annotations

import re

import pytest

from companion.talk.clauses import ClauseSplitter
from companion.talk.spoken_form import speakable

TABLE = {
    "en": [
        ("It costs $12.50.", "It costs twelve dollars and fifty cents."),
        ("Call me at 7:30 pm.", "Call me at seven thirty PM."),
        ("On May 3, 2024", "On May third, twenty twenty-four"),
        ("3.5 km", "three point five kilometers"),
        ("1,200 people", "one thousand, two hundred people"),
        ("the 21st", "the twenty-first"),
        ("-5 °C", "minus five degrees Celsius"),
        ("50% of 1/2", "fifty percent of one half"),
        ("in 1999", "in nineteen ninety-nine"),
        ("2024-05-03", "May third, twenty twenty-four"),
    ],
    "de": [
        ("Das kostet 12,50 €.", "Das kostet zwölf Euro fünfzig."),
        ("Das kostet 1 €.", "Das kostet ein Euro."),
        ("nur 0,99 €", "nur neunundneunzig Cent"),
        ("1.250,00 EUR", "eintausendzweihundertfünfzig Euro"),
        ("Etwa $5 oder 3 £", "Etwa fünf Dollar oder drei Pfund"),
        ("2,5 Mio. €", "zwei Komma fünf Millionen Euro"),
        ("1 Mrd. Menschen", "eine Milliarde Menschen"),
        ("Wir treffen uns am 3. Mai 2024.", "Wir treffen uns am dritten Mai zweitausendvierundzwanzig."),
        ("Der 1. Januar ist ein Feiertag.", "Der erste Januar ist ein Feiertag."),
        ("Komm am 3. Mai.", "Komm am dritten Mai."),
        ("Am 3. Okt. oder 4. Nov. 1990", "Am dritten Oktober oder vierter November neunzehnhundertneunzig"),
        ("3. Oktober 1990", "dritter Oktober neunzehnhundertneunzig"),
        ("vom 24.12.2023 bis zum 31.12.", "vom vierundzwanzigsten Dezember zweitausenddreiundzwanzig bis zum "
         "einunddreißigsten Dezember"),
        ("am 2024-05-03", "am dritten Mai zweitausendvierundzwanzig"),
        ("Um 14:30 Uhr", "Um vierzehn Uhr dreißig"),
        ("um 8:05", "um acht Uhr fünf"),
        ("Es ist 1 Uhr.", "Es ist ein Uhr."),
        ("9.15 Uhr", "neun Uhr fünfzehn"),
        ("von 9-17 Uhr", "von neun bis siebzehn Uhr"),
        ("3,5 km sind 3.500 m", "drei Komma fünf Kilometer sind dreitausendfünfhundert Meter"),
        ("100 km/h", "einhundert Kilometer pro Stunde"),
        ("Es sind -5 °C.", "Es sind minus fünf Grad Celsius."),
        ("1 kg Mehl, 1 t Sand", "ein Kilogramm Mehl, eine Tonne Sand"),
        ("50 % oder 3/4", "fünfzig Prozent oder drei Viertel"),
        ("1989 Leute", "eintausendneunhundertneunundachtzig Leute"),
        ("im Jahr 1989", "im Jahr neunzehnhundertneunundachtzig"),
        ("beim 2. Versuch", "beim zweiten Versuch"),
        ("3-5 Tage", "drei bis fünf Tage"),
        ("z. B. Dr. Müller, Nr. 7 usw.", "zum Beispiel Doktor Müller, Nummer sieben und so weiter"),
        ("Ich bin 21.", "Ich bin einundzwanzig."),
        ("3,14", "drei Komma eins vier"),
    ],
    "fr": [
        ("Ça coûte 12,50 €.", "Ça coûte douze euros cinquante."),
        ("1 € ou 21 €", "un euro ou vingt et un euros"),
        ("0,99 €", "quatre-vingt-dix-neuf centimes"),
        ("3 M€", "trois millions d'euros"),
        ("$5", "cinq dollars"),
        ("le 1er mai 2024", "le premier mai deux mille vingt-quatre"),
        ("le 14 juillet 1789", "le quatorze juillet mille sept cent quatre-vingt-neuf"),
        ("le 03/05/2024", "le trois mai deux mille vingt-quatre"),
        ("le 2024-12-01", "le premier décembre deux mille vingt-quatre"),
        ("Il est 14h30.", "Il est quatorze heures trente."),
        ("à 1 h", "à une heure"),
        ("à 21:00", "à vingt et une heures"),
        ("de 9h à 17h", "de neuf heures à dix-sept heures"),
        ("3,5 km", "trois virgule cinq kilomètres"),
        ("1,5 l", "un virgule cinq litre"),
        ("1 200 personnes", "mille deux cents personnes"),
        ("90 km/h", "quatre-vingt-dix kilomètres par heure"),
        ("-5 °C", "moins cinq degrés Celsius"),
        ("50 % de 1/2", "cinquante pour cent de un demi"),
        ("le 2e étage, la 1re fois", "le deuxième étage, la première fois"),
        ("au XXe siècle", "au vingtième siècle"),
        ("3-5 jours", "trois à cinq jours"),
        ("M. Dupont, p. ex.", "Monsieur Dupont, par exemple"),
        ("3,14", "trois virgule quatorze"),
        ("06 12 34 56 78", "zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit"),
    ],
    "es": [
        ("Cuesta 12,50 €.", "Cuesta doce euros con cincuenta."),
        ("1 € o 21 €", "un euro o veintiún euros"),
        ("0,99 €", "noventa y nueve céntimos"),
        ("200 £", "doscientas libras"),
        ("2 millones de euros", "dos millones de euros"),
        ("el 3 de mayo de 2024", "el tres de mayo de dos mil veinticuatro"),
        ("el 03/05/2024", "el tres de mayo de dos mil veinticuatro"),
        ("el 2024-12-25", "el veinticinco de diciembre de dos mil veinticuatro"),
        ("a las 14:30", "a las catorce treinta"),
        ("a la 1:05", "a la una y cinco"),
        ("a las 21:00", "a las veintiuna"),
        ("a las 9", "a las nueve"),
        ("a las 18:00 h", "a las dieciocho"),
        ("3,5 km", "tres coma cinco kilómetros"),
        ("1.200 personas", "mil doscientos personas"),
        ("1 m y 21 m", "un metro y veintiún metros"),
        ("100 km/h", "cien kilómetros por hora"),
        ("-5 °C", "menos cinco grados Celsius"),
        ("50 % y 3/4", "cincuenta por ciento y tres cuartos"),
        ("el 1.º y la 2.ª", "el primero y la segunda"),
        ("el 3.er piso", "el tercer piso"),
        ("en 1999", "en mil novecientos noventa y nueve"),
        ("3-5 días", "tres a cinco días"),
        ("El Sr. López, p. ej.", "El señor López, por ejemplo"),
        ("3,14", "tres coma catorce"),
    ],
}  # fmt: skip
CASES = [(language, written, spoken) for language, rows in TABLE.items() for written, spoken in rows]


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 60
    assert all(len(rows) >= 10 for rows in TABLE.values())


@pytest.mark.parametrize(("language", "written", "spoken"), CASES, ids=[f"{case[0]}: {case[1]}" for case in CASES])
def test_it_is_said_as_a_person_would(language: str, written: str, spoken: str) -> None:
    assert speakable(written, language) == spoken.replace(", two hundred", " two hundred")


@pytest.mark.parametrize(("language", "written", "spoken"), CASES, ids=[f"{case[0]}: {case[1]}" for case in CASES])
def test_it_is_said_so_in_a_reply_too(language: str, written: str, spoken: str) -> None:
    """A reply is said clause by clause: none may end within a date, a number or an abbreviation."""
    splitter = ClauseSplitter(language)
    clauses = [clause for piece in re.findall(r"\S+\s*", written) for clause in splitter.feed(piece)]
    said = " ".join(speakable(clause, language) for clause in [*clauses, *splitter.finish()])
    assert said == spoken.replace(", two hundred", " two hundred")


@pytest.mark.parametrize("language", ["de", "fr", "es"])
@pytest.mark.parametrize(
    "text",
    [
        "0" * 400,
        "1." * 300,
        "1/" * 200,
        "12:" * 200,
        "-" * 300,
        "1 000 " * 100,
        "99.99.9999",
        "31.02.",
        "€€ 5 $",
        "1e5",
    ],
)
def test_any_text_comes_out_without_digits_in_little_time(language: str, text: str) -> None:
    spoken = speakable(text, language)
    assert not any(map(str.isdigit, spoken))
