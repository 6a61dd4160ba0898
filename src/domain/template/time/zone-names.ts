/**
 * The abbreviations of the IANA time zones (CET, CEST, IST), which JavaScript's own time zone data does not give.
 *
 * Each block names abbreviations with their offset in minutes, `s` for summer time, and the zones that used them since
 * 1985. At any other offset a zone has no letters and is written as the offset itself (`+03`). `-` has none at all.
 */
const TABLE = `
-:
  Africa/Casablanca Africa/El_Aaiun America/Araguaina America/Argentina/Buenos_Aires America/Argentina/Catamarca
  America/Argentina/ComodRivadavia America/Argentina/Cordoba America/Argentina/Jujuy America/Argentina/La_Rioja
  America/Argentina/Mendoza America/Argentina/Rio_Gallegos America/Argentina/Salta America/Argentina/San_Juan
  America/Argentina/San_Luis America/Argentina/Tucuman America/Argentina/Ushuaia America/Asuncion America/Bahia
  America/Belem America/Boa_Vista America/Bogota America/Buenos_Aires America/Campo_Grande America/Caracas
  America/Catamarca America/Cayenne America/Cordoba America/Coyhaique America/Cuiaba America/Eirunepe
  America/Fortaleza America/Godthab America/Guayaquil America/Guyana America/Jujuy America/La_Paz America/Lima
  America/Maceio America/Manaus America/Mendoza America/Miquelon America/Montevideo America/Noronha America/Nuuk
  America/Paramaribo America/Porto_Acre America/Porto_Velho America/Punta_Arenas America/Recife America/Rio_Branco
  America/Rosario America/Santarem America/Santiago America/Sao_Paulo America/Scoresbysund Antarctica/Casey
  Antarctica/Davis Antarctica/DumontDUrville Antarctica/Mawson Antarctica/Palmer Antarctica/Rothera
  Antarctica/Syowa Antarctica/Troll Antarctica/Vostok Asia/Aden Asia/Almaty Asia/Anadyr Asia/Aqtau Asia/Aqtobe
  Asia/Ashgabat Asia/Ashkhabad Asia/Atyrau Asia/Baghdad Asia/Bahrain Asia/Baku Asia/Bangkok Asia/Barnaul
  Asia/Bishkek Asia/Brunei Asia/Chita Asia/Choibalsan Asia/Colombo Asia/Dacca Asia/Dhaka Asia/Dili Asia/Dubai
  Asia/Dushanbe Asia/Ho_Chi_Minh Asia/Hovd Asia/Irkutsk Asia/Kabul Asia/Kamchatka Asia/Kashgar Asia/Kathmandu
  Asia/Katmandu Asia/Khandyga Asia/Krasnoyarsk Asia/Kuala_Lumpur Asia/Kuching Asia/Kuwait Asia/Magadan Asia/Muscat
  Asia/Novokuznetsk Asia/Novosibirsk Asia/Omsk Asia/Oral Asia/Phnom_Penh Asia/Qatar Asia/Qostanay Asia/Qyzylorda
  Asia/Rangoon Asia/Riyadh Asia/Saigon Asia/Sakhalin Asia/Samarkand Asia/Singapore Asia/Srednekolymsk
  Asia/Tashkent Asia/Tbilisi Asia/Tehran Asia/Thimbu Asia/Thimphu Asia/Tomsk Asia/Ulaanbaatar Asia/Ulan_Bator
  Asia/Urumqi Asia/Ust-Nera Asia/Vientiane Asia/Vladivostok Asia/Yakutsk Asia/Yangon Asia/Yekaterinburg
  Asia/Yerevan Atlantic/Cape_Verde Atlantic/South_Georgia Atlantic/Stanley Australia/Eucla Australia/LHI
  Australia/Lord_Howe Brazil/Acre Brazil/DeNoronha Brazil/East Brazil/West Chile/Continental Chile/EasterIsland
  Etc/GMT+1 Etc/GMT+10 Etc/GMT+11 Etc/GMT+12 Etc/GMT+2 Etc/GMT+3 Etc/GMT+4 Etc/GMT+5 Etc/GMT+6 Etc/GMT+7 Etc/GMT+8
  Etc/GMT+9 Etc/GMT-1 Etc/GMT-10 Etc/GMT-11 Etc/GMT-12 Etc/GMT-13 Etc/GMT-14 Etc/GMT-2 Etc/GMT-3 Etc/GMT-4
  Etc/GMT-5 Etc/GMT-6 Etc/GMT-7 Etc/GMT-8 Etc/GMT-9 Europe/Astrakhan Europe/Samara Europe/Saratov Europe/Ulyanovsk
  Factory Indian/Chagos Indian/Christmas Indian/Cocos Indian/Kerguelen Indian/Mahe Indian/Maldives
  Indian/Mauritius Indian/Reunion Iran Kwajalein NZ-CHAT Pacific/Apia Pacific/Bougainville Pacific/Chatham
  Pacific/Chuuk Pacific/Easter Pacific/Efate Pacific/Enderbury Pacific/Fakaofo Pacific/Fiji Pacific/Funafuti
  Pacific/Galapagos Pacific/Gambier Pacific/Guadalcanal Pacific/Kanton Pacific/Kiritimati Pacific/Kosrae
  Pacific/Kwajalein Pacific/Majuro Pacific/Marquesas Pacific/Nauru Pacific/Niue Pacific/Norfolk Pacific/Noumea
  Pacific/Palau Pacific/Pitcairn Pacific/Pohnpei Pacific/Ponape Pacific/Port_Moresby Pacific/Rarotonga
  Pacific/Tahiti Pacific/Tarawa Pacific/Tongatapu Pacific/Truk Pacific/Wake Pacific/Wallis Pacific/Yap Singapore
ACDT630s,ACST570:
  Australia/Adelaide Australia/Broken_Hill Australia/South Australia/Yancowinna
ACST570:
  Australia/Darwin Australia/North
ADDT-120s,ADT-180s,AST-240:
  America/Goose_Bay
ADT-180s,AST-240:
  America/Glace_Bay America/Halifax America/Moncton America/Thule Atlantic/Bermuda Canada/Atlantic
AEDT660s,AEST600:
  Antarctica/Macquarie Australia/ACT Australia/Brisbane Australia/Canberra Australia/Currie Australia/Hobart
  Australia/Lindeman Australia/Melbourne Australia/NSW Australia/Queensland Australia/Sydney Australia/Tasmania
  Australia/Victoria
AKDT-480s,AKST-540:
  America/Anchorage America/Juneau America/Nome America/Sitka America/Yakutat US/Alaska
AKDT-480s,AKST-540,PST-480:
  America/Metlakatla
AST-240:
  America/Anguilla America/Antigua America/Aruba America/Barbados America/Blanc-Sablon America/Curacao
  America/Dominica America/Grenada America/Guadeloupe America/Kralendijk America/Lower_Princes America/Marigot
  America/Martinique America/Montserrat America/Port_of_Spain America/Puerto_Rico America/St_Barthelemy
  America/St_Kitts America/St_Lucia America/St_Thomas America/St_Vincent America/Tortola America/Virgin
AST-240,EDT-240s,EST-300:
  America/Grand_Turk
AST-240,EST-300:
  America/Santo_Domingo
AWDT540s,AWST480:
  Australia/Perth Australia/West
BST60s,GMT0:
  Europe/Belfast Europe/Guernsey Europe/Isle_of_Man Europe/Jersey Europe/London GB GB-Eire
CAST180s,CAT120,EAT180:
  Africa/Juba Africa/Khartoum
CAT120:
  Africa/Blantyre Africa/Bujumbura Africa/Gaborone Africa/Harare Africa/Kigali Africa/Lubumbashi Africa/Lusaka
  Africa/Maputo
CAT120,SAST120,WAT60:
  Africa/Windhoek
CDT-240s,CST-300:
  America/Havana Cuba
CDT-300s,CST-360:
  America/Chicago America/Costa_Rica America/El_Salvador America/Guatemala America/Matamoros America/Menominee
  America/Merida America/Mexico_City America/Monterrey America/Rainy_River America/Tegucigalpa America/Winnipeg
  CST6CDT Canada/Central Mexico/General US/Central
CDT-300s,CST-360,EDT-240s,EST-300:
  America/Cancun America/Indiana/Petersburg America/Indiana/Vincennes America/Indiana/Winamac America/Iqaluit
  America/Kentucky/Monticello America/Pangnirtung
CDT-300s,CST-360,EST-300:
  America/Indiana/Knox America/Indiana/Tell_City America/Knox_IN America/Managua America/Rankin_Inlet
  America/Resolute US/Indiana-Starke
CDT-300s,CST-360,EST-300,MDT-360s,MST-420:
  America/Cambridge_Bay
CDT-300s,CST-360,MDT-360s,MST-420:
  America/Bahia_Banderas America/Chihuahua America/Ciudad_Juarez America/North_Dakota/Beulah
  America/North_Dakota/Center America/North_Dakota/New_Salem America/Ojinaga
CDT540s,CST480:
  Asia/Chongqing Asia/Chungking Asia/Harbin Asia/Shanghai PRC
CEST120s,CET60:
  Africa/Ceuta Africa/Tunis Arctic/Longyearbyen Atlantic/Jan_Mayen CET Europe/Amsterdam Europe/Andorra
  Europe/Belgrade Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Budapest Europe/Busingen
  Europe/Copenhagen Europe/Gibraltar Europe/Ljubljana Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Monaco
  Europe/Oslo Europe/Paris Europe/Podgorica Europe/Prague Europe/Rome Europe/San_Marino Europe/Sarajevo
  Europe/Skopje Europe/Stockholm Europe/Tirane Europe/Vaduz Europe/Vatican Europe/Vienna Europe/Warsaw
  Europe/Zagreb Europe/Zurich Poland
CEST120s,CET60,EEST180s,EET120,MSD240s,MSK180:
  Europe/Vilnius
CEST120s,CET60,EET120:
  Africa/Tripoli Libya
CEST120s,CET60,WEST60s,WET0:
  Europe/Lisbon Portugal
CET60:
  Africa/Algiers
CST-360:
  America/Belize America/Regina America/Swift_Current Canada/Saskatchewan
CST480:
  Asia/Macao Asia/Macau Asia/Taipei ROC
ChST600,GST600:
  Pacific/Guam Pacific/Saipan
EAT180:
  Africa/Addis_Ababa Africa/Asmara Africa/Asmera Africa/Dar_es_Salaam Africa/Djibouti Africa/Kampala
  Africa/Mogadishu Africa/Nairobi Indian/Antananarivo Indian/Comoro Indian/Mayotte
EDT-240s,EST-300:
  America/Detroit America/Fort_Wayne America/Indiana/Indianapolis America/Indiana/Marengo America/Indiana/Vevay
  America/Indianapolis America/Kentucky/Louisville America/Louisville America/Montreal America/Nassau
  America/New_York America/Nipigon America/Port-au-Prince America/Thunder_Bay America/Toronto Canada/Eastern
  EST5EDT US/East-Indiana US/Eastern US/Michigan
EEST180s,EET120:
  Africa/Cairo Asia/Amman Asia/Beirut Asia/Damascus Asia/Famagusta Asia/Istanbul Asia/Nicosia EET Egypt
  Europe/Athens Europe/Bucharest Europe/Helsinki Europe/Istanbul Europe/Mariehamn Europe/Nicosia Europe/Sofia
  Turkey
EEST180s,EET120,IDT180s,IST120:
  Asia/Gaza Asia/Hebron
EEST180s,EET120,MSD240s,MSK180:
  Europe/Chisinau Europe/Kaliningrad Europe/Kiev Europe/Kyiv Europe/Minsk Europe/Riga Europe/Tallinn
  Europe/Tiraspol Europe/Uzhgorod Europe/Zaporozhye
EEST180s,EET120,MSD240s,MSK180,MSK240:
  Europe/Moscow Europe/Simferopol W-SU
EST-300:
  America/Atikokan America/Cayman America/Coral_Harbour America/Jamaica America/Panama EST Jamaica
GMT0:
  Africa/Abidjan Africa/Accra Africa/Bamako Africa/Banjul Africa/Bissau Africa/Conakry Africa/Dakar
  Africa/Freetown Africa/Lome Africa/Monrovia Africa/Nouakchott Africa/Ouagadougou Africa/Timbuktu
  America/Danmarkshavn Atlantic/Reykjavik Atlantic/St_Helena Etc/GMT Etc/GMT+0 Etc/GMT-0 Etc/GMT0 Etc/Greenwich
  GMT GMT+0 GMT-0 GMT0 Greenwich Iceland
GMT0,WAT60:
  Africa/Sao_Tome
GMT0,IST60s:
  Eire Europe/Dublin
HDT-540s,HST-600:
  America/Adak America/Atka US/Aleutian
HKT480:
  Asia/Hong_Kong Hongkong
HST-600:
  HST Pacific/Honolulu Pacific/Johnston US/Hawaii
IDT180s,IST120:
  Asia/Jerusalem Asia/Tel_Aviv Israel
IST330:
  Asia/Calcutta Asia/Kolkata
JST540:
  Asia/Tokyo Japan
KDT600s,KST540:
  Asia/Seoul ROK
KST510,KST540:
  Asia/Pyongyang
MDT-360s,MST-420:
  America/Boise America/Denver America/Edmonton America/Hermosillo America/Inuvik America/Mazatlan
  America/Shiprock America/Yellowknife Canada/Mountain MST7MDT Mexico/BajaSur Navajo US/Mountain
MEST120s,MET60:
  MET
MSD240s,MSK180,MSK240:
  Europe/Kirov Europe/Volgograd
MST-420:
  America/Creston America/Dawson_Creek America/Phoenix MST US/Arizona
MST-420,PDT-420s,PST-480:
  America/Dawson America/Fort_Nelson America/Whitehorse Canada/Yukon
NDDT-90s,NDT-150s,NST-210:
  America/St_Johns Canada/Newfoundland
NZDT780s,NZST720:
  Antarctica/McMurdo Antarctica/South_Pole NZ Pacific/Auckland
PDT-420s,PST-480:
  America/Ensenada America/Los_Angeles America/Santa_Isabel America/Tijuana America/Vancouver Canada/Pacific
  Mexico/BajaNorte PST8PDT US/Pacific
PDT540s,PST480:
  Asia/Manila
PKST360s,PKT300:
  Asia/Karachi
SAST120:
  Africa/Johannesburg Africa/Maseru Africa/Mbabane
SST-660:
  Pacific/Midway Pacific/Pago_Pago Pacific/Samoa US/Samoa
UTC0:
  Etc/UCT Etc/UTC Etc/Universal Etc/Zulu UCT UTC Universal Zulu
WAT60:
  Africa/Bangui Africa/Brazzaville Africa/Douala Africa/Kinshasa Africa/Lagos Africa/Libreville Africa/Luanda
  Africa/Malabo Africa/Ndjamena Africa/Niamey Africa/Porto-Novo
WEST60s,WET0:
  Atlantic/Azores Atlantic/Canary Atlantic/Faeroe Atlantic/Faroe Atlantic/Madeira WET
WIB420:
  Asia/Jakarta
WIB420,WITA480:
  Asia/Pontianak
WIT540:
  Asia/Jayapura
WITA480:
  Asia/Makassar Asia/Ujung_Pandang
`;

interface Abbreviation {
  readonly name: string;
  readonly minutes: number;
  readonly summer: boolean;
}

let zones: ReadonlyMap<string, readonly Abbreviation[]> | undefined;

function load(): ReadonlyMap<string, readonly Abbreviation[]> {
  const byZone = new Map<string, readonly Abbreviation[]>();
  let current: readonly Abbreviation[] = [];
  for (const line of TABLE.split('\n')) {
    if (line.startsWith(' ')) for (const zone of line.trim().split(' ')) byZone.set(zone, current);
    else current = [...line.matchAll(/([A-Za-z]+)(-?\d+)(s?)/g)].map(toAbbreviation);
  }
  return byZone;
}

const toAbbreviation = ([, name, minutes, summer]: RegExpMatchArray): Abbreviation => ({
  name: name as string,
  minutes: Number(minutes),
  summer: summer === 's',
});

export const isKnownZone = (id: string): boolean => (zones ??= load()).has(id);

/** Where two names share an offset (CST and MDT), the season decides. */
export function abbreviationOf(id: string, offset: number, isSummer: () => boolean): string {
  const candidates = ((zones ??= load()).get(id) ?? []).filter(({ minutes }) => minutes * 60 === offset);
  const [first] = candidates;
  // Before zones had names each place had its own time, to the second.
  if (!first) return offset % 60 === 0 ? numeric(offset) : 'LMT';
  if (candidates.length === 1 && !first.summer) return first.name;
  const summer = isSummer();
  const matching = candidates.find((candidate) => candidate.summer === summer);
  // A name of summer time does not fit a zone that has moved to this offset for good.
  return matching ? matching.name : numeric(offset);
}

function numeric(offset: number): string {
  const minutes = Math.trunc(Math.abs(offset) / 60);
  const pad = (part: number): string => String(part).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${pad(Math.trunc(minutes / 60))}${minutes % 60 ? pad(minutes % 60) : ''}`;
}
