"""Names of countries (`Country: other names, …`) and of large cities (`Country: City=other,names; …`)."""

from __future__ import annotations

from typing import Final

COUNTRIES: Final = """
Germany: Deutschland, Allemagne, Alemania, Alemanha, Germania, Niemcy, DE, 德国, ドイツ, 독일, Германия, Almanya
Austria: Österreich, Autriche, Áustria, AT, Австрия
Switzerland: Schweiz, Suisse, Suiza, Suíça, Svizzera, CH, Швейцария
United Kingdom: UK, U.K., GB, Great Britain, Britain, England, Scotland, Wales, Northern Ireland, Großbritannien,
  Vereinigtes Königreich, Royaume-Uni, Reino Unido, Великобритания, 英国, イギリス
Ireland: Irland, Irlande, Irlanda, IE
France: Frankreich, Francia, França, FR, Франция, 法国, フランス
Spain: España, Spanien, Espagne, Espanha, ES, Испания, 西班牙
Portugal: PT, Португалия
Italy: Italia, Italien, Italie, Itália, IT, Италия
Netherlands: Niederlande, Pays-Bas, Países Bajos, Países Baixos, Holland, The Netherlands, NL, Nederland
Belgium: Belgien, Belgique, Bélgica, België, BE
Luxembourg: Luxemburg, Luxemburgo, LU
Denmark: Dänemark, Danemark, Dinamarca, Danmark, DK
Sweden: Schweden, Suède, Suecia, Suécia, Sverige, SE
Norway: Norwegen, Norvège, Noruega, Norge, NO
Finland: Finnland, Finlande, Finlandia, Finlândia, Suomi, FI
Iceland: Island, Islande, Islandia
Poland: Polska, Polen, Pologne, Polonia, Polônia, PL, Польша
Czech Republic: Czechia, Tschechien, République tchèque, Česko, CZ
Slovakia: Slowakei, Slovaquie, Slovensko, SK
Hungary: Ungarn, Hongrie, Hungría, Magyarország, HU
Romania: Rumänien, Roumanie, Rumania, Romênia, România, RO
Bulgaria: Bulgarien, Bulgarie, BG, България
Greece: Griechenland, Grèce, Grecia, Grécia, Ελλάδα, GR
Croatia: Kroatien, Croatie, Hrvatska, HR
Serbia: Serbien, Serbie, Srbija, RS
Slovenia: Slowenien, Slovénie, Slovenija
Estonia: Estland, Eesti, EE
Latvia: Lettland, Latvija, LV
Lithuania: Litauen, Lietuva, LT
Ukraine: Україна, Украина, UA, Ucrania
Russia: Russian Federation, Russland, Russie, Rusia, Rússia, Россия, RU
Turkey: Türkiye, Türkei, Turquie, Turquía, Turquia, TR
United States: USA, U.S.A., US, U.S., United States of America, Vereinigte Staaten, États-Unis, Estados Unidos, EE.
  UU., EUA, США, 美国, アメリカ, 미국
Canada: Kanada, Canadá, CA, Канада
Mexico: México, Mexiko, Mexique, MX
Brazil: Brasil, Brasilien, Brésil, BR, Бразилия, 巴西
Argentina: Argentinien, Argentine, AR
Chile: Chili, CL
Colombia: Kolumbien, Colombie, Colômbia, CO
Peru: Perú, Pérou, PE
Uruguay: UY
India: Indien, Inde, Índia, IN, भारत, 印度
China: Chine, 中国, 中國, CN, Китай
Hong Kong: HK, 香港
Taiwan: 台灣, 台湾, TW
Japan: Japon, Japón, Japão, 日本, JP, Япония
South Korea: Korea, Republic of Korea, Südkorea, Corée du Sud, Corea del Sur, Coreia do Sul, 대한민국, 한국, KR
Vietnam: Việt Nam, Viet Nam, VN
Thailand: Thaïlande, TH, ประเทศไทย
Indonesia: Indonesien, Indonésie, ID
Malaysia: MY
Philippines: Philippinen, Filipinas, PH
Singapore: Singapur, Singapour, SG, 新加坡
Australia: Australien, Australie, Austrália, AU
New Zealand: Neuseeland, Nouvelle-Zélande, NZ
Israel: Israël, ישראל, IL
Egypt: Ägypten, Égypte, Egipto, Egito, مصر, EG
United Arab Emirates: UAE, Vereinigte Arabische Emirate, Émirats arabes unis, الإمارات, AE
Saudi Arabia: Saudi-Arabien, Arabie saoudite, السعودية, SA
Morocco: Marokko, Maroc, Marruecos, Marrocos, المغرب, MA
Tunisia: Tunesien, Tunisie, تونس
Algeria: Algerien, Algérie
South Africa: Südafrika, Afrique du Sud, Sudáfrica, África do Sul, ZA
Nigeria: NG
Kenya: Kenia, KE
Ghana: GH
Pakistan: PK, پاکستان
Bangladesh: BD
Sri Lanka: LK
"""

CITIES: Final = """
Germany: Berlin; Munich=München,Muenchen,Múnich,Munique,Monaco di Baviera; Hamburg; Cologne=Köln,Koeln,Colonia;
  Frankfurt=Frankfurt am Main; Stuttgart; Düsseldorf=Duesseldorf; Leipzig; Dresden; Hanover=Hannover;
  Nuremberg=Nürnberg,Nuernberg; Bremen; Essen; Dortmund; Bonn; Karlsruhe; Mannheim; Heidelberg; Freiburg; Münster;
  Augsburg; Wiesbaden; Mainz; Kiel; Potsdam; Aachen; Darmstadt; Ulm; Wolfsburg; Regensburg; Jena; Bielefeld; Bochum;
  Duisburg; Kassel; Würzburg; Ingolstadt; Rostock; Magdeburg; Erfurt; Chemnitz; Saarbrücken; Walldorf
Austria: Vienna=Wien,Vienne,Viena; Graz; Linz; Salzburg; Innsbruck; Klagenfurt
Switzerland: Zurich=Zürich,Zuerich,Zúrich,Zurique; Geneva=Genf,Genève,Ginebra,Genebra; Basel=Bâle,Basilea;
  Bern=Berne; Lausanne; Zug; Lucerne=Luzern; Lugano; St. Gallen=Sankt Gallen; Winterthur
United Kingdom: London=Londres,Londra; Manchester; Edinburgh; Leeds; Birmingham; Glasgow; Bristol; Liverpool;
  Cambridge; Oxford; Sheffield; Newcastle=Newcastle upon Tyne; Nottingham; Cardiff; Belfast; Brighton; Reading UK;
  Southampton; Leicester; Aberdeen; Milton Keynes; Coventry; York; Bath UK
Ireland: Dublin; Cork; Galway; Limerick
France: Paris; Lyon=Lyons; Marseille; Toulouse; Nantes; Bordeaux; Lille; Nice France; Strasbourg=Straßburg;
  Montpellier; Rennes; Grenoble; Sophia Antipolis; Rouen; Dijon; Angers; Aix-en-Provence; Clermont-Ferrand; Reims;
  Le Havre; Tours France; Toulon
Spain: Madrid; Barcelona=Barcelone; Valencia; Seville=Sevilla; Bilbao; Málaga=Malaga; Zaragoza; Palma=Palma de
  Mallorca; Alicante; Granada; Murcia; San Sebastián=Donostia; A Coruña=La Coruña; Vigo; Valladolid; Las Palmas
Portugal: Lisbon=Lisboa,Lissabon,Lisbonne; Porto=Oporto; Braga; Coimbra; Aveiro; Faro
Italy: Milan=Milano,Mailand,Milán,Milão; Rome=Roma,Rom; Turin=Torino; Bologna; Florence=Firenze,Florenz;
  Naples=Napoli,Neapel; Venice=Venezia; Genoa=Genova; Verona; Padua=Padova; Bari; Palermo; Catania
Netherlands: Amsterdam; Rotterdam; The Hague=Den Haag; Utrecht; Eindhoven; Delft; Groningen; Leiden; Nijmegen;
  Haarlem
Belgium: Brussels=Bruxelles,Brüssel,Bruselas,Bruxelas,Brussel; Antwerp=Antwerpen,Anvers; Ghent=Gent; Leuven; Liège
Denmark: Copenhagen=København,Kopenhagen,Copenhague; Aarhus; Odense
Sweden: Stockholm=Estocolmo; Gothenburg=Göteborg; Malmö; Uppsala; Lund Sweden
Norway: Oslo; Bergen; Trondheim; Stavanger
Finland: Helsinki; Espoo; Tampere; Turku; Oulu
Iceland: Reykjavik=Reykjavík
Poland: Warsaw=Warszawa,Warschau,Varsovie,Varsovia,Varsóvia; Krakow=Kraków,Cracow,Krakau; Wrocław=Breslau;
  Gdańsk=Danzig; Poznań=Posen; Łódź; Katowice; Gdynia; Szczecin; Lublin
Czech Republic: Prague=Praha,Prag,Praga; Brno=Brünn; Ostrava; Plzeň
Slovakia: Bratislava; Košice
Hungary: Budapest; Debrecen; Szeged
Romania: Bucharest=București,Bukarest,Bucarest; Cluj-Napoca=Cluj; Timișoara; Iași; Brașov
Bulgaria: Sofia=София; Plovdiv; Varna
Greece: Athens=Αθήνα,Athen,Athènes,Atenas; Thessaloniki=Θεσσαλονίκη; Patras
Croatia: Zagreb; Split Croatia
Serbia: Belgrade=Beograd,Belgrad; Novi Sad
Slovenia: Ljubljana
Estonia: Tallinn; Tartu
Latvia: Riga=Rīga
Lithuania: Vilnius; Kaunas
Ukraine: Kyiv=Kiev,Київ,Киев,Kiew; Lviv=Львів,Lemberg; Kharkiv; Odesa=Odessa; Dnipro
Russia: Moscow=Москва,Moskau,Moscou,Moscú; Saint Petersburg=St. Petersburg,Санкт-Петербург,Sankt Petersburg;
  Kazan=Казань; Novosibirsk=Новосибирск; Yekaterinburg=Екатеринбург; Nizhny Novgorod=Нижний Новгород
Turkey: Istanbul=İstanbul,Estambul,Istambul; Ankara; Izmir=İzmir; Bursa; Antalya
United States: New York=New York City,NYC,Manhattan,Brooklyn,Nueva York,Nova York,Nova Iorque; San Francisco=SF Bay
  Area,Bay Area,San Francisco Bay Area; Los Angeles; Chicago; Seattle; Austin; Boston; Denver; Dallas; Houston;
  Atlanta; Miami; Philadelphia; San Diego; San Jose=Silicon Valley; Portland; Phoenix Arizona; Minneapolis; Detroit;
  Salt Lake City; Washington=Washington DC,Washington D.C.; Nashville; Charlotte; Raleigh; Pittsburgh; Columbus;
  Baltimore; Las Vegas; San Antonio; Orlando; Tampa; Indianapolis; Cleveland; St. Louis; Kansas City; Sacramento;
  Palo Alto; Mountain View; Cupertino; Redmond; Boulder; Oakland; Cincinnati; Milwaukee; New Orleans
Canada: Toronto; Vancouver; Montreal=Montréal; Ottawa; Calgary; Waterloo Ontario; Edmonton; Quebec City=Québec;
  Winnipeg; Halifax
Mexico: Mexico City=Ciudad de México,CDMX; Guadalajara; Monterrey; Tijuana; Puebla; Querétaro
Brazil: São Paulo=Sao Paulo; Rio de Janeiro; Belo Horizonte; Curitiba; Porto Alegre; Florianópolis=Floripa; Recife;
  Brasília; Salvador Bahia=Salvador; Fortaleza; Campinas; Goiânia; Manaus; Natal Brazil; Vitória; Belém
Argentina: Buenos Aires; Córdoba; Rosario; Mendoza
Chile: Santiago=Santiago de Chile; Valparaíso
Colombia: Bogotá=Bogota; Medellín; Cali; Barranquilla
Peru: Lima
Uruguay: Montevideo
India: Bangalore=Bengaluru,बेंगलुरु; Mumbai=Bombay,मुंबई; Delhi=New Delhi,दिल्ली; Pune=पुणे; Hyderabad;
  Chennai=Madras; Kolkata=Calcutta; Gurgaon=Gurugram; Noida; Ahmedabad; Jaipur; Kochi; Chandigarh; Coimbatore;
  Indore
China: Shanghai=上海; Beijing=北京,Peking,Pékin; Shenzhen=深圳; Guangzhou=广州; Hangzhou=杭州; Chengdu=成都;
  Nanjing=南京; Wuhan=武汉; Suzhou=苏州; Xi'an=西安
Taiwan: Taipei=台北; Hsinchu=新竹
Japan: Tokyo=東京,Tokio,Tóquio; Osaka=大阪; Kyoto=京都; Fukuoka=福岡; Yokohama=横浜; Nagoya=名古屋; Sapporo=札幌
South Korea: Seoul=서울,Seúl,Seul; Busan=부산; Incheon=인천; Daejeon=대전
Vietnam: Hanoi=Hà Nội; Ho Chi Minh City=Hồ Chí Minh,Saigon,Thành phố Hồ Chí Minh; Da Nang=Đà Nẵng
Thailand: Bangkok=กรุงเทพ; Chiang Mai
Indonesia: Jakarta; Bandung; Surabaya
Malaysia: Kuala Lumpur; Penang
Philippines: Manila; Cebu; Makati
Australia: Sydney; Melbourne; Brisbane; Perth; Adelaide; Canberra
New Zealand: Auckland; Wellington; Christchurch
Israel: Tel Aviv=תל אביב,Tel-Aviv; Haifa=חיפה; Jerusalem=ירושלים; Herzliya=הרצליה
Egypt: Cairo=القاهرة,Kairo,Le Caire,El Cairo; Alexandria=الإسكندرية
United Arab Emirates: Dubai=دبي; Abu Dhabi=أبو ظبي
Saudi Arabia: Riyadh=الرياض; Jeddah=جدة
Morocco: Casablanca; Rabat; Marrakesh=Marrakech
Tunisia: Tunis
South Africa: Cape Town=Kapstadt; Johannesburg; Durban; Pretoria
Nigeria: Lagos; Abuja
Kenya: Nairobi
Ghana: Accra
Pakistan: Karachi; Lahore; Islamabad
Bangladesh: Dhaka
Sri Lanka: Colombo
"""
