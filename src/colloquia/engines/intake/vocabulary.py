"""Headings that people and survey tools give to the recognised fields, in eleven languages.

Within a field an earlier phrase is stronger: where a table has both ``Response ID`` and ``ID``,
the first one is the id. Phrases are compared after ``headings.normalise``.
"""

from __future__ import annotations

FIELDS: dict[str, str] = {
    "id": """
        submission id|response id|respondent id|responseid|submission number|submission no
        |submission reference|response number|response reference|reference number|comment id
        |contribution id|feedback id|tracking number|document id|reference|ref|receipt number
        |receipt no|case number|record id|entry id|unique id|identifier|id|arg id|argument id|uuid
        |key|number|no|nr|source id|participant id|consultation response id|identifiant
        |identifiant de la reponse|id de la reponse|numero de reponse|numero de reference
        |n de reponse|numero|identificador|id de respuesta|numero de respuesta|numero de referencia
        |folio|referencia|номер ответа|идентификатор|номер|регистрационный номер|رقم الرد|المعرف
        |رقم المرجع|الرقم|رقم|رقم المشاركة|回复编号|答复编号|意见编号|提交编号|编号|序号|編號|序號
        |回覆編號|antwort id|antwortnummer|beitrags id|kennung|laufende nummer|lfd nr|nummer
        |aktenzeichen|id risposta|numero risposta|identificativo|protocollo|受付番号|回答id|回答番号
        |意見番号|提出番号|管理番号|整理番号|番号|通し番号|응답 id|응답 번호|접수번호|접수 번호|번호
        |일련번호|id da resposta|numero da resposta|protocolo|index|row|row number
        """,
    "text": """
        text|answer|response|comment|comment text|comment body|body|full text|response text
        |answer text|argument|submission|submission text|opinion|opinions|contribution
        |contribution text|feedback|statement|message|remarks|content|your comment|your comments
        |your response|your answer|your views|your feedback|comments|responses|answers|views
        |observations|open ended response|free text|free text comment|verbatim|description|input
        |proposal|suggestion|reponse|texte|commentaire|commentaires|texte de la reponse|avis
        |contribution ecrite|observation|votre reponse|votre commentaire|message libre|remarque
        |remarques|respuesta|texto|comentario|comentarios|texto de la respuesta|observacion
        |observaciones|aportacion|aporte|su respuesta|su comentario|contribucion|ответ|текст
        |комментарий|комментарии|текст ответа|замечание|замечания|мнение|предложение|предложения
        |сообщение|الرد|نص الرد|النص|التعليق|التعليقات|الإجابة|الاجابة|الملاحظات|الرأي|تعليق|إجابة
        |مساهمة|المساهمة|意见|答复|回复|文本|正文|评论|回答|内容|意见内容|回复内容|反馈|反馈意见|建议
        |留言|意見|答覆|回覆|評論|內容|意見內容|反饋|建議|antwort|text der antwort|kommentar
        |kommentare|stellungnahme|beitrag|beitragstext|meinung|anmerkung|anmerkungen|nachricht|inhalt
        |beschreibung|risposta|testo|commento|commenti|osservazione|osservazioni|parere|contributo
        |ご意見|御意見|コメント|意見内容|意見本文|本文|回答内容|テキスト|意見の内容|ご意見の内容
        |意見概要|意見の概要|自由記述|의견|의견 내용|응답|답변|댓글|내용|본문|코멘트|의견내용
        |resposta|texto da resposta|contribuicao|observacoes|sugestao|opiniao
        """,
    "title": """
        title|subject|headline|heading|titre|objet|titulo|asunto|название|заголовок|тема|العنوان
        |الموضوع|标题|题目|主题|標題|主題|titel|betreff|überschrift|titolo|oggetto|件名|題名|タイトル
        |표제|제목|assunto
        """,
    "person": """
        name|full name|your name|respondent name|respondent|submitter|submitter name|commenter
        |author|author name|person|sender|contact name|first name|last name|surname|family name
        |given name|participant|participant name|nom|nom complet|nom et prenom|prenom|auteur
        |expediteur|nom du repondant|nombre|nombre completo|nombre y apellidos|apellidos|apellido
        |autor|remitente|имя|фио|фамилия|автор|респондент|полное имя|отправитель|имя и фамилия|الاسم
        |الاسم الكامل|اسم المشارك|المرسل|المؤلف|姓名|名字|作者|提交人|提交者|署名|vorname|nachname
        |vollstandiger name|verfasser|absender|einsender|nome|nome completo|cognome|nome e cognome
        |autore|mittente|氏名|名前|お名前|提出者|提出者名|投稿者|이름|성명|제출자|작성자|sobrenome
        |autor da resposta
        """,
    "organisation": """
        organisation|organization|organisation name|organization name|name of organisation
        |name of organization|name of your organisation|name of your organization|your organisation
        |your organization|company|company name|institution|institution name|entity|affiliation
        |employer|government agency|agency name|association|body|organisme|nom de l organisation
        |nom de l organisme|societe|entreprise|etablissement|organizacion|nombre de la organizacion
        |empresa|institucion|entidad|organismo|организация|название организации
        |наименование организации|компания|учреждение|المنظمة|اسم المنظمة|الجهة|المؤسسة|الشركة
        |اسم الجهة|المنظمه|组织|机构|单位|机构名称|组织名称|单位名称|公司|組織|機構|單位|機構名稱
        |公司名稱|organisationsname|name der organisation|firma|unternehmen|einrichtung|verband
        |organizzazione|nome dell organizzazione|azienda|ente|istituzione|組織名|団体名|所属|法人名
        |会社名|団体|法人団体名|所属団体|기관|기관명|단체|단체명|소속|회사|회사명|조직|소속기관
        |organizacao|nome da organizacao|instituicao|entidade
        """,
    "country": """
        country|country of residence|country of establishment|country of origin|country code
        |country name|your country|country territory|country or territory|member state
        |state or territory|location country|nation|state|pays|pays de residence|pays d origine
        |pays d etablissement|etat membre|pais|pais de residencia|pais de origen|estado miembro
        |страна|страна проживания|государство|страна регистрации|البلد|الدولة|بلد الإقامة|بلد الاقامة
        |دولة|国家|国家地区|国别|所在国|所在国家|居住国|國家|國別|所在國家|land|wohnsitzland|staat
        |herkunftsland|paese|paese di residenza|stato|nazione|国|国名|国籍|所在国名|국가|나라
        |거주 국가|거주국|국적|pais de origem
        """,
    "stakeholder": """
        stakeholder|stakeholder type|stakeholder group|stakeholder category|respondent type
        |type of respondent|respondent category|respondent group|type of organisation
        |type of organization|organisation type|organization type|user type|submitter type
        |category of respondent|sector|are you responding on behalf of|are you responding as
        |responding as|on behalf of
        |are you responding as an individual or on behalf of an organisation
        |are you responding as an individual or an organisation|in what capacity are you responding
        |i am giving my contribution as|capacity|category|type de repondant|type d organisation
        |categorie|categorie de repondant|secteur|partie prenante|qualite|tipo de encuestado
        |tipo de organizacion|tipo de participante|categoria|sector de actividad|parte interesada
        |тип респондента|категория|категория респондента|тип организации|сектор
        |заинтересованная сторона|نوع المشارك|الفئة|نوع الجهة|فئة المشارك|نوع المنظمة|القطاع
        |صاحب المصلحة|类别|类型|受访者类型|利益相关方|利益攸关方|机构类型|身份|類別|身分
        |art des teilnehmers|teilnehmertyp|kategorie|interessengruppe|sektor|art der organisation
        |tipo di rispondente|tipo di organizzazione|settore|portatore di interessi|種別|提出者種別
        |回答者種別|区分|属性|個人団体の別|個人法人の別|유형|응답자 유형|구분|이해관계자|기관 유형
        |tipo de respondente|setor
        """,
    "language": """
        language|language of my contribution|startlanguage|start language
        |language of response|language of submission|response language|user language
        |userlanguage|lang|locale|langue|langue de la reponse|idioma|idioma de la respuesta|lengua
        |язык|язык ответа|اللغة|لغة الرد|语言|语种|語言|語種|sprache|sprache der antwort|lingua|言語
        |使用言語|언어|사용 언어|lingua da resposta
        """,
    "date": """
        date submitted|submitted on|submission date|submitted at|date of submission|date received
        |received on|received date|received at|response date|recorded date|recordeddate|date recorded
        |posted date|date posted|publication date|date created|created at|created on|created
        |submitted|received|date|datetime|date and time|end date|enddate|completed at|completion time
        |timestamp|start date|startdate|time|date de soumission|date de reception|date de la reponse
        |date d envoi|soumis le|recu le|horodateur|fecha|fecha de envio|fecha de recepcion
        |fecha de presentacion|fecha de respuesta|enviado el|marca temporal|дата|дата отправки
        |дата получения|дата подачи|отметка времени|التاريخ|تاريخ التقديم|تاريخ الإرسال|تاريخ الارسال
        |تاريخ الاستلام|طابع زمني|日期|提交日期|提交时间|收到日期|时间|填写时间|提交時間|時間|datum
        |eingangsdatum|eingereicht am|abgabedatum|zeitstempel|eingegangen am|data|data di invio
        |data di presentazione|data di ricezione|informazioni cronologiche|日付|提出日|受付日|回答日
        |提出日時|受付日時|タイムスタンプ|送信日時|投稿日|날짜|제출일|접수일|일자|타임스탬프
        |제출 일시|data de envio|data de recebimento|carimbo de data hora
        """,
    "channel": """
        channel|distribution channel|distributionchannel|source channel|received via|received by
        |submission method|method of response|response channel|mode|medium|means of submission
        |collection mode|how received|canal|voie|mode de reception|medio|via de recepcion|канал
        |способ подачи|القناة|قناة التقديم|طريقة التقديم|渠道|提交方式|来源渠道|管道|kanal
        |eingangsweg|canale|modalita|提出方法|受付方法|経路|채널|제출 방법|접수 방법|meio
        """,
    "question": """
        question|question id|question number|question no|question code|question ref|question text
        |issue|issue number|issue id|issue no|item|topic number|numero de question|question posee
        |pregunta|numero de pregunta|вопрос|номер вопроса|السؤال|رقم السؤال|问题|问题编号|题号|問題
        |問題編號|frage|fragenummer|frage nr|domanda|numero domanda|設問|質問|設問番号|質問番号|질문
        |질문 번호|문항|문항 번호|pergunta|numero da pergunta
        """,
    "position": """
        position|stance|declared position|self declared position|overall position
        |posture|votre position|prise de position
        |postura|posicion|позиция|الموقف|立场|态度|立場|態度|haltung|posizione|賛否|입장|찬반|posicao
        """,
    "attachment": """
        attachment|attachments|attached file|attached files|attachment file|attachment files
        |attachment name|file|files|file name|filename|filenames|uploaded file|uploaded files|upload
        |uploads|document|documents|supporting document|supporting documents|content files
        |upload a file|file upload|please upload your file|file path|path|piece jointe|pieces jointes
        |fichier|fichiers|document joint|documents joints|annexe|annexes|nom du fichier|adjunto
        |adjuntos|archivo|archivos|archivo adjunto|archivos adjuntos|documento adjunto|fichero|anexo
        |anexos|вложение|вложения|файл|файлы|приложение|приложения|прикрепленный файл|имя файла
        |المرفق|المرفقات|مرفق|مرفقات|الملف|ملف|ملفات|اسم الملف|附件|文件|文件名|上传文件|附件名称
        |檔案|附加檔案|上傳檔案|anhang|anhange|anlage|anlagen|datei|dateien|dateiname|allegato
        |allegati|nome file|添付|添付ファイル|添付資料|ファイル|ファイル名|첨부|첨부파일|첨부 파일
        |파일|파일명|arquivo|arquivos|ficheiro
        """,
    "personal": """
        email|e mail|email address|e mail address|your email|your email address|mail|recipient email
        |recipientemail|contact email|ip address|ipaddress|ip|phone|phone number|telephone
        |telephone number|mobile|fax|postal address|address|street address|postcode|post code|zip
        |zip code|postal code|zip postal code|zipcode|date of birth|birth date|birthday|age
        |location latitude|locationlatitude|location longitude|locationlongitude|latitude|longitude
        |recipient last name|recipientlastname|recipient first name|recipientfirstname
        |passport number|national id|signature|ip adresse|device id|adresse e mail|courriel
        |adresse electronique|telephone portable|adresse postale|adresse|code postal
        |date de naissance|adresse ip|correo|correo electronico|direccion de correo electronico
        |telefono|direccion|codigo postal|direccion ip|fecha de nacimiento|электронная почта
        |адрес электронной почты|эл почта|телефон|адрес|почтовый адрес|индекс|дата рождения
        |البريد الإلكتروني|البريد الالكتروني|الهاتف|رقم الهاتف|العنوان البريدي|تاريخ الميلاد|电子邮件
        |电子邮箱|邮箱|电话|手机|地址|邮编|ip地址|出生日期|電子郵件|電話|電郵|e mail adresse|telefon
        |telefonnummer|anschrift|postleitzahl|plz|geburtsdatum|posta elettronica|indirizzo email
        |indirizzo|telefono cellulare|メール|メールアドレス|電話番号|住所|郵便番号|生年月日
        |電子メール|이메일|전자우편|전화|전화번호|주소|우편번호|생년월일|endereco de email|telefone
        |endereco
        """,
    "tool": """
        progress|duration in seconds|duration|finished|external reference|externalreference
        |collector id|date modified|custom data 1|custom data|start time|last modified|modified at
        |updated at|last updated|survey id|agency id|docket id|url|link|source url|user agent
        |referrer|author id|seconds|time taken|completion status|random seed|seed|lastpage|last page
        |last update|alias
        """,
}

# Parts of long headings, as survey tools write out the whole question; weaker than a heading of its own.
PHRASES: tuple[tuple[str, str], ...] = (
    (
        "personal",
        (
            r"\be ?mail\b|\bphone number\b|\bpostcode\b|\bpostal "
            r"address\b|\bip address\b|correo electronico|courriel"
        ),
    ),
    (
        "organisation",
        (
            r"\bname of (the |your )?(organi[sz]ation|company|institution|entity)\b|^what "
            r"is your organi[sz]ation"
        ),
    ),
    ("organisation", r"\b(organi[sz]ation|company|institution) s? ?name\b|^(your )?organi[sz]ation$"),
    (
        "stakeholder",
        (
            r"\bresponding (as|on behalf of|in)\b|\bin what "
            r"capacity\b|\b(respondent|stakeholder|organi[sz]ation) (type|group|category)\b"
        ),
    ),
    (
        "stakeholder",
        (
            r"\bbest describes (you|your organi[sz]ation)\b|\bat "
            r"(titre|quel titre)\b|\ben nombre de\b.*\bresponde"
        ),
    ),
    ("person", r"^(what is |please (enter|give|provide|state) )?your (full )?name\b"),
    (
        "country",
        (
            r"\b(in )?(which|what) country\b|\bcountry (of|where|in "
            r"which)\b|\byour country\b|\bquel pays\b|\bque pais\b|welchem land"
        ),
    ),
    (
        "attachment",
        r"\b(upload|attach) (a |your |any |the )?(file|document|supporting|attachment|pdf|response)",
    ),
    ("language", r"\b(which|what|preferred) language\b"),
)
