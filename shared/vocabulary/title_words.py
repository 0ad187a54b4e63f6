"""Words of job titles in many languages, each line one meaning: `meaning: word, two words, …`."""

from __future__ import annotations

from typing import Final

# The seniority a word marks. A mark is only a mark where no longer phrase of MEANINGS holds the word.
LEVEL_MARKS: Final = """
c_level: ceo, cto, cfo, coo, cmo, cpo, cro, cio, ciso, chro, cdo, cco, clo, chief executive, president, managing
  director, general counsel, geschäftsführer, geschäftsführerin, geschäftsführung, geschäftsführender
  gesellschafter, vorstand, vorständin, vorstandsvorsitzender, founder, co-founder, cofounder, gründer, mitgründer,
  fondateur, cofondateur, fondatrice, pdg, directeur général, directrice générale, director general, directora
  general, director ejecutivo, fundador, cofundador, diretor geral, diretor executivo, diretor-geral,
  diretor-executivo, diretor presidente, diretor técnico, presidente, sócio fundador, socio fundador, amministratore
  delegato, генеральный директор, технический директор, финансовый директор, коммерческий директор, исполнительный
  директор, основатель, 社長, 代表取締役, 最高経営責任者, 最高技術責任者, 最高財務責任者, 首席执行官, 首席技术官,
  首席财务官, 总经理, 总裁, 创始人, 联合创始人, 대표이사, 대표, genel müdür, prezes, prezes zarządu, dyrektor
  generalny, מנכ"ל, מנכל, סמנכ"ל, המנכ"ל, الرئيس التنفيذي, مدير عام, διευθύνων σύμβουλος, giám đốc điều hành, tổng
  giám đốc, algemeen directeur, inhaber, inhaberin, mitinhaber, business owner, co-owner
vp: vp, vice president, vice-president, svp, evp, avp, senior vice president, executive vice president,
  vice-président, vice-présidente, vicepresidente, vice-presidente, vice presidente, vizepräsident, вице-президент,
  вице президент, 副总裁, 副社長, 부사장, başkan yardımcısı, wiceprezes, phó chủ tịch, نائب الرئيس
director: director, directors, directora, head of, head, leiter, leiterin, leitung, bereichsleiter, direktor,
  direktorin, directeur, directrice, diretor, diretora, direttore, direttrice, dyrektor, directie, директор,
  direktör, 部長, 本部長, 总监, 总监级, 주임이사, 이사, 본부장, 부장, מנהל מחלקה, διευθυντής, διευθύντρια, giám đốc,
  trưởng phòng, निदेशक, hoofd, superintendent, account director, technical director, head of technology, technischer
  leiter, technische leitung, directeur technique, directrice technique, directeur informatique, director de
  tecnología, diretor de tecnologia, leiter it, it leiter, it-leiter, entwicklungsleiter, leiter entwicklung,
  personalleiter, personalleiterin, betriebsleiter, betriebsleiterin, produktionsleiter, werkleiter, head of nursing
manager: manager, managers, mgr, teamleiter, team leiter, teamleiterin, team leitung, gruppenleiter, gruppenleitung,
  abteilungsleiter, abteilungsleitung, stationsleitung, stationsleiter, filialleiter, filialleitung, marktleiter,
  responsable, jefe, jefa, gerente, responsabile, chef de service, chef d'équipe, chef d'equipe, manager d'équipe,
  encargado, encargada, encarregado, encarregada, kierownik, kierowniczka, manažer, руководитель, начальник,
  заведующий, müdür, müdürü, yönetici, yöneticisi, 課長, マネージャー, マネージャ, マネジャー, 経理部長代理, 经理,
  主管, 팀장, 매니저, 과장, מנהל, מנהלת, ראש צוות, مدير, مديرة, υπεύθυνος, προϊστάμενος, quản lý, trưởng nhóm,
  प्रबंधक, teamhoofd, people manager, team manager, supervisor, superviseur, supervisora, matron, group product
  manager, head nurse, ward manager, pflegedienstleitung, pflegedienstleiter, caposquadra, bereichsmanager, sales
  manager, hr manager, head nurse, ward manager, store manager, plant manager, product marketing manager,
  lagerleiter, implementation manager, customer onboarding manager
lead: lead, leads, principal, staff, tech lead, team lead, team leader, teamlead, teamleader, leader, chief of
  staff, creative director, art director, distinguished, chefarchitekt, lead-, coordenador, coordenadora, líder,
  lider, ведущий, ведущая, ведущ, главный, главная, тимлид, техлид, 主任, リード, リーダー, 技术负责人, 负责人,
  首席, 专家级, 책임, 수석, 리드, מוביל, מובילה, ראשי, lider zespołu, główny, główna, lead dev, référent technique,
  referent technique, expert leader, capo, caposala, takım lideri, baş, αρχι, 主席, charge nurse, shift lead,
  vorarbeiter, schichtleiter, schichtleitung, meister, capoturno, chủ nhiệm, chief, technical lead, líder técnico,
  líder técnica, lead technique
senior: senior, sr, snr, sênior, sénior, seniora, experienced, expérimenté, expérimentée, iii, iv, starszy, starsza,
  старший, старшая, kıdemli, シニア, 上級, 高级, 高級, 资深, 資深, 시니어, 선임, בכיר, בכירה, أول, اول, كبير, كبيرة,
  cao cấp, वरिष्ठ, ανώτερος, έμπειρος, ervaren, especialista sênior, sr2, mcs, oberarzt, oberärztin, consultant
  physician
mid: mid, mid-level, midlevel, intermediate, ii, pleno, plena, confirmé, confirmée, confirme, semi senior,
  semi-senior, ssr, medior, middle, regular, 中级, 중급, 中級
junior: junior, jr, jnr, júnior, associate, assistant, graduate, entry level, entry-level, apprentice, beginner,
  débutant, débutante, młodszy, młodsza, младший, младшая, ジュニア, 初级, 助理, 주니어, 신입, זוטר, ג'וניור, مبتدئ,
  μαθητευόμενος, thử việc, कनिष्ठ, berufseinsteiger, nachwuchskraft, adjoint, adjointe, assistent, auxiliar,
  ajudante, ayudante, asistente, assistente, aspirante, novato, acemi, uzman yardımcısı
intern: intern, internship, interns, trainee, working student, student assistant, werkstudent, werkstudentin,
  praktikant, praktikantin, praktikum, pflichtpraktikum, auszubildende, auszubildender, auszubildenden, azubi,
  ausbildung, volontär, volontärin, stagiaire, alternant, alternante, alternance, apprenti, apprentie, becario,
  becaria, prácticas, practicante, pasante, aprendiz, jovem aprendiz, estagiário, estagiária, estágio, tirocinante,
  stagista, apprendista, stażysta, stażystka, praktykant, praktykantka, стажер, стажёр, практикант, интерн, stajyer,
  インターン, 实习, 实习生, 見習い, 인턴, 인턴십, מתמחה, סטודנט, סטודנטית, متدرب, متدربة, ασκούμενος, thực tập, thực
  tập sinh, प्रशिक्षु, इंटर्न, stagiair, stagiaire, co-op, summer analyst, referendar, referendarin
"""

# What the words of a title mean, in one vocabulary for all languages. A longer phrase wins over its words.
CRAFTS: Final = """
engineer: engineer, engineers, engineering, eng, ingenieur, ingenieurin, ingénieur, ingénieure, ingeniero,
  ingeniera, engenheiro, engenheira, engenharia, ingeniería, ingénierie, ingegnere, inżynier, инженер, mühendis,
  mühendisi, エンジニア, 工程师, 工程師, 엔지니어, מהנדס, מהנדסת, مهندس, مهندسة, μηχανικός, kỹ sư, अभियंता,
  इंजीनियर, swe, sde, mts, member of technical staff, dipl ing
developer: developer, developers, dev, development engineer, programmer, coder, entwickler, entwicklerin,
  entwicklung, programmierer, programmiererin, développeur, développeuse, developpeur, developpeuse, développement,
  desarrollador, desarrolladora, desarrollo, programador, programadora, desenvolvedor, desenvolvedora,
  desenvolvimento, sviluppatore, sviluppatrice, programmatore, programista, programistka, deweloper, разработчик,
  разработчица, программист, geliştirici, geliştiricisi, yazılımcı, 開発者, プログラマー, プログラマ, 开发, 开发者,
  程序员, 開發, 개발자, 프로그래머, מפתח, מפתחת, מתכנת, מתכנתת, مطور, مطورة, مبرمج, προγραμματιστής,
  προγραμματίστρια, lập trình viên, nhà phát triển, डेवलपर, प्रोग्रामर, ontwikkelaar, programmeur, hacker
architect: architect, architekt, architektin, architecte, arquitecto, arquitecta, arquiteto, arquiteta, architetto,
  архитектор, mimar, mimarı, アーキテクト, 架构师, 아키텍트, ארכיטקט, مهندس معماري, kiến trúc sư
designer: designer, designers, design, gestalter, gestalterin, gestaltung, diseñador, diseñadora, diseño,
  projektant, projektantka, дизайнер, tasarımcı, tasarımcısı, デザイナー, デザイン, 设计师, 設計師, 设计, 디자이너,
  מעצב, מעצבת, مصمم, مصممة, σχεδιαστής, nhà thiết kế, thiết kế, डिज़ाइनर, ontwerper, concepteur, conceptrice,
  vormgever, progettista
analyst: analyst, analysts, analytiker, analytikerin, analyste, analista, analityk, analityczka, аналитик, analist,
  analisti, アナリスト, 分析师, 分析師, 분석가, 애널리스트, אנליסט, אנליסטית, محلل, محللة, αναλυτής, chuyên viên
  phân tích, nhà phân tích, विश्लेषक
scientist: scientist, wissenschaftler, wissenschaftlerin, scientifique, científico, científica, cientista,
  scienziato, naukowiec, ученый, bilim insanı, bilimci, サイエンティスト, 科学家, 과학자, 사이언티스트, מדען,
  מדענית, عالم, επιστήμονας, nhà khoa học, वैज्ञानिक
consultant: consultant, consultants, advisor, adviser, berater, beraterin, beratung, conseiller, conseillère,
  consultor, consultora, asesor, asesora, consulente, konsultant, konsultantka, консультант, danışman, danışmanı,
  コンサルタント, 顾问, 컨설턴트, יועץ, יועצת, مستشار, σύμβουλος, tư vấn, सलाहकार, freelancer, freelance,
  independent, selbstständig, independente, autónomo, autônomo
specialist: specialist, spezialist, spezialistin, fachkraft, spécialiste, especialista, specialista, specjalista,
  specjalistka, специалист, uzman, uzmanı, スペシャリスト, 专员, 专家, 전문가, מומחה, أخصائي, اخصائي, ειδικός,
  chuyên viên, विशेषज्ञ, executive, officer, coordinator, administrator, representative, rep, associate, agent,
  clerk, sachbearbeiter, sachbearbeiterin, referent, referentin, mitarbeiter, mitarbeiterin, chargé, chargée,
  técnico, técnica, techniker, technicien, technicienne, technician, technik, coordinador, coordinadora,
  koordinator, koordinatorin, coordinateur, coordinatrice, assistant, assistent, assistentin, assistente, asistente,
  auxiliar, partner, strategist, expert, 担当, nhân viên, 담당자, служащий, sorumlusu, temsilcisi, personeli,
  medewerker
teacher: teacher, lecturer, professor, lehrer, lehrerin, dozent, dozentin, enseignant, enseignante, professeur,
  profesor, profesora, docente, maestro, maestra, учитель, преподаватель, öğretmen, nauczyciel, 教师, 教授, 講師,
  教師, 교사, מורה, معلم, מרצה, tutor, instructor, erzieher, erzieherin, postdoc, researcher, research, phd student,
  doktorand, doktorandin, doctorant, wissenschaftlicher mitarbeiter, trainer
general_work: driver, fahrer, chauffeur, conductor, motorista, cook, chef, koch, köchin, cuisinier, cocinero,
  cozinheiro, waiter, waitress, kellner, kellnerin, serveur, camarero, garçom, barista, bartender, cleaner, security
  guard, guard, electrician, elektriker, plumber, carpenter, mechanic, mechaniker, mechatroniker, janitor, farmer,
  pilot, flight attendant, soldier, police officer, firefighter, journalist, photographer, musician, actor, artist,
  librarian, real estate agent, immobilienmakler, hairdresser, friseur, bauleiter, civil servant, volunteer, social
  worker, sozialarbeiter, translator, interpreter, dolmetscher, übersetzer, economist, mathematician, politician,
  entrepreneur, unternehmer, investor, self employed, barber
"""
