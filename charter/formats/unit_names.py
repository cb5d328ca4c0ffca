"""What languages call the units of their texts: "Article", "Статья", "Điều", "ماده".

Each is an alternative of a pattern that is matched without regard to case, before the number or,
in `FIRST`, behind it. Names that are also short common words are left out: where a text counts
with one, `counted_names` finds it.
"""

from charter.text.kinds import Kind

_ARTICLES = (
    "article|art|rule|clause|regulation",
    "статья|ст|стаття|артыкул",  # Russian, Ukrainian, Belarusian
    "artículo|artikel|articolo|artigo|artykuł|artikkel|artikull|artikulo|articolul|articol",
    "artikl|článek|článok|čl|članak|neni",
    "airteagal|erthygl|pennad|artikulua",
    "άρθρο|αρθρο",
    "madde|maddə|маддә|моддаи|модда|мадда",  # Turkish, Azerbaijani, Tajik, Uzbek, Turkmen
    "հոդված|მუხლი|სტატია",
    "pasal|perkara|điều|điêu|ข้อ|มาตรา|ມາດຕາ|មាត្រា|អនុច្ឆេទ|အပိုဒ်|ပုဒ်မ",
    "अनुच्छेद|धारा|कलम|ধারা|অনুচ্ছেদ|ਧਾਰਾ|ਅਨੁਛੇਦ|અનુચ્છેદ|કલમ|ଧାରା|உறுப்புரை|பிரிவு"
    "|అనుచ్ఛేదము|అధికరణ|ವಿಧಿ|അനുച്ഛേദം|වගන්තිය",
    "المادة|مادة|ماده|مادهٔ|ماددە|ماددا|دفعہ|دفعه|آرٹیکل|סעיף",
    "kifungu(?: cha)?|ibara(?: ya)?|አንቀጽ|አንቀፅ",
    "§",
)

NAMES = {
    Kind.PART: "part|title|book|часть|книга|частка|част|část|časť|część|rész|partie|livre|titre"
    "|parte|libro|título|titolo|teil"
    "|titel|buch|μέρος|phần|bagian|bahagian|ภาค|قسمت|الباب|الجزء|باب",
    Kind.CHAPTER: "chapter|глава|раздзел|chapitre|capítulo|kapitel|capitolo|capo|rozdział|hlava"
    "|kapitola|fejezet|bölüm|fəsil|κεφάλαιο|chương|bab|หมวด|ໝວດ|ជំពូក|अध्याय|অধ্যায়|فصل|الفصل",
    Kind.SECTION: "section|sect|sec|раздел|розділ|sección|seção|abschnitt|sezione|oddiel|τμήμα"
    "|القسم|قسم|mục"
    "|sub-?section|подраздел|sous-section|subsección|unterabschnitt",
    Kind.ARTICLE: "|".join(_ARTICLES),
    Kind.ANNEX: "annex|appendix|schedule|exhibit|приложение|дадатак|додаток|прилог|annexe|anexo"
    "|anlage|anhang|allegato|załącznik|příloha|παράρτημα|lampiran|phụ lục|ภาคผนวก"
    "|المرفق|مرفق|الملحق|ملحق|پیوست|ضمیمه",
}

# "1-статья", "1‐nji madda", "5-бап", "2. cikk", "1 дүгээр зүйл"
FIRST = (
    "статья|берене|бап|модда|modda|madda|мадда|maddə|маддә|ماددا|ماددە"
    "|cikk|straipsnis|grein|artikla|atala|зүйл|වන වගන්තිය"
)

PREAMBLES = (
    "preamble|преамбула|прэамбула|preambul[ae]?|préambule|preámbulo|präambel|preambolo"
    "|preâmbulo|preambuła|kirish|кіріспе|кириш сөз|сарсухан|lời nói đầu|mukadimah|mukaddimah"
    "|प्रस्तावना|อารัมภบท|مقدمه|دیباچہ|序言|前言|前文|الديباجة|ديباجة"
)

# The languages whose articles are named above: a row of other words is no row of articles there.
LANGUAGES = frozenset({
    "en", "ru", "uk", "be", "hr", "bs", "cs", "sk", "pl", "hu", "ro", "sq", "el", "tr", "az", "uz",
    "tk", "tg", "kk", "ky", "mn", "ka", "hy", "fa", "ps", "ur", "ar", "he", "hi", "mr", "ne", "bn",
    "pa", "gu", "ta", "te", "kn", "ml", "si", "th", "lo", "km", "my", "vi", "id", "ms", "tl", "fil",
    "fr", "es", "pt", "it", "de", "nl", "sv", "da", "nb", "no", "nn", "fi", "et", "lt", "is", "ga",
    "cy", "eu", "ca", "gl", "zh", "ja", "ko",
})  # fmt: skip
