"""Which long passwords does everybody choose? A short list of our own, without spaces, case or accents."""

from typing import Final

_DIGITS: Final = "01234567890123456789"
_ROWS: Final = (
    _DIGITS,
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "1a2z3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1qay2wsx3edc4rfv5tgb6zhn7ujm",
    "qazwsxedcrfvtgbyhnujm",
    "aqwzsxedcrfvtgbyhnujik",
)
RUNS: Final = (*_ROWS, *(row[::-1] for row in _ROWS))

_WORDS_TEXT: Final = """
motdepasse passe password passwort passw0rd contrasena azerty qwerty qwertz admin administrateur administrator
bonjour bonsoir salut coucou soleil doudou loulou chouchou cheval princesse dragon iloveyou jetaime amour
letmein welcome monkey football baseball superman batman pokemon naruto starwars ninja master login secret
connexion bienvenuebienvenue compte france paris essonne evry insertion portail departement temporaire
changemoi changeme nouveau provisoire initial default defaut janvier fevrier mars avril juin juillet aout
septembre octobre novembre decembre printemps automne hiver lundi mardi mercredi jeudi vendredi samedi dimanche
2019 2020 2021 2022 2023 2024 2025 2026 2027 2028 2029 2030
"""
WORDS: Final = frozenset(_WORDS_TEXT.split())

_COMMON_TEXT: Final = """
correcthorsebatterystaple correcthorsebattery horsebatterystaple thisismypassword thisisapassword
thisisasecret mypasswordissecret mysecretpassword nevergonnagiveyouup ineedapassword ihatepasswords
passwordpassword motdepassemotdepasse monmotdepasse monmotdepassesecret cestmonmotdepasse
ceciestmonmotdepasse ceciestunmotdepasse jaioubliemonmotdepasse motdepasseoublie motdepassesecurise
unmotdepassetreslong unlongmotdepasse unmotdepasselong lemotdepasse lemeilleurmotdepasse jesuisunmotdepasse
pasdemotdepasse administrateursysteme administratorpassword iloveyouforever iloveyousomuch iloveyoubaby
jetaimemonamour jetaimepourtoujours jetaimetropfort tuesmonamour mamanjetaime mamanpapajetaime papamamanjetaime
liberteegalitefraternite allonsenfantsdelapatrie vivelafrance vivelafranceetlarepublique lejourdegloireestarrive
tobeornottobe tobeornottobethatisthequestion etreounepasetre maitrecorbeausurunarbreperche
lacigaleayantchantetoutlete rienneservdecourir rienesertdecourir unefoisunjour iletaitunefois iletaitunefoisdanslouest
aujourdhuimamanestmorte longtempsjemesuiscouchedebonneheure demaindeslaube lessanglotslongsdesviolons
ouvretoisesame sesameouvretoi abracadabra supercalifragilistic supercalifragilisticexpialidocious
anticonstitutionnellement bonjourtoutlemonde bonjourlemonde bonjourmadame helloworldhelloworld
luttercontrelechomage lavieestbelle lavieestunlongfleuvetranquille laissemoientrer laissezmoientrer
parissaintgermain olympiquedemarseille ilovemanchester manchesterunited realmadridbarcelona
leseigneurdesanneaux lordoftherings starwarsstarwars maytheforcebewithyou quelaforcesoitavectoi
gameofthrones winteriscoming harrypotter expectopatronum carpediemcarpediem yesterdayallmytroubles
joyeuxanniversaire joyeuxnoel bonneannee happybirthday qwertyuiopasdfgh azertyuiopqsdfgh
zerounedeuxtroisquatre undeuxtroisquatrecinq undeuxtroisnousironsaubois frerejacquesfrerejacques
auclairdelalune alaclairefontaine unechansondouce ilpleutbergere surlepontdavignon
departementdelessonne conseildepartemental portailinsertion insertionessonne bienvenueauportail
"""
COMMON: Final = frozenset(_COMMON_TEXT.split())
