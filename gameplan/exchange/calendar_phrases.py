"""The phrases of school calendars in English and Spanish, folded: small letters, no accents, no marks.

Each table lists phrases parted by " | "; `(?:day)?` means that the word may be missing. `<learn>` and
the like stand for the shared parts at the top. A new phrase goes into its table and the tests.
"""

from __future__ import annotations

import re

_SHARED = {
    "<learn>": "(?:kindergarten|kinder|pre ?k|preschool|grades?|schools?|class|classes|instruction|students|"
    "all students|attendance)",
    "<year>": r"(?:the )?(?:new )?(?:\d{4} (?:\d{2,4} )?)?(?:regular )?",
    "<clases>": "(?:clases?|escuela|instruccion|estudiantes|ciclo|cursos?|ano escolar|ano lectivo)",
    "<estacion>": "(?:invierno|primavera|otono|navidad|navidenas|accion de gracias|semana santa|pascua|"
    "fin de ano|diciembre|marzo|abril|noviembre|octubre|febrero|invernal|primaveral|escolar)",
    "<season>": "(?:winter|spring|fall|autumn|thanksgiving|christmas|holidays?|mid ?winter|mid ?year|"
    "year end|semester|easter|passover|ski|presidents?(?: day)?|new years?|"
    "february|april|october|november|december)",
}


def _phrases(listed: str) -> re.Pattern[str]:
    one_line = " ".join(listed.split())
    for mark, pattern in _SHARED.items():
        one_line = one_line.replace(mark, pattern)
    return re.compile(r"\b(?:" + "|".join(one_line.split(" | ")) + r")\b")


FIRST = _phrases(r"""
    (?:first|1st) (?:student )?day (?:of|for) <year><learn> | (?:first|1st) day of <year>year |
    (?:first|1st) (?:student|attendance|instructional) day | students (?:first|1st) day |
    (?:school|school year|classes|students) (?:begins?|starts?|opens?)(?! (?:at|late|early|\d)) |
    (?:beginning|start|opening) of <year>(?:school|school year|classes|instruction) |
    (?:primer|1er) dia (?:de|del|para) (?:los |las |el )?<clases> |
    (?:inicio|comienzo) (?:de|del) (?:las |los )?<clases> |
    (?:comienzan?|empiezan?|inician?) (?:las |el |la )?<clases>
""")
LAST = _phrases(r"""
    last (?:student )?day (?:of|for) <year><learn> | last day of <year>year |
    last (?:student|attendance|instructional) day | students last day |
    (?:school|school year|classes) (?:ends?|finish(?:es)?)(?! (?:at|early|\d)) |
    end of <year>(?:school|school year|classes) |
    ultimo dia (?:de|del|para) (?:los |las |el )?<clases> | fin (?:de|del) (?:las |los )?<clases> |
    (?:terminan?|finalizan?) (?:las |el |la )?<clases>
""")
FIRST_ALONE = re.compile(r"^(?:the )?(?:first day|primer dia)(?: is| es(?: el)?)?$")
LAST_ALONE = re.compile(r"^(?:the )?(?:last day|ultimo dia)(?: is| es(?: el)?)?$")
NOT_FIRST = _phrases("""
    before | after | second | 2nd | third | 3rd | fourth | 4th | spring | winter | summer | fall break |
    antes | despues | segundo | tercer | verano | invierno | primavera
""")
NOT_LAST = _phrases("""
    before | until | prior | summer school | first semester | 1st semester | first quarter | 1st quarter |
    fall | winter break | antes | hasta | primer semestre | escuela de verano
""")
STAFF_ONLY = _phrases("teachers? | staff | faculty | employees | maestros | docentes | personal | empleados")
STAFF_EDGE = _phrases("""
    (?:first|1st|last) (?:work ?)?day (?:of|for) (?:all |new )?(?:teachers?|staff|faculty|employees) |
    (?:teachers?|staff|faculty) (?:first|1st|last|return|report) |
    (?:primer|ultimo) dia (?:de|para) (?:los )?(?:maestros|docentes|empleados)
""")
STUDENTS = _phrases("students? | pupils? | estudiantes | alumnos")

NO_SCHOOL = _phrases(r"""
    no schools?(?! (?:board|bus|buses|busing|uniforms?|lunch|lunches|supplies|meeting|starts?|pictures?)) |
    no class(?:es)? | no students? | no pupils? | schools? (?:is |are |will be |all )?closed |
    (?:all )?closed for (?:all )?students | schools? (?:and )?offices closed |
    students? (?:holidays?|off|day off|vacation|free(?: day)?|non attendance(?: day)?) |
    (?:non|no) (?:student|attendance|school|instructional|instruction) days? | pupil free(?: day)? |
    students? (?:do not|dont|will not) (?:attend|report) |
    (?:school|district|pupil|staff and student) holidays? | schools? not in session |
    days? without school | days? off(?: from school)? |
    no (?:hay|habra|tendran|tendremos|se imparten) (?:clases?|escuela) |
    sin (?:clases?|escuela|estudiantes|alumnos) | (?:suspension|suspenden) (?:de )?(?:clases|labores) |
    escuelas? cerradas? | dias? feriados? | feriados? | dias? festivos? | asueto | dias? inhabil(?:es)? |
    (?:dias? )?libres? para (?:los )?(?:estudiantes|alumnos) |
    (?:estudiantes|alumnos) no (?:asisten|vienen) | dias? no lectivos?
""")
BREAK = _phrases(
    """
    <season> (?:school )?(?:break|recess|vacations?|holidays?|intersession|pause) | intersession |
    (?:vacaciones|receso|descanso) (?:de |del |por )?(?:la |el |las |los |dia de )?<estacion> | vacaciones
"""
)
SUMMER = _phrases("""
    summer (?:break|vacation|recess|school|session|program) | vacaciones de verano | escuela de verano | esy
""")
SURE_HOLIDAY = _phrases("""
    labor day | thanksgiving(?: day)? | christmas(?: eve| day)? | new years?(?: eve| day)? |
    martin luther king(?: jr| junior)? | mlk | m l k | dr king | memorial day | juneteenth |
    independence day | july 4(?:th)? | 4th of july | fourth of july | dia del trabajo |
    dia de accion de gracias | accion de gracias | navidad | nochebuena | ano nuevo | dia de los caidos |
    dia de la independencia | dia de martin luther king | dia de la recordacion | dia conmemorativo
""")
OTHER_HOLIDAY = _phrases(r"""
    veterans? day | columbus day | indigenous peoples?(?: day)? | presidents? day | washingtons? birthday |
    lincolns? birthday | good friday | easter(?: monday| sunday)? | election day | rosh hashanah? |
    yom kippur | diwali | eid(?: al \w+)? | lunar new year | chinese new year | cesar chavez(?: day)? |
    patriots? day | passover | hanukkah | halloween | holidays? | dia de los veteranos | dia de la raza |
    dia de los presidentes | viernes santo | semana santa | breaks? | recess | receso | descanso
""")
EVENT = _phrases("""
    concerts? | assembly | assemblies | lunch(?:eon)? | programs? | party | parties | parade | feast |
    performances? | plays? | sale | drive | fundraisers? | camps? | games? | tournaments? | practices? |
    shows? | dance | sing(?: along)? | carnival | festival | fair | social | dinner | breakfast |
    meetings? | ceremony | shop | deadline | due | pictures? | registration | sign ups? | potluck |
    crafts? | celebrations? | market | bazaar | auditions? | spirit week | dress | homework | packets? |
    clubs? | rehearsal | open house | back to school night | concierto | fiesta | desfile | reunion |
    ceremonia | feria
""")
SHORTER = _phrases(r"""
    early (?:release|dismissal|dismiss|out|closing|departure|closure) | (?:half|1 2) days? | minimum days? |
    (?:delayed|late) (?:start|arrival|opening)s? |
    (?:shortened|abbreviated|short|modified) (?:school )?days? |
    (?:noon|\d{1,2}(?: \d{2})?) (?:am |pm )?(?:dismissal|release) | dismiss(?:al)?(?: at)? (?:noon|\d+) |
    \d hour (?:delay|release) | salida (?:temprana|anticipada) | salen temprano | medio dia | entrada tarde |
    dia (?:corto|minimo|reducido)
""")
RESUMES = _phrases(r"""
    resumes? | reopens? | reconvenes? | students? (?:return|back|resume)\w* |
    returns? (?:to|from) (?:school|class|classes|break|winter|spring) | back (?:to|in) (?:school|class) |
    (?:regreso|regresan|vuelta|retorno) (?:a|al|de) (?:las |la )?(?:clases|escuela|vacaciones) |
    se reanudan(?: las clases)? | reanudacion | (?:los )?estudiantes regresan
""")
UNCERTAIN = _phrases("""
    possible | possibly | tentative | if needed | if necessary | make ?ups?(?: days?)? |
    (?:bad |inclement )?weather(?: days?)? | emergency days? | snow days? | flex days? | por confirmar |
    si es necesario | dias? de (?:recuperacion|reposicion|emergencia)
""")
WEATHER = _phrases("snow days? | (?:bad |inclement )?weather(?: days?)? | emergency days?")
STAFF = _phrases("""
    (?:teachers?|staff|faculty|educator) (?:work ?days?|in ?service|planning|prep|preparation|professional) |
    (?:teachers?|staff|faculty|educator) (?:training|institute|development|learning|days?|comp|exchange) |
    (?:teachers?|staff|faculty|educator) (?:convention|record) | professional (?:development|learning|days?) |
    p ?d days? | in ?service(?: days?)? | work ?days? | institute days? | planning days? | records? days? |
    (?:parent teacher |p t |family |student led )?conferences?(?: days?)? | grading days? |
    curriculum days? | capacitacion | desarrollo profesional | consejo tecnico(?: escolar)? |
    junta de maestros | conferencias | jornada pedagogica | planeacion | offices? closed |
    oficinas cerradas | asynchronous | remote learning | virtual | testing days? | distance learning |
    e ?learning(?: days?)?
""")
SOME_ONLY = _phrases(r"""
    elementary | middle schools? | high schools? | secondary | primary | pre ?k(?:indergarten)? | preschool |
    kindergarten | kinder | grades? \d\w* | grades? k | \d{1,2}(?:st|nd|rd|th) grade(?:rs?)? | seniors? |
    juniors | freshm[ae]n | sophomores? | k \d{1,2} | \d{1,2} \d{1,2} grade | primaria | secundaria |
    preparatoria | preescolar | grados? \d\w*
""")
EVERYONE = _phrases("""
    (?:pre ?k|pk|tk|k|kindergarten|ec) (?:to |through )?12 | all (?:grades|schools|students|levels) |
    district ?wide | todos los (?:estudiantes|grados|alumnos)
""")
RELIGIOUS = _phrases("religious | jewish | muslim | observance | observed by | cultural | religiosa")
WHOLE_YEAR = _phrases("""
    school year | academic year | instructional year | ano escolar | ano lectivo | ciclo escolar |
    curso escolar
""")
STRETCH = _phrases("""
    (?:semester|quarter|trimester|term|marking period|grading period|testing|assessment|window)s? |
    six weeks | nine weeks | enrollment | (?:semestre|trimestre|bimestre|periodo)s? | evaluacion(?:es)? |
    inscripcion(?:es)?
""")
EDGE = _phrases("""
    begins? | starts? | ends? | first day of | last day of | inicio de | inician? | fin de | terminan? |
    comienzan?
""")
DAYS_OFF_HEADING = _phrases("""
    holidays | breaks | vacations | holiday (?:calendar|list|schedule|dates) | days off | dias libres | festivos |
    recesos | vacaciones
""")
TITLE = _phrases("calendars? | calendarios? | dates | important | fechas | importantes")
ABOUT_CALENDAR = _phrases("""
    (?:board )?approved | adopted | revised | updated | printed | aprobado | revisado | actualizado
""")
