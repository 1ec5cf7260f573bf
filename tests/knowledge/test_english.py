"""English forms meet, words stay apart; measured on words of the call and everyday ones."""

from itertools import combinations

import pytest

from knowledge.words import stem

FAMILIES = [line.split() for line in """
apply applies applied applying
application applications
applicant applicants
submit submits submitted submitting
submission submissions
country countries
deadline deadlines
money
school schools
teacher teachers teacher's
learner learners
student students
university universities
partner partners
partnership partnerships
project projects
budget budgets
organisation organisations organization organizations
organise organises organised organising organize organized organizing
programme programmes program programs
travel travels travelling traveling travelled traveled
pay pays paying paid
fund funds funded funding
finance finances financed
train trains trained training trainings
meet meets meeting meetings
year years
month months
day days
week weeks
cost costs
price prices
ticket tickets
flight flights
fly flies flying
distance distances
kilometre kilometres kilometer kilometers
participant participants
participate participates participated participating
child children
person persons people
company companies
library libraries
city cities
language languages
course courses
class classes
process processes
address addresses
business businesses
activity activities
priority priorities
result results
form forms
contact contacts contacted contacting
calculate calculates calculated calculating
require requires required requiring
extend extends extended extending
start starts started starting
begin begins beginning
end ends ended ending
plan plans planned planning
write writes writing written
send sends sending sent
sign signs signed signing
stay stays stayed staying
host hosts hosted hosting
report reports reported reporting
grant grants granted
limit limits limited
expense expenses
staff
letter letters
name names named
guide guides
question questions
answer answers answered answering
help helps helped helping
cancel cancels cancelled cancelling
system systems
problem problems
team teams
exam exams
area areas
visa visas
idea ideas
fee fees
rule rules
choose chooses choosing chosen
include includes included including
improve improves improved improving
move moves moved moving
receive receives received receiving
""".strip().splitlines()]  # fmt: skip


def test_forms_meet() -> None:
    missed = [(family[0], form) for family in FAMILIES for form in family if stem(form) != stem(family[0])]
    assert not missed


def test_words_stay_apart() -> None:
    assert not [(a[0], b[0]) for a, b in combinations(FAMILIES, 2) if stem(a[0]) == stem(b[0])]


@pytest.mark.parametrize("word", ["is", "bring", "king", "red", "need", "sing", "used", "thing", "string"])
def test_short_words_survive(word: str) -> None:
    assert len(stem(word)) >= 2


@pytest.mark.parametrize(
    ("latvian", "english"),
    [
        ("partneri", "partners"),
        ("projektā", "projekt"),
        ("programmas", "programmes"),
        ("studenti", "students"),
    ],
)
def test_loan_words_of_both_languages_share_a_key(latvian: str, english: str) -> None:
    assert stem(latvian) == stem(english)
