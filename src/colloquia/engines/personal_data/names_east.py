"""Names of persons in Chinese, Japanese and Korean: short, and known by what stands around them."""

from __future__ import annotations

import re

from colloquia.engines.personal_data.cues import alternation

_HAN = r"[\u4e00-\u9fff]"
_JAPANESE = r"[\u4e00-\u9fff々]"
# Commonest surnames of the 2020 report of China's Ministry of Public Security, and frequent double ones.
_CHINESE_SURNAME = (
    "(?:欧阳|司马|上官|诸葛|夏侯|东方|皇甫|尉迟|公孙|慕容|"
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈"
    "钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓鄧馮蕭蔣餘於葉蘇呂盧鍾譚陸範賈鄒龍賀顧龔萬錢嚴歐莊])"
)
# Of these hardly any other word ends with the same character, so that it is a surname also within a sentence.
_CERTAIN_SURNAME = (
    "[王李张刘陈杨黄赵吴徐孙朱胡郭罗郑梁宋唐邓冯曹彭肖董潘袁蔡蒋杜叶魏吕丁卢姚沈姜崔谭汪廖贾邹熊孟秦邱侯"
    "尹薛闫雷龚邵覃莫張劉陳楊黃趙吳孫羅鄭鄧馮蕭蔣葉呂盧譚鄒龔莊]"
)
_NO_NAME = "任何|罗马|羅馬|高等|高级|高級|石油|金融|江苏|江蘇|万一"
_TITLE = "(?:先生|女士|小姐|教授|博士|律师|同志|老师|律師|老師|太太)"
_CHINESE = rf"{_CHINESE_SURNAME}[·\u4e00-\u9fff]{{1,2}}"
_CHINESE_END = r"(?=[\s,.。，、；;！!（(]|$)"
_KOREAN = "[김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하][가-힣]{1,2}"
_JAPANESE_NAME = rf"{_JAPANESE}{{2,4}}[ \u3000]?[\u4e00-\u9fff々\u3040-\u30ff]{{0,4}}?"

_RULES = {
    "zh": (
        (
            "intro",
            (
                r"(?:我叫|我名叫|我的名字是|我的姓名是|本人叫|本人|我是|我姓名是)[:： ]{0,2}"
                rf"(?P<value>{_CHINESE}){_CHINESE_END}"
            ),
        ),
        ("title", rf"(?<![感多致])(?!{_NO_NAME})(?P<value>{_CHINESE})(?={_TITLE})"),
        ("title", rf"(?P<value>{_CERTAIN_SURNAME}|(?<!{_HAN}){_CHINESE_SURNAME})(?={_TITLE})"),
        ("closing", rf"(?P<value>{_CHINESE})[ \u3000]{{0,2}}(?=敬上|谨上|謹上|谨启|謹啟|敬启|敬啟|拜上)"),
    ),
    "ja": (
        (
            "intro",
            rf"(?:私の名前は|名前は|氏名は|私は)(?P<value>{_JAPANESE_NAME})(?=です|といい|と申)",
        ),
        ("intro", rf"(?P<value>{_JAPANESE}{{2,4}}[ \u3000]?{_JAPANESE}{{0,3}})(?=と申します|といいます)"),
    ),
    "ko": (
        (
            "intro",
            rf"(?:제 이름은|저는|성명은|이름은) ?(?P<value>{_KOREAN})(?=입니다|이라고|라고|이고)",
        ),
        ("title", rf"(?<![가-힣])(?P<value>{_KOREAN})(?= 씨| ?(?:님|드림|올림)(?![가-힣]))"),
    ),
}


def east_asian(code: str, field_end: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rules of one of the three languages, each with its pattern; ``value`` is the name."""
    name = rf"(?:{_HAN}|[·々가-힣]){{2,4}}(?: (?:{_HAN}|[가-힣]){{1,4}})?"
    field, closing = alternation(["field"], code), alternation(["closing"], code)
    below = rf"[!！。.，,]?[ \t]{{0,8}}[\r\n]\s{{0,8}}(?P<value>{name})[ \t]{{0,8}}(?=[\r\n]|\Z)"
    shapes = (
        *_RULES[code],
        ("field", rf"{field}[ \u3000]{{0,2}}[:：][ \u3000]{{0,3}}(?P<value>{name}){field_end}"),
        ("closing", rf"{closing}{below}"),
    )
    return tuple((rule, re.compile(shape)) for rule, shape in shapes)
