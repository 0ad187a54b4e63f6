"""What the headings and labels of a CV are called, so that its sections are found in any of our languages."""

from __future__ import annotations

from typing import Final

from shared.vocabulary.text import plain

# section -> its headings, as people write them; compared by `plain`
_HEADINGS: Final = """
summary: summary, profile, about, about me, professional summary, executive summary, career summary,
  personal profile, professional profile, career profile, personal statement, objective, career objective, overview,
  introduction, bio, summary of qualifications, profil, kurzprofil, über mich, zusammenfassung, persönliches profil,
  steckbrief, profil professionnel, à propos, à propos de moi, résumé, présentation, objectif, accroche, perfil,
  perfil profesional, sobre mí, acerca de mí, resumen, resumen profesional, extracto, objetivo, presentación,
  resumo, resumo profissional, sobre mim, perfil profissional, apresentação, profilo, profilo professionale,
  chi sono, sommario, presentazione, podsumowanie, o mnie, profil zawodowy, podsumowanie zawodowe, özet, hakkımda,
  kişisel özet, ön yazı, profesyonel özet, о себе, обо мне, профиль, резюме, цель, краткая информация, о кандидате,
  про себе, προφίλ, σχετικά με εμένα, περίληψη, σύνοψη, نبذة, نبذة عني, الملخص, ملخص, ملخص مهني, الملف الشخصي,
  نبذة شخصية, الهدف الوظيفي, תקציר, אודות, אודותיי, פרופיל, תמצית, על עצמי, קצת עליי, परिचय, सारांश, प्रोफ़ाइल,
  मेरे बारे में, उद्देश्य, 个人简介, 自我评价, 个人总结, 个人概述, 简介, 关于我, 自我介绍, 个人优势, 個人簡介,
  自我評價, 自己紹介, 自己pr, 概要, 職務要約, プロフィール, 要約, 経歴要約, 소개, 자기소개, 자기 소개, 요약, 프로필,
  핵심 요약, 간단 소개, giới thiệu, mục tiêu nghề nghiệp, tóm tắt, về tôi, giới thiệu bản thân, mục tiêu,
  samenvatting, profiel, over mij, sammanfattning, profil och mål, om mig, om meg, tiivistelmä, shrnutí, o mně,
  despre mine, sažetak, rólam
experience: experience, work experience, professional experience, employment, employment history, work history,
  career, career history, experiences, professional background, relevant experience, positions, job history,
  working experience, career experience, employment experience, industry experience, professional history,
  professional career, berufserfahrung, beruflicher werdegang, berufliche erfahrung, berufspraxis, werdegang,
  praxiserfahrung, erfahrung, berufliche laufbahn, berufliche stationen, tätigkeiten, arbeitserfahrung,
  berufstätigkeit, praktische erfahrung, beruflicher hintergrund, expérience, expériences,
  expérience professionnelle, expériences professionnelles, parcours professionnel, parcours,
  expériences de travail, carrière, experiencia, experiencia laboral, experiencia profesional,
  trayectoria profesional, trayectoria laboral, historial laboral, trayectoria, experiência,
  experiência profissional, experiências profissionais, histórico profissional, trajetória profissional,
  experiências, atuação profissional, esperienza, esperienze, esperienza professionale, esperienze professionali,
  esperienza lavorativa, esperienze lavorative, doświadczenie, doświadczenie zawodowe, przebieg kariery,
  historia zatrudnienia, praca zawodowa, kariera, iş deneyimi, deneyim, iş tecrübesi, tecrübe, deneyimler,
  iş geçmişi, mesleki deneyim, iş deneyimleri, profesyonel deneyim, çalışma hayatı, опыт работы, опыт,
  профессиональный опыт, трудовой стаж, карьера, места работы, трудовая деятельность, досвід роботи, досвід,
  επαγγελματική εμπειρία, εμπειρία, προϋπηρεσία, εργασιακή εμπειρία, الخبرة المهنية, الخبرة, الخبرات, خبرات العمل,
  الخبرة العملية, الخبرات العملية, خبرة العمل, الخبرات المهنية, السيرة المهنية, ניסיון תעסוקתי, ניסיון,
  ניסיון מקצועי, ניסיון בעבודה, תעסוקה, רקע מקצועי, नौकरी का अनुभव, कार्य अनुभव, अनुभव, कार्यानुभव, पेशेवर अनुभव,
  व्यावसायिक अनुभव, 工作经历, 工作经验, 职业经历, 工作履历, 实习经历, 任职经历, 工作經歷, 工作經驗, 職業經歷, 经历,
  职业生涯, 職務経歴, 職歴, 職務経歴詳細, 業務経験, 勤務経験, 経歴, 業務経歴, 実務経験, 経験, 職務内容, 경력,
  경력 사항, 경력사항, 업무 경험, 업무 경력, 주요 경력, 직장 경력, 근무 경력, 경험, 경력 기술서,
  kinh nghiệm làm việc, kinh nghiệm, quá trình làm việc, kinh nghiệm nghề nghiệp, quá trình công tác, werkervaring,
  ervaring, arbetslivserfarenhet, erfarenhet, yrkeserfarenhet, arbeidserfaring, erfaring, erhvervserfaring,
  työkokemus, kokemus, pracovní zkušenosti, praxe, pracovné skúsenosti, experiență profesională, experiență,
  radno iskustvo, munkatapasztalat, szakmai tapasztalat
education: education, academic background, educational background, academic qualifications, education and training,
  studies, academic history, academic education, qualifications, educational qualifications, academic record,
  ausbildung, bildung, bildungsweg, studium, schulbildung, akademischer werdegang, schulische ausbildung,
  akademische ausbildung, hochschulbildung, ausbildung und studium, bildungsgang, formation, formations, études,
  diplômes, formation académique, éducation, parcours académique, parcours scolaire, cursus, scolarité, formación,
  formación académica, educación, estudios, formación y estudios, titulación, titulaciones, datos académicos,
  formação, formação acadêmica, formação académica, educação, escolaridade, estudos, habilitações,
  histórico acadêmico, istruzione, formazione, istruzione e formazione, studi, titoli di studio, wykształcenie,
  edukacja, studia, eğitim, eğitim bilgileri, öğrenim, öğrenim durumu, eğitim geçmişi, eğitim durumu, образование,
  обучение, учеба, освіта, εκπαίδευση, σπουδές, ακαδημαϊκή εκπαίδευση, μόρφωση, التعليم, المؤهلات, المؤهلات العلمية,
  المؤهل العلمي, التحصيل العلمي, الدراسة, المؤهلات الأكاديمية, השכלה, לימודים, השכלה אקדמית, शिक्षा,
  शैक्षणिक योग्यता, शैक्षिक योग्यता, शैक्षणिक पृष्ठभूमि, पढ़ाई, 教育背景, 教育经历, 学历, 教育, 教育情况, 學歷,
  教育經歷, 学习经历, 学術背景, 学歴, 教育歴, 最終学歴, 학력, 학력 사항, 학력사항, 교육, 최종 학력, 학업, học vấn,
  trình độ học vấn, quá trình học tập, giáo dục, đào tạo, bằng cấp, opleiding, opleidingen, utbildning, utdanning,
  uddannelse, koulutus, vzdělání, vzdelanie, educație, studii, obrazovanje, tanulmányok, végzettség
skills: skills, top skills, personal skills, technical skills, key skills, core skills, professional skills,
  competencies, core competencies, technologies, tech stack, technical stack, tools, areas of expertise, expertise,
  technical proficiencies, stack, hard skills, soft skills, skill set, skillset, strengths, technical expertise,
  abilities, it skills, computer skills, specialties, capabilities, programming skills, technical knowledge,
  kenntnisse, fähigkeiten, kompetenzen, fachkenntnisse, it-kenntnisse, edv-kenntnisse, fertigkeiten,
  technische kenntnisse, qualifikationen, kenntnisse und fähigkeiten, schwerpunkte, technologien,
  besondere kenntnisse, kernkompetenzen, stärken, fachkompetenzen, compétences, compétences techniques,
  savoir-faire, aptitudes, compétences clés, outils, atouts, compétences professionnelles,
  compétences informatiques, connaissances, habilidades, competencias, aptitudes técnicas, habilidades técnicas,
  conocimientos, competencias técnicas, conocimientos técnicos, herramientas, destrezas, tecnologías,
  conocimientos informáticos, competências, habilidades e competências, conhecimentos, competências técnicas,
  conhecimentos técnicos, ferramentas, aptidões, tecnologias, competenze, competenze tecniche, competenze personali,
  capacità, conoscenze, abilità, competenze digitali, umiejętności, kompetencje, umiejętności techniczne,
  znajomość technologii, technologie, beceriler, yetenekler, yetkinlikler, teknik beceriler, bilgi ve beceriler,
  beceri, uzmanlık alanları, bilgisayar becerileri, навыки, ключевые навыки, профессиональные навыки, умения,
  технические навыки, компетенции, технологии, навички, ключові навички, δεξιότητες, ικανότητες, γνώσεις,
  τεχνικές δεξιότητες, προσόντα, المهارات, مهارات, المهارات التقنية, القدرات, المهارات الشخصية, المهارات المهنية,
  الكفاءات, כישורים, מיומנויות, כישורים טכניים, יכולות, ידע מקצועי, טכנולוגיות, ידע טכנולוגי, कौशल, तकनीकी कौशल,
  दक्षता, दक्षताएँ, मुख्य कौशल, निपुणता, 专业技能, 技能, 技术栈, 技能特长, 技术技能, 掌握技能, 职业技能, 核心技能,
  專業技能, 专业能力, 技能清单, 相关技能, スキル, 技術スキル, テクニカルスキル, 活かせる経験, 保有スキル, 得意分野,
  技術, 使用技術, 知識, 活かせる知識, 보유 기술, 보유기술, 기술, 기술 스택, 스킬, 핵심 역량, 보유 역량, 역량,
  사용 기술, 전문 기술, kỹ năng, kỹ năng chuyên môn, kĩ năng, kỹ năng kỹ thuật, chuyên môn, năng lực, vaardigheden,
  competenties, färdigheter, kompetenser, ferdigheter, kompetanse, færdigheder, kompetencer, taidot, osaaminen,
  dovednosti, znalosti, zručnosti, aptitudini, competențe, vještine, készségek, kompetenciák
languages: languages, language skills, spoken languages, language proficiency, language, sprachen, sprachkenntnisse,
  fremdsprachen, langues, langues étrangères, compétences linguistiques, idiomas, lenguas, línguas, lingue,
  lingue straniere, conoscenze linguistiche, competenze linguistiche, języki, języki obce, znajomość języków,
  znajomość języków obcych, diller, yabancı diller, dil bilgisi, yabancı dil, dil becerileri, языки, знание языков,
  иностранные языки, владение языками, мови, γλώσσες, ξένες γλώσσες, γλωσσικές δεξιότητες, اللغات, لغات,
  المهارات اللغوية, שפות, ידיעת שפות, भाषाएँ, भाषा, भाषाएं, भाषा ज्ञान, भाषाई कौशल, 语言, 语言能力, 外语, 語言能力,
  外语水平, 语言技能, 語言, 語学, 語学力, 言語, 外国語, 語学スキル, 언어, 외국어, 어학, 어학 능력, 언어 능력,
  구사 언어, ngôn ngữ, ngoại ngữ, kỹ năng ngôn ngữ, talen, talenkennis, språk, språkkunskaper, sprog, kielitaito,
  kielet, jazyky, jazykové znalosti, limbi străine, limbi, jezici, nyelvek, nyelvtudás
certifications: certifications, certificates, certification, licenses, licences, licenses and certifications,
  licenses & certifications, professional certifications, accreditations, certificates and courses, courses,
  courses and certifications, training, trainings, zertifikate, zertifizierungen, weiterbildung, weiterbildungen,
  fortbildung, fortbildungen, schulungen, lehrgänge, kurse, fort- und weiterbildung,
  zertifikate und weiterbildungen, certifications professionnelles, certificats, formations complémentaires,
  habilitations, certificaciones, certificados, cursos, licencias, formación complementaria,
  cursos y certificaciones, certificações, cursos e certificações, formação complementar, cursos complementares,
  certificazioni, certificati, corsi, certyfikaty, szkolenia, kursy, kursy i szkolenia, szkolenia i certyfikaty,
  kursy i certyfikaty, sertifikalar, sertifikalar ve kurslar, kurslar, eğitim ve sertifikalar, belgeler,
  сертификаты, курсы, сертификация, повышение квалификации, дополнительное образование, лицензии, сертифікати,
  πιστοποιήσεις, πιστοποιητικά, σεμινάρια, الشهادات, شهادات, الدورات, الدورات التدريبية, الشهادات المهنية, תעודות,
  הסמכות, קורסים, קורסים והסמכות, הכשרות, प्रमाणपत्र, प्रमाण पत्र, प्रमाणन, पाठ्यक्रम, 证书, 资格证书, 资质证书,
  培训经历, 证书与培训, 認證, 技能证书, 資格, 免許, 資格・免許, 免許・資格, 保有資格, 取得資格, 資格免許, 자격증,
  자격, 자격 사항, 수료증, 자격증 및 교육, chứng chỉ, chứng nhận, khóa học, certificaten, cursussen, certifikat,
  kurser, sertifikaatit, sertifikater, certifikáty, certificări, certifikati, tanúsítványok
projects: projects, key projects, selected projects, personal projects, side projects, projekte, projets, proyectos,
  projetos, progetti, projekty, projeler, проекты, έργα, المشاريع, مشاريع, פרויקטים, परियोजनाएं, परियोजनाएँ,
  项目经历, 项目经验, 项目, 專案經歷, プロジェクト, 프로젝트, dự án, projecten, projekt, projektit
contact: contact, contacts, contact details, contact information, personal details, personal information,
  personal data, details, get in touch, links, address, kontakt, kontaktdaten, persönliche daten,
  angaben zur person, zur person, persönliche angaben, coordonnées, informations personnelles, état civil, contacto,
  datos personales, información personal, datos de contacto, contato, contactos, dados pessoais,
  informações pessoais, contatti, dati personali, informazioni personali, dane osobowe, dane kontaktowe, iletişim,
  kişisel bilgiler, iletişim bilgileri, контакты, личные данные, контактная информация, личная информация, контакти,
  επικοινωνία, στοιχεία επικοινωνίας, προσωπικά στοιχεία, προσωπικές πληροφορίες, التواصل, معلومات الاتصال,
  بيانات التواصل, المعلومات الشخصية, البيانات الشخصية, للتواصل, פרטים אישיים, יצירת קשר, פרטי קשר, פרטי התקשרות,
  संपर्क, व्यक्तिगत जानकारी, संपर्क जानकारी, व्यक्तिगत विवरण, 联系方式, 个人信息, 基本信息, 個人資料, 聯絡方式,
  联系信息, 连絡先, 連絡先, 基本情報, 個人情報, 연락처, 인적사항, 인적 사항, 개인 정보, 개인정보, 기본 정보,
  liên hệ, thông tin cá nhân, thông tin liên hệ, gegevens, persoonlijke gegevens, personlig information,
  yhteystiedot
other: желаемая должность, желаемая должность и зарплата, desired position, publications, patents, awards, honors,
  honours, awards and honors, achievements, interests, hobbies, volunteering, volunteer experience,
  volunteer work, hobbies and interests, additional information, miscellaneous, memberships, affiliations,
  conferences, talks, research, activities, extracurricular activities, military service, other, publikationen,
  veröffentlichungen, auszeichnungen, interessen, hobbys, ehrenamt, sonstiges, mitgliedschaften,
  engagement, ehrenamtliches engagement, hobbies und interessen, centres d’intérêt, centres d'intérêt, loisirs,
  publications et conférences, bénévolat, distinctions, divers, intereses, aficiones,
  publicaciones, premios, voluntariado, logros, otros, información adicional, interesses, publicações,
  prêmios, voluntariado e interesses, trabalho voluntário, informações adicionais, outros, interessi, hobby,
  pubblicazioni, premi, volontariato, zainteresowania, publikacje, nagrody, wolontariat,
  osiągnięcia, ilgi alanları, yayınlar, ödüller, hobiler, gönüllülük, увлечения, интересы, публикации,
  награды, достижения, хобби, дополнительная информация, волонтерство, ενδιαφέροντα, δημοσιεύσεις,
  βραβεία, χόμπι, الهوايات, الاهتمامات, الجوائز, المنشورات, الأعمال التطوعية, תחביבים, 
  פרסומים, פרסים, שירות צבאי, התנדבות, रुचियां, रुचियाँ, शौक, पुरस्कार, प्रकाशन, उपलब्धियां, 兴趣爱好,
  获奖情况, 荣誉奖项, 所获荣誉, 出版物, 论文, 校园经历, 興趣, 爱好, 趣味, 特技, 趣味・特技, 受賞歴,
  本人希望, 本人希望記入欄, 志望動機, 論文, 수상, 수상 경력, 취미, 관심사, 논문, 기타, 병역, 병역 사항,
  봉사 활동, sở thích, giải thưởng, hoạt động, thành tích, hoạt động ngoại khóa,
  interesses en hobby's, nevenactiviteiten, intressen, harrastukset, zájmy, zaujmy,
  interese
references: references, referees, reference, professional references, character references, personal references,
  work references, references available, referenzen, referenzpersonen, références, références professionnelles,
  referencias, referencias laborales, referências, referências profissionais, referenze, referenze professionali,
  referencje, referanslar, рекомендации, рекомендатели, рекомендації, συστάσεις, المراجع, المعرفون, המלצות, ממליצים,
  संदर्भ, 推荐人, 證明人, 证明人, 推薦者, 추천인, người tham chiếu, người tham khảo, referenties, referenser, referanser,
  referencer, suosittelijat, reference a doporučení, referințe, preporuke, referenciák
"""

# label before a colon -> what it names
_LABELS: Final = """
name: name, full name, vollständiger name, vor- und nachname, nom, nom et prénom, nom complet, nombre,
  nombre completo, nome, nome completo, imię i nazwisko, ad soyad, adı soyadı, isim, имя, фио, ф.и.о, ονοματεπώνυμο,
  όνομα, الاسم, الاسم الكامل, שם, שם מלא, नाम, पूरा नाम, 姓名, 名字, 氏名, お名前, 名前, 이름, 성명, 성함,
  họ và tên, họ tên, tên, naam, namn, navn, nimi, jméno, nume, candidate, candidate name
title: title, position, role, job title, designation, stelle, funktion, tätigkeit als, poste, fonction,
  intitulé du poste, puesto, cargo, função, ruolo, posizione, mansione, stanowisko, pozycja, unvan, pozisyon, görev,
  должность, позиция, θέση, المنصب, المسمى الوظيفي, الوظيفة, תפקיד, पद, 职位, 职务, 岗位, 役職, 職種, ポジション,
  担当, 직책, 직위, 직무, 직급, 포지션, chức vụ, vị trí, chức danh, functie, befattning, stilling
company: company, employer, organisation, organization, firm, client, firma, arbeitgeber, unternehmen, entreprise,
  société, employeur, empresa, compañía, organización, azienda, datore di lavoro, pracodawca, şirket, kurum,
  işveren, firma adı, компания, организация, работодатель, место работы, εταιρεία, εργοδότης, الشركة, اسم الشركة,
  جهة العمل, חברה, מעסיק, कंपनी, नियोक्ता, 公司, 公司名称, 单位, 会社, 会社名, 勤務先, 企業名, 회사, 회사명, 근무처,
  소속, công ty, tên công ty, bedrijf, werkgever, företag, arbetsgivare
period: period, dates, date, duration, from, zeitraum, dauer, période, dates d'emploi, durée, periodo, fechas,
  fecha, período, data, okres, tarih, tarihler, период, период работы, даты, περίοδος, διάστημα, الفترة, المدة,
  תקופה, תאריכים, अवधि, 时间, 在职时间, 起止时间, 期間, 在籍期間, 기간, 근무 기간, 재직 기간, thời gian, periode
degree: degree, qualification, abschluss, diplôme, título, titulación, grau, titolo, stopień, derece, степень,
  специальность, πτυχίο, المؤهل, الدرجة, תואר, डिग्री, 学位, 专业, 学部, 専攻, 학위, 전공, chuyên ngành, major,
  field of study, studiengang
school: school, university, institution, college, institute, hochschule, universität, schule, école, université,
  établissement, universidad, escuela, centro, instituição, universidade, università, istituto, uczelnia, okul,
  üniversite, вуз, университет, учебное заведение, πανεπιστήμιο, σχολή, الجامعة, المؤسسة, מוסד, אוניברסיטה,
  विश्वविद्यालय, संस्थान, 学校, 院校, 学校名, 大学, 학교, 학교명, 대학교, trường, trường đại học
place: address, location, city, residence, based in, adresse, wohnort, anschrift, ort, standort, adresse postale,
  ville, lieu, domicile, dirección, ciudad, ubicación, domicilio, residencia, endereço, cidade, localização,
  localidade, indirizzo, città, residenza, luogo, adres, miasto, miejsce zamieszkania, lokalizacja, şehir, konum,
  ikamet, адрес, город, место жительства, проживание, местоположение, διεύθυνση, πόλη, τοποθεσία, العنوان, المدينة,
  الموقع, مكان الإقامة, כתובת, עיר, מגורים, מקום מגורים, पता, शहर, स्थान, 地址, 所在地, 现居地, 居住地, 城市,
  现居城市, 住所, 現住所, 所在地, 居住地, 주소, 거주지, 지역, địa chỉ, nơi ở, thành phố, woonplaats, adress,
  bostadsort
contact: e-mail, email, mail, e-mail-adresse, courriel, correo, correo electrónico, e-posta, эл. почта, почта,
  электронная почта, البريد الإلكتروني, דוא"ל, אימייל, ईमेल, 邮箱, 电子邮件, 電子郵件, メール, メールアドレス,
  이메일, phone, telephone, tel, mobile, cell, telefon, handy, mobil, téléphone, tél, portable, teléfono, móvil,
  telefone, celular, telefono, cellulare, telefonu, cep, телефон, моб, τηλέφωνο, κινητό, الهاتف, هاتف, الجوال,
  טלפון, נייד, फ़ोन, फोन, मोबाइल, 电话, 手机, 電話, 電話番号, 携帯, 전화, 전화번호, 휴대폰, 연락처, điện thoại,
  số điện thoại, telefoon, linkedin, github, website, web, portfolio, skype, whatsapp, telegram, url, webseite,
  site, site web, sitio web, сайт
private: date of birth, birth date, born, birthday, age, gender, sex, nationality, marital status, religion,
  place of birth, geburtsdatum, geboren, geburtsort, alter, geschlecht, staatsangehörigkeit, nationalität,
  familienstand, konfession, date de naissance, né le, née le, âge, nationalité, situation familiale, sexe,
  fecha de nacimiento, edad, nacionalidad, estado civil, sexo, data de nascimento, idade, nacionalidade,
  data di nascita, nazionalità, età, stato civile, data urodzenia, wiek, narodowość, obywatelstwo, stan cywilny,
  doğum tarihi, yaş, cinsiyet, uyruk, medeni durum, medeni hali, дата рождения, возраст, пол, гражданство,
  национальность, семейное положение, ημερομηνία γέννησης, εθνικότητα, ηλικία, οικογενειακή κατάσταση,
  تاريخ الميلاد, الجنسية, العمر, الحالة الاجتماعية, الجنس, الديانة, תאריך לידה, גיל, מצב משפחתי, אזרחות, מין,
  जन्म तिथि, जन्मतिथि, आयु, लिंग, राष्ट्रीयता, वैवाहिक स्थिति, धर्म, 出生日期, 出生年月, 年龄, 性别, 民族, 婚姻状况,
  国籍, 政治面貌, 籍贯, 生年月日, 年齢, 性別, 国籍, 配偶者, 생년월일, 나이, 성별, 국적, 결혼 여부, ngày sinh, tuổi,
  giới tính, quốc tịch, tình trạng hôn nhân, dân tộc, geboortedatum, nationaliteit, leeftijd, födelsedatum
"""
_CV_WORDS: Final = """
curriculum vitae, cv, resume, résumé, lebenslauf, currículum, curriculum, currículo, currículum vítae, życiorys,
özgeçmiş, cv - curriculum vitae, резюме, βιογραφικό, βιογραφικό σημείωμα, السيرة الذاتية, سيرة ذاتية, קורות חיים,
जीवनवृत्त, बायोडाटा, रिज्यूमे, 个人简历, 简历, 履歷, 履歷表, 履歴書, 職務経歴書, 이력서, 경력기술서, sơ yếu lý lịch,
hồ sơ xin việc, bewerbung, bewerbungsunterlagen, hoja de vida, personal cv, europass
"""


def _table(text: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for line in text.strip().replace("\n  ", " ").splitlines():
        name, _, phrases = line.partition(": ")
        for phrase in phrases.split(","):
            if phrase.strip():
                table.setdefault(plain(phrase), name)
    return table


HEADINGS: Final = _table(_HEADINGS)
LABELS: Final = _table(_LABELS)
CV_WORDS: Final = frozenset(plain(phrase) for phrase in _CV_WORDS.replace("\n", " ").split(",") if phrase.strip())
