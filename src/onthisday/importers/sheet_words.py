"""The names that people give to the columns of a table, and to kinds of facts, in nine languages.

Nobody says which language a table is in, so the words of all stand together. The first name of a
field that a table has is used: ``title`` before ``name``. All are in small letters.

Used by sheet_columns.py.
"""


def _listed(named: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {field: tuple(words.split(", ")) for field, words in named.items()}


FIELDS = _listed(
    {
        "id": "id, identifier, kennung, identifiant, identificativo, identificador, "
        "идентификатор, المعرف",
        "date": "date, event date, dates, start date, hdate, when, datum, wann, quand, data, "
        "quando, fecha, cuándo, wanneer, дата, когда, التاريخ, تاريخ",
        "year": "year, jahr, année, annee, an, anno, año, ano, jaar, год, السنة, سنة, العام, عام",
        "month": "month, monat, mois, mese, mes, mês, maand, месяц, الشهر, شهر",
        "day": "day, tag, jour, giorno, día, dia, dag, день, число, اليوم, يوم",
        "title": "title, titel, titre, titolo, título, titulo, заголовок, название, العنوان, "
        "عنوان, headline, überschrift, event, ereignis, événement, evenement, evento, "
        "acontecimento, gebeurtenis, событие, الحدث, حدث, what, subject, name, full name, label, "
        "bezeichnung, nom, nome, nombre, naam, имя, الاسم, اسم, person",
        "summary": "summary, zusammenfassung, résumé, resume, riassunto, resumen, resumo, "
        "samenvatting, description, beschreibung, descrizione, descripción, descripcion, "
        "descrição, descricao, beschrijving, описание, الوصف, وصف, text, texte, testo, texto, "
        "tekst, текст, النص, نص, details, détails, content, inhalt, содержание, abstract, notes, "
        "note, bemerkung, bemerkungen, notiz, ملخص, ملاحظات",
        "brief": "brief",
        "place": "place, location, where, venue, ort, wo, schauplatz, lieu, endroit, luogo, "
        "dove, lugar, dónde, local, plaats, locatie, waar, место, где, المكان, مكان, الموقع, "
        "city, stadt, ville, città, ciudad, cidade, город",
        "kind": "kind, type, art, typ, tipo, soort, тип, вид, النوع, نوع",
        "tags": "tags, keywords, keyword, schlagworte, schlagwörter, stichworte, stichwörter, "
        "mots-clés, étiquettes, parole chiave, etichette, palabras clave, etiquetas, "
        "palavras-chave, trefwoorden, теги, метки, ключевые слова, الوسوم, وسوم, "
        "الكلمات المفتاحية, categories, category, kategorie, kategorien, catégorie, catégories, "
        "categoria, categorie, categorías, categoría, категория, категории, الفئة, topic, topics, "
        "thema, themen, thème, tema",
        "url": "url, link, website, web address, uri, webadresse, internetadresse, lien, "
        "collegamento, enlace, ligação, ссылка, الرابط, رابط",
        "source": "source, sources, quelle, quellen, beleg, fonte, fonti, fuente, fuentes, "
        "fontes, bron, bronnen, источник, источники, المصدر, مصدر, reference, references",
        "page": "page, seite, pagina, página, страница, الصفحة, صفحة",
        "calendar": "calendar, kalender, calendrier, calendario, calendário, календарь, التقويم",
        "as_written": "as written, date as written",
        "born": "born, birth, hdate birth, birth date, birthdate, date of birth, dob, birthday, "
        "geboren, geburt, geburtsdatum, geburtstag, né, née, naissance, date de naissance, nato, "
        "nata, nascita, data di nascita, nacido, nacida, nacimiento, fecha de nacimiento, nascido, "
        "nascida, nascimento, data de nascimento, geboortedatum, родился, родилась, рождение, "
        "дата рождения, الميلاد, تاريخ الميلاد",
        "died": "died, death, hdate death, death date, date of death, gestorben, tod, todesdatum, "
        "sterbedatum, mort, morte, décès, date de décès, morto, morta, data di morte, muerte, "
        "fallecido, fallecimiento, fecha de muerte, fecha de fallecimiento, falecido, falecimento, "
        "data de morte, data de falecimento, overleden, overlijden, overlijdensdatum, "
        "sterfdatum, умер, умерла, смерть, дата смерти, الوفاة, تاريخ الوفاة",
        "tone": "tone",
        "featured": "featured",
        "observe": "observe",
        "rule": "rule",
        "leap_day": "leap day",
        "updated": "updated",
        "living": "living",
        "language": "language",
    }
)
"""The fields of a row, each with the names of its column. The last are keys of our own entries."""

_KINDS = _listed(
    {
        "event": "event, events, ereignis, événement, evenement, evento, acontecimento, "
        "gebeurtenis, событие, الحدث, حدث",
        "birth": "birth, births, born, geburt, geboren, naissance, né, née, nascita, nato, nata, "
        "nacimiento, nacido, nacida, nascimento, nascido, nascida, geboorte, рождение, родился, "
        "родилась, ميلاد, مولد",
        "death": "death, deaths, died, tod, gestorben, mort, morte, décès, muerte, "
        "fallecimiento, falecimento, overlijden, overleden, dood, смерть, умер, умерла, وفاة",
        "marriage": "marriage, marriages, wedding, married, heirat, hochzeit, trauung, mariage, "
        "matrimonio, nozze, boda, casamento, huwelijk, брак, свадьба, زواج",
        "holiday": "holiday, holidays, feast, feiertag, fest, fête, jour férié, festa, festività, "
        "festivo, fiesta, feriado, feestdag, праздник, عطلة, عيد",
    }
)

KINDS = {word: kind for kind, words in _KINDS.items() for word in words}
"""The kinds of entries by the words that people write for them."""

JULIAN = {
    "julian", "old style", "o.s.", "os", "julianisch", "alter stil", "julien", "giuliano",
    "juliano", "juliaans", "юлианский", "старый стиль", "ст. ст.", "يولياني", "اليولياني",
}  # fmt: skip
"""What people write into a column for the calendar."""
