"""Documents of ten kinds, as they are typed: what each reads as, and that it comes back whole."""

import re

import pytest

from charter.formats import markdown, reading
from charter.text.numbering import labels
from charter.text.outline import Outline

RESOLUTION = """Resolution adopted by the Council

Shared rivers and their quiet banks

The Council,
Recalling its earlier decisions on rivers,
Noting with concern that water levels fall,
Bearing in mind the needs of later generations,
1. Calls upon all States to measure the levels of their rivers;
2. Requests the Secretary to:
(a) Publish the results every year;
(b) Report to the Council:
(i) on gaps;
(ii) on costs;
3. Decides to remain seized of the matter.
"""

RESOLUTION_READ = """\
Resolution adopted by the Council
paragraph Shared rivers and their quiet banks
preamble
  recital The Council,
  recital Recalling its earlier decisions on rivers,
  recital Noting with concern that water levels fall,
  recital Bearing in mind the needs of later generations,
paragraph 1. Calls upon all States to measure the levels of their rivers;
paragraph 2. Requests the Secretary to:
  point (a) Publish the results every year;
  point (b) Report to the Council:
    point (i) on gaps;
    point (ii) on costs;
paragraph 3. Decides to remain seized of the matter.
"""


FEDERAL_LAW = """РОССИЙСКАЯ ФЕДЕРАЦИЯ
ФЕДЕРАЛЬНЫЙ ЗАКОН
О тихих садах

Принят Государственной Думой 3 мая 2021 года

Глава 1. Общие положения

Статья 1. Предмет регулирования
Закон регулирует отношения в тихих садах.

Статья 2. Основные понятия
1. Для целей настоящего закона используются понятия:
1) сад - участок земли с деревьями;
2) тишина - отсутствие шума:
а) днём;
б) ночью.
2. Иные понятия используются в значениях статьи 1.
Статья 2.1. Шум
Часть первая. Шум измеряется.

Президент
Российской Федерации
В. Иванов
"""

FEDERAL_LAW_READ = """\
РОССИЙСКАЯ ФЕДЕРАЦИЯ ФЕДЕРАЛЬНЫЙ ЗАКОН О тихих садах
paragraph Принят Государственной Думой 3 мая 2021 года
chapter Глава 1 ‹Общие положения›
  article Статья 1 ‹Предмет регулирования› Закон регулирует отношения в тихих садах.
  article Статья 2 ‹Основные понятия›
    paragraph 1. Для целей настоящего закона используются понятия:
      point 1) сад - участок земли с деревьями;
      point 2) тишина - отсутствие шума:
        point а) днём;
        point б) ночью.
    paragraph 2. Иные понятия используются в значениях статьи 1.
  article Статья 2.1 ‹Шум› Часть первая. Шум измеряется.
    paragraph Президент Российской Федерации В. Иванов
"""


GERMAN_BYLAWS = """Satzung des Gartenfreunde Musterstadt e.V.

§ 1 Name, Sitz und Geschäftsjahr
(1) Der Verein führt den Namen „Gartenfreunde“.
(2) Er hat seinen Sitz in Musterstadt.

§ 2 Zweck
(1) Zweck ist die Pflege der Gärten. Der Zweck wird verwirklicht durch:
a) Kurse,
b) Feste,
c) Rat.
(2) § 1 Abs. 2 gilt entsprechend.

§ 3
Der Verein ist selbstlos tätig.
"""

GERMAN_BYLAWS_READ = """\
Satzung des Gartenfreunde Musterstadt e.V.
article § 1 ‹Name, Sitz und Geschäftsjahr›
  paragraph (1) Der Verein führt den Namen „Gartenfreunde“.
  paragraph (2) Er hat seinen Sitz in Musterstadt.
article § 2 ‹Zweck›
  paragraph (1) Zweck ist die Pflege der Gärten. Der Zweck wird verwirklicht durch:
    point a) Kurse,
    point b) Feste,
    point c) Rat.
  paragraph (2) § 1 Abs. 2 gilt entsprechend.
article § 3 Der Verein ist selbstlos tätig.
"""


CHINESE_REGULATION = """示例市花园管理条例

（2020年1月1日公布）

第一章　总　则

第一条　为了保护花园，制定本条例。

第二条　本条例适用于下列活动：
　　（一）种花；
　　（二）浇水；
　　（三）其他：
　　1．修剪；
　　2．清扫。

第二章　罚　则
第三条　违反本条例第二条第一款第（一）项规定的，处一百元罚款。
(一)轻微的，警告；
(二)严重的，罚款。
第四条　本条例自公布之日起施行。
"""

CHINESE_REGULATION_READ = """\
示例市花园管理条例
paragraph （2020年1月1日公布）
chapter 第一章 ‹总　则›
  article 第一条 为了保护花园，制定本条例。
  article 第二条 本条例适用于下列活动：
    point （一） 种花；
    point （二） 浇水；
    point （三） 其他：
      point 1． 修剪；
      point 2． 清扫。
chapter 第二章 ‹罚　则›
  article 第三条 违反本条例第二条第一款第（一）项规定的，处一百元罚款。
    point (一) 轻微的，警告；
    point (二) 严重的，罚款。
  article 第四条 本条例自公布之日起施行。
"""


ARABIC_STATUTE = """قانون الحدائق رقم 5 لسنة 2020

الباب الأول
أحكام عامة

المادة الأولى
يقصد بالحديقة كل أرض فيها شجر.

المادة (2)
تلتزم الجهات بما يأتي:
1- حماية الشجر.
2- نشر التقرير:
أ- سنويا.
ب- عند الطلب.

مادة 3: النفاذ
يعمل بهذا القانون من تاريخ نشره.
"""

ARABIC_STATUTE_READ = """\
قانون الحدائق رقم 5 لسنة 2020
part الباب الأول ‹أحكام عامة›
  article المادة الأولى يقصد بالحديقة كل أرض فيها شجر.
  article المادة (2) تلتزم الجهات بما يأتي:
    point 1- حماية الشجر.
    point 2- نشر التقرير:
      point أ- سنويا.
      point ب- عند الطلب.
  article مادة 3 ‹النفاذ› يعمل بهذا القانون من تاريخ نشره.
"""


STANDARD = """The Garden Gate Protocol

Abstract

   This memo describes how gates are opened.

1.  Introduction

   A gate is opened by a keeper.  Gates are described
   in Section 2.

1.1.  Terms

   The key words are used as they are.

2.  Opening

2.1.  Requests

   A request holds:

   o  a name;

   o  a time, which is either

      -  absolute, or

      -  relative.

2.2.  Answers

   The keeper answers with one of:

   1.  yes;

   2.  no.

Appendix A.  Examples

   None.
"""

STANDARD_READ = """\
The Garden Gate Protocol
paragraph Abstract
paragraph This memo describes how gates are opened.
section 1. ‹Introduction›
  paragraph A gate is opened by a keeper. Gates are described in Section 2.
  section 1.1. ‹Terms›
    paragraph The key words are used as they are.
section 2. ‹Opening›
  section 2.1. ‹Requests›
    paragraph A request holds:
    paragraph o a name;
    paragraph o a time, which is either
      point • absolute, or
      point • relative.
  section 2.2. ‹Answers›
    paragraph The keeper answers with one of:
      point 1. yes;
      point 2. no.
annex Appendix A. ‹Examples›
  paragraph None.
"""


REGULATION = """REGULATION 2031/7 OF THE GARDEN COUNCIL
of 3 May 2031
on quiet gardens
(Text with EEA relevance)

THE GARDEN COUNCIL,
Having regard to the Treaty, and in particular Article 5 thereof,
Whereas:
(1) Gardens are quiet.
(2) Noise should be measured. Under Article 3 of the Treaty it is.
HAS ADOPTED THIS REGULATION:

CHAPTER I
GENERAL PROVISIONS
Article 1
Subject matter
1. This Regulation lays down rules on gardens.
2. It does not apply to:
(a) parks;
(b) fields:
(i) of wheat;
(ii) of rye.
Article 2
Definitions
For the purposes of this Regulation:
(1) ‘garden’ means land with trees;
(2) ‘noise’ means any sound.

Done at Gardenville, 3 May 2031.
ANNEX I
List of gardens
1. The old one.
"""

REGULATION_READ = """\
REGULATION 2031/7 OF THE GARDEN COUNCIL of 3 May 2031 on quiet gardens (Text with EEA relevance)
preamble
  recital THE GARDEN COUNCIL,
  recital Having regard to the Treaty, and in particular Article 5 thereof,
  recital Whereas:
    point (1) Gardens are quiet.
    point (2) Noise should be measured. Under Article 3 of the Treaty it is.
  recital HAS ADOPTED THIS REGULATION:
chapter CHAPTER I ‹GENERAL PROVISIONS›
  article Article 1 ‹Subject matter›
    paragraph 1. This Regulation lays down rules on gardens.
    paragraph 2. It does not apply to:
      point (a) parks;
      point (b) fields:
        point (i) of wheat;
        point (ii) of rye.
  article Article 2 ‹Definitions› For the purposes of this Regulation:
    point (1) ‘garden’ means land with trees;
    point (2) ‘noise’ means any sound.
paragraph Done at Gardenville, 3 May 2031.
annex ANNEX I ‹List of gardens›
  paragraph 1. The old one.
"""


CODE_SECTION = """§ 101. Quiet gardens

(a) In general.—The keeper of a garden shall—
    (1) keep it quiet; and
    (2) report to the council—
        (A) each year; and
        (B) on request—
            (i) in writing; or
            (ii) in person.
(b) Exceptions.—Subsection (a) does not apply to—
    (1) parks; or
    (2) fields.

§ 102. Definitions

In this chapter, the term "garden" means land with trees.
"""

CODE_SECTION_READ = """\

article § 101 ‹Quiet gardens›
  point (a) In general.—The keeper of a garden shall—
    point (1) keep it quiet; and
    point (2) report to the council—
      point (A) each year; and
      point (B) on request—
        point (i) in writing; or
        point (ii) in person.
  point (b) Exceptions.—Subsection (a) does not apply to—
    point (1) parks; or
    point (2) fields.
article § 102 ‹Definitions›
  paragraph In this chapter, the term "garden" means land with trees.
"""


MINUTES = """# Minutes of the Garden Council

Date: 3 May 2031\\
Present: A. Rose, B. Fern

## 1. Opening

The chair opened at 10:00.

## 2. Votes

| Item | For | Against |
|------|----:|:-------:|
| Fence | 5 | 1 |
| Pond \\| well | 4 | 2 |

Decisions
---------

* The fence is built.
  1. by June;
  2. in wood.[^1]
* The pond waits.

[^1]: Oak if it can be had.
"""

MINUTES_READ = """\
Minutes of the Garden Council
paragraph Date: 3 May 2031 Present: A. Rose, B. Fern
section 1. ‹Opening›
  paragraph The chair opened at 10:00.
section 2. ‹Votes›
  paragraph | Item | For | Against |
  paragraph | Fence | 5 | 1 |
  paragraph | Pond \\| well | 4 | 2 |
section ‹Decisions›
  point • The fence is built.
    point 1. by June;
    point 2. in wood.^[Oak if it can be had.]
  point • The pond waits.
"""


CONTRACT = """SERVICE AGREEMENT

between the Garden and the Keeper

1. DEFINITIONS
1.1 In this Agreement:
1.1.1 "Garden" means the land;
1.1.2 "Keeper" means the person who keeps it.
1.2 Headings do not affect meaning.

2. SERVICES
2.1 The Keeper shall:
(a) water;
(b) prune.
2.2 Clause 1.1.2 applies.

IN WITNESS WHEREOF the parties have signed.
"""

CONTRACT_READ = """\
SERVICE AGREEMENT
paragraph between the Garden and the Keeper
section 1. ‹DEFINITIONS›
  paragraph 1.1. In this Agreement:
    point 1.1.1. "Garden" means the land;
    point 1.1.2. "Keeper" means the person who keeps it.
  paragraph 1.2. Headings do not affect meaning.
section 2. ‹SERVICES›
  paragraph 2.1. The Keeper shall:
    point (a) water;
    point (b) prune.
  paragraph 2.2. Clause 1.1.2 applies.
paragraph IN WITNESS WHEREOF the parties have signed.
"""


KINDS = {
    "resolution": (RESOLUTION, RESOLUTION_READ, "en", "x.txt"),
    "federal law": (FEDERAL_LAW, FEDERAL_LAW_READ, "ru", "x.txt"),
    "german bylaws": (GERMAN_BYLAWS, GERMAN_BYLAWS_READ, "de", "x.txt"),
    "chinese regulation": (CHINESE_REGULATION, CHINESE_REGULATION_READ, "zh", "x.txt"),
    "arabic statute": (ARABIC_STATUTE, ARABIC_STATUTE_READ, "ar", "x.txt"),
    "standard": (STANDARD, STANDARD_READ, "en", "x.txt"),
    "regulation": (REGULATION, REGULATION_READ, "en", "x.txt"),
    "code section": (CODE_SECTION, CODE_SECTION_READ, "en", "x.txt"),
    "minutes": (MINUTES, MINUTES_READ, "en", "x.md"),
    "contract": (CONTRACT, CONTRACT_READ, "en", "x.txt"),
}

each_kind = pytest.mark.parametrize(
    ("source", "read", "language", "name"), KINDS.values(), ids=KINDS
)


def shown(outline: Outline) -> str:
    """The title, and then each clause as one line: indent, kind, number, heading in ‹›, words."""
    lines = [outline.title]
    for (depth, clause), label in zip(outline.walk(), labels(outline), strict=True):
        heading = clause.heading and f"‹{clause.heading}›"
        parts = (clause.kind.value, label, heading, clause.text)
        lines.append("  " * depth + " ".join(part for part in parts if part))
    return "\n".join(lines) + "\n"


@each_kind
def test_it_reads_as_a_lawyer_would(source: str, read: str, language: str, name: str):
    assert shown(reading.read(source.encode(), name, language)) == read


@each_kind
def test_it_comes_back_from_markdown(source: str, read: str, language: str, name: str):
    outline = reading.read(source.encode(), name, language)
    assert markdown.read(markdown.write(outline), language) == outline


@each_kind
def test_no_word_is_lost_or_put_elsewhere(source: str, read: str, language: str, name: str):
    outline = reading.read(source.encode(), name, language)
    said = [outline.title]
    for (_, clause), label in zip(outline.walk(), labels(outline), strict=True):
        said += [label, clause.heading, clause.text]

    moved = re.sub(r"\[\^1\](.*?)\[\^1\]: (.*)", r"\2\1", source, flags=re.DOTALL)
    assert words(" ".join(said)) == words(moved)


def words(text: str) -> list[str]:
    """Letters and figures in order; Chinese lines are joined, so single signs there."""
    return re.findall(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+", text)
