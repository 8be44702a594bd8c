"""The same signs for languages of which fewer words are known: the forms of command and the usual top marks."""
# ruff: noqa: E501

from feedforward.inspection.signs_languages import language

DUTCH = language(
    ignore=r"negeer\b|vergeet\b|sla\b.{0,20}\bover\b", rules=r"(?:eerdere|vorige|voorgaande|bovenstaande|alle) (?:\w+ )?(?:instructie|opdracht|aanwijzing|regel|bevel)\w*", measure=r"rubric|beoordelings(?:criteria|schema)|criteria",
    give=r"geef\b|ken\b|beoordeel\b|zet\b|moet\b.{0,30}\b(?:geven|krijgen)\b", top=r"(?:hoogste|maximale|volle|beste) (?:score|cijfer|punt\w*|waardering|aantal punten)|een (?:10|tien)\b|(\d{1,3}) (?:van|/) \1\b",
    target=r"\b(?:dit|deze|mijn) (?:opstel|tekst|essay|werk|verslag)|\b(?:elk|alle|ieder) (?:criteri\w*|onderdeel)", machine=r"\b(?:bericht|let op|opmerking|beste|aan)[ ,:]+(?:aan |voor )?(?:de )?(?:ai\b|ki\b|taalmodel|kunstmatige intelligentie)|\bals je een (?:ai|taalmodel)|\bje bent (?:nu|vanaf nu)\b",
    silence=r"\b(?:noem|vermeld) (?:geen|niet)\b.{0,20}(?:fout|zwak|gebrek)\w*|\balleen (?:positie|lof)\w*",
)  # fmt: skip
POLISH = language(
    ignore=r"zignoruj(?:cie)?\b|ignoruj(?:cie)?\b|pomin(?:cie)?\b|pomi[nń](?:cie)?\b|zapomnij(?:cie)?\b", rules=r"(?:poprzedni|wczesniejsz|wszystki|wcze[sś]niejsz|dotychczasow)\w* (?:\w+ )?(?:polece|instrukc|wskaz|zasad|rozkaz)\w*", measure=r"kryteri\w+|rubryk\w+",
    give=r"przyznaj(?:cie)?\b|daj(?:cie)?\b|wystaw(?:cie)?\b|ocen(?:cie)?\b|oce[nń]\b", top=r"(?:maksymaln|najwyzsz|pełn|peln|najlepsz)\w* (?:\w+ )?(?:liczb\w+ punkt\w+|ocen\w+|punkt\w+|wynik\w*|not\w+)|(\d{1,3}) ?(?:/|na) ?\1\b|szostk\w+|100 ?%",
    target=r"\b(?:tej|ten|te|ta|temu|moj\w+) (?:prac|tekst|esej|wypracowani)\w*|\b(?:kazd|wszystki)\w+ kryteri\w*", machine=r"\b(?:uwaga|wiadomosc|do|droga) (?:do |dla )?(?:ai\b|sztucznej inteligencji|modelu jezykowego)|\bjestes teraz\b|\bjesli jestes (?:ai|modelem|sztuczn)", silence=r"\bnie (?:wymieniaj|wspominaj|wskazuj)\b.{0,20}(?:bled|bład|błęd|słab|slab)\w*|\btylko (?:pozytywn|pochwa)\w*",
)  # fmt: skip
RUSSIAN = language(
    ignore=r"(?:про)?игнорируй(?:те)?|забудь(?:те)?|не обращай(?:те)? внимания на|отмени(?:те)?|пропусти(?:те)?", rules=r"(?:предыдущ|прежн|ранее|вышеуказанн|все|прошл|данн)\w*\s(?:\w+\s){0,2}?(?:инструкц|указани|правил|команд|приказ|распоряжени)\w*", measure=r"критери\w+(?: оцен\w+)?|рубрик\w+|шкал\w+ оцен\w+",
    give=r"поставь(?:те)?|дай(?:те)?|присвой(?:те)?|выстави(?:те)?|оцени(?:те)?|начисли(?:те)?", top=r"(?:высш|максимальн|наивысш|полн|лучш|отличн)\w*\s(?:\w+\s)?(?:балл|оценк|отметк)\w*|максимум баллов|пят[её]рк\w+|(\d{1,3}) из \1\b|100 ?%",
    target=r"(?:эт|мо|данн)\w+\s(?:сочинени|эссе|работ|текст)\w*|(?:кажд|все)\w*\s(?:критери|пункт)\w*", machine=r"(?:внимание|сообщение|обращение|примечание|уважаем\w+|дорог\w+|если ты|если вы)[ ,:—-]+(?:для )?(?:ии\b|нейросет\w+|искусственн\w+ интеллект\w*|языков\w+ модел\w+|чат-?бот\w*)|ты (?:теперь|больше не)\b|теперь ты\b", silence=r"не (?:упоминай|указывай|отмечай)(?:те)?\b.{0,20}(?:ошиб|недостат|слаб)\w*|только (?:положительн|хорош|похвал)\w*",
)  # fmt: skip
UKRAINIAN = language(
    ignore=r"(?:про)?ігноруй(?:те)?|забудь(?:те)?", rules=r"(?:попередн|всі|усі|раніш)\w*\s(?:\w+\s){0,2}?(?:інструкц|вказівк|правил|команд|наказ)\w*", measure=r"критері\w+|рубрик\w+", give=r"постав(?:те)?\b|дай(?:те)?|вистав(?:те)?|оціни(?:ть|те)?",
    top=r"(?:найвищ|максимальн|повн)\w*\s(?:\w+\s)?(?:бал|оцінк)\w*", target=r"(?:ц|мо)\w+\s(?:твор|есе|робот|текст)\w*|(?:кожн|всі)\w*\s(?:критері)\w*", machine=r"ти тепер\b|якщо ти (?:ші|модель|штучн)", silence=r"не (?:згадуй|вказуй)(?:те)?\b.{0,20}помил\w*",
)  # fmt: skip
TURKISH = language(
    ignore=r"yok say(?:in|ın)?\b|gormezden gel\w*|dikkate alma\w*|unut\b|unutun\b", rules=r"(?:onceki|tum|yukaridaki|butun|daha once\w*) (?:\w+ )?(?:talimat|komut|yonerge|kural|emir)\w*", measure=r"degerlendirme (?:olcut|kriter)\w*|rubrik\w*|puanlama\w*|kriter\w*|olcut\w*",
    give=r"\bver(?:in|iniz)?\b|puanla\w*|degerlendir\b", top=r"tam (?:puan|not)|en yuksek (?:puan|not)\w*|maksimum puan|100 puan|(\d{1,3}) uzerinden \1", target=r"\bbu (?:makale|metn|odev|kompozisyon|yazi|yazı|deneme)\w*|\b(?:her|tum|butun) (?:kriter|olcut)\w*",
    machine=r"\b(?:dikkat|not|mesaj|sevgili)[ ,:]+(?:yapay zeka|dil modeli)|\bartik sen\b|\bsen artik\b|\beger (?:bir )?(?:yapay zeka|dil modeli)", silence=r"\b(?:hata|eksik)\w*.{0,15}(?:belirtme|yazma|bahsetme)\b|\byalnizca olumlu|sadece olumlu",
)  # fmt: skip
SCANDINAVIAN = language(
    ignore=r"bortse\b|ignorer(?:a|er)?\b|glom\b|glem\b|se bort\b|strunta i\b|unohda\b|jata huomiotta|ala valita", rules=r"(?:tidigare|forega\w+|foregående|alla|tidligere|alle|forrige|aiemm\w+|kaikki|edelli\w+) (?:\w+ ){0,2}?(?:instruktion|anvisning|instruks|regler|regel|ohje|kaskyt|maarayks)\w*", measure=r"bedomnings\w+|kriteri\w+|vurderings\w+|arviointi\w+",
    give=r"\bge\b|\bgi\b|\bgiv\b|satt\b|\bsæt\b|tildel\w*\b|anna\b|antakaa\b", top=r"(?:hogsta|full|basta|høyeste|høyest|højeste|hoyeste|maksimal\w*|maximal\w*|fulle|bedste|beste|taydet|korkein|parhaat?) (?:mojliga |mulige )?(?:betyg\w*|poang\w*|poeng|point|karakter\w*|score|pisteet|arvosana\w*|vurdering)", target=r"\b(?:den har|detta|denne|dette|min|mitt|tamalle|tälle|talle) (?:uppsats|text|essa|stil|oppgav|opgave|tekst|arbet|essee|aine)\w*|\b(?:varje|alla|hvert|alle) kriteri\w*",
    machine=r"\b(?:till|til|kjære|kara|kære) (?:ai|ki|sprakmodell\w*)\b|\bdu ar nu\b|\bdu er na\b|\bdu er nu\b|\bom du ar en (?:ai|sprak)", silence=r"\b(?:namn inte|ikke nevn|nevn ikke|nævn ikke)\b.{0,20}(?:fel|svaghet|feil|fejl|svakhet)\w*|\b(?:bara|endast|kun) positiv\w*",
)  # fmt: skip
KOREAN = language(
    begin="", ignore=r"무시하(?:고|세요|십시오|라|여)|무시해|잊(?:고|으세요|어)|따르지 마", rules=r"(?:이전|앞|위|모든|기존|지금까지)[^.。\n]{0,10}?(?:지시|명령|지침|규칙|프롬프트|안내)", measure=r"평가 ?기준|채점 ?기준|루브릭",
    give=r"(?:주|매기|부여하|처리하|평가하|출력하)(?:세요|십시오|어라|시오|라)|줘|해\s?주세요", top=r"만점|최고\s?(?:점|점수|등급)|100점", target=r"(?:이|제|본)\s?(?:글|에세이|작문|논문|과제)|모든\s?(?:항목|기준)", machine=r"(?:AI|ai|인공지능|언어 ?모델)\s?(?:에게|채점자|님)|당신은 (?:이제|지금부터)|너는 이제", silence=r"(?:오류|단점|실수|약점)[^.]{0,8}(?:언급하지|지적하지) ?(?:마|말)|(?:칭찬|긍정적)[^.]{0,8}만 ",
)  # fmt: skip
ARABIC = language(
    begin="", ignore=r"تجاهل(?:ي|وا)?\b|انس[َى]?\b|تغاض[ىَ]?\b|لا تتبع", rules=r"(?:جميع|كل|هذه)?\s?(?:ال)?(?:تعليمات|أوامر|توجيهات|إرشادات|قواعد)(?:ك)?", measure=r"معايير|سلم التقييم|نموذج التصحيح",
    give=r"(?:و)?(?:امنح|أعط[ِى]?|اعط|ضع|قيّم|امنحي)", top=r"الدرجة (?:الكاملة|النهائية|القصوى|الأعلى)|العلامة (?:الكاملة|القصوى)|أعلى (?:درجة|علامة|تقييم)|درجات كاملة", target=r"(?:هذا|هذه)\s(?:ال)?(?:مقال|نص|مقالة|بحث|ورقة|عمل)\w*|(?:كل|جميع)\s(?:معيار|المعايير)", machine=r"(?:إلى|عزيزي|أيها|ملاحظة)\s(?:نموذج|الذكاء|المصحح الآلي)|أنت الآن", silence=r"(?:لا تذكر|دون ذكر)\s?.{0,10}(?:أخطاء|عيوب|ضعف|خطأ)",
)  # fmt: skip
HINDI = language(
    begin="", ignore=r"अनदेखा क|नज़रअंदाज़|नजरअंदाज|भूल जा|उपेक्षा क", rules=r"(?:पिछले|पहले|सभी|उपरोक्त|पूर्व)[^।\n]{0,12}?(?:निर्देश|आदेश|नियम)", measure=r"मूल्यांकन मानदंड|मापदंड|मानदंड|रूब्रिक", give=r"दें|दो\b|दीजिए|प्रदान करें", top=r"(?:पूरे|पूर्ण|अधिकतम|सर्वोच्च)\s?(?:अंक|नंबर|ग्रेड|स्कोर)", target=r"(?:इस|मेरे)\s?(?:निबंध|लेख|पाठ|उत्तर)|(?:हर|सभी)\s?मानदंड", machine=r"(?:प्रिय|ध्यान दें)[ ,:]*(?:एआई|AI|ai)|अब (?:आप|तुम)\b", silence=r"(?:गलति|कमि|त्रुटि)[^।]{0,12}(?:न बता|उल्लेख न)",
)  # fmt: skip
VIETNAMESE_INDONESIAN = language(
    ignore=r"bo qua\b|quen (?:di|het)\b|abaikan\b|lupakan\b", rules=r"(?:moi|tat ca|cac) (?:\w+ ){0,2}?(?:huong dan|chi (?:dan|thi)|lenh|quy tac|yeu cau)|(?:semua |seluruh )?(?:instruksi|perintah|petunjuk|aturan)\w*(?: \w+)? (?:sebelumnya|di atas|terdahulu)", measure=r"tieu chi|thang diem|rubrik|kriteria", give=r"\bcho\b|cham\b|beri(?:kan)?\b", top=r"diem (?:toi da|tuyet doi|cao nhat|10\b)|nilai (?:\w+ )?(?:tertinggi|sempurna|penuh|maksimal|maksimum|100)|skor (?:tertinggi|penuh|sempurna|maksimal)", target=r"\bbai (?:viet|luan|lam|van)(?: nay)?\b|\b(?:esai|tulisan|karangan|teks) (?:ini|saya)|\b(?:moi|tat ca) tieu chi|\b(?:semua|setiap) kriteria", machine=r"\bban bay gio la\b|\bgio ban la\b|\bneu ban la (?:ai|mo hinh)|\bkamu sekarang\b|\banda sekarang\b|\bjika anda (?:adalah )?(?:ai|model)", silence=r"\b(?:khong|dung) (?:neu|chi ra|nhac)\b.{0,15}(?:loi|sai|yeu)|\bjangan sebutkan\b.{0,15}(?:kesalahan|kelemahan)",
)  # fmt: skip

FOREIGN_FAR = (
    *DUTCH, *POLISH, *RUSSIAN, *UKRAINIAN, *TURKISH, *SCANDINAVIAN, *KOREAN, *ARABIC, *HINDI, *VIETNAMESE_INDONESIAN,
)  # fmt: skip
