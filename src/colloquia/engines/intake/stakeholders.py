"""Words by which a column of a few values is known to tell who answered."""

from __future__ import annotations

from functools import cache

from colloquia.engines.intake.headings import normalise

WORDS = """
    individual|an individual|personal|private individual|citizen|private citizen
    |member of the public|public|person|organisation|organization|company|business|industry|firm|ngo
    |non governmental organisation|academic|academia|university|research|government|public authority
    |public body|member state|ip office|creator|artist|author|trade union|association
    |trade association|law firm|lawyer|civil society|individu|particulier|citoyen|entreprise|societe
    |association|organisme|gouvernement|universite|individuo|particular|ciudadano|empresa|asociacion
    |gobierno|universidad|organizacion|физическое лицо|юридическое лицо|гражданин|организация
    |компания|государственный орган|университет|فرد|منظمة|شركة|جامعة|حكومة|مواطن|个人|企业|公司|组织
    |机构|政府|高校|協會|協会|個人|團體|団体|法人|企業|組織|einzelperson|privatperson|burger|burgerin
    |unternehmen|verband|behorde|universitat|privato|cittadino|azienda|ente|associazione|개인|단체
    |기업|기관|법인|pessoa fisica|pessoa juridica|cidadao
"""


@cache
def _words() -> frozenset[str]:
    return frozenset(normalise(word) for word in WORDS.split("|"))


def is_stakeholder_word(value: str) -> bool:
    """Whether a value is a usual word for a kind of respondent."""
    return normalise(value) in _words()
