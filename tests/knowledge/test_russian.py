"""Russian forms meet in Cyrillic and in the Latin letters people type."""

from itertools import combinations

import pytest

from knowledge.words import stems, tokens

FAMILIES = [line.split() for line in """
срок сроки срока сроков сроку сроком сроках srok sroki srokov
заявка заявки заявку заявок заявкой заявке zayavka zayavki zajavku zayavok
подать подавать подаю подаём подаем подал подали подаёт podat podavat podat'
деньги денег деньгам деньгами dengi deneg den'gi
школа школы школе школу школой школ школах shkola shkoly shkole
партнёр партнер партнёры партнёров партнером партнёра partner partnery partnerov
страна страны стран странах страну strana strany stran
сколько skolko skol'ko
дорога дороги дорогу дороге doroga dorogi dorogu
поездка поездки поездку поездок поездке poezdka poezdki poezdku poyezdka
ребёнок ребенок ребёнка дети детей детям детьми rebenok deti detej detey
учитель учителя учителей учителям uchitel uchitelya uchitelej
ученик ученики учеников ученика uchenik ucheniki uchenikov
проект проекты проекта проектов проекте proekt proekta proekty proektov
бюджет бюджета бюджете byudzhet bjudzheta byudzheta
месяц месяца месяцев месяцы mesyac mesjaca mesyacev mesyatsev
день дня дней дни den dnya dnej dney
человек человека людей люди chelovek lyudi ljudej lyudey
университет университеты университета universitet universiteta
организация организации организаций организацию organizaciya organizacii organizatsiya
получить получать получим получу poluchit poluchat
можно mozhno
нужно нужна нужен nuzhno
участие участвовать участвует участия uchastie uchastvovat
участник участники участников uchastnik uchastniki
какой какого какая какие какое каких kakoj kakogo kakaya kakie
число числа чисел chislo chisla
оплата оплаты оплату oplata oplaty
платить платят заплатить платит platit platyat
дедлайн дедлайна дедлайны dedlajn dedlayn
грант гранта гранты грантов grant granta
результат результаты результатов rezultat rezultaty
договор договора договоры dogovor dogovora
подпись подписи podpis podpisi
язык языка языки языке yazyk jazyk yazyke
расстояние расстояния rasstoyanie rasstojanija
километр километра километров kilometr kilometrov
билет билеты билетов bilet bilety
контакт контакты контактов kontakt kontakty
позвонить позвоню pozvonit
библиотека библиотеки библиотек biblioteka biblioteki
детский детского детская detskij detskiy
""".strip().splitlines()]  # fmt: skip


def key(word: str) -> str:
    return stems(word)[-1]


def test_forms_meet_in_both_scripts() -> None:
    missed = [(family[0], form) for family in FAMILIES for form in family if key(form) != key(family[0])]
    assert len(missed) / sum(map(len, FAMILIES)) <= 0.02, missed


def test_words_stay_apart() -> None:
    assert not [(a[0], b[0]) for a, b in combinations(FAMILIES, 2) if key(a[0]) == key(b[0])]


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [("какого числа", "kakogo chisla"), ("сколько денег на дорогу", "skolko deneg na dorogu")],
)
def test_a_question_in_latin_letters_has_the_keys_of_the_cyrillic_one(cyrillic: str, latin: str) -> None:
    assert [stems(t)[-1] for t in tokens(cyrillic)] == [stems(t)[-1] for t in tokens(latin)]
