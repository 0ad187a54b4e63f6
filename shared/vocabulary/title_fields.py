"""The fields and trades that words of job titles name, in many languages, as in title_words.py."""

from __future__ import annotations

from typing import Final

FIELDS: Final = """
software: software, logiciel, logiciels, soft, yazılım, ソフトウェア, ソフト, 软件, 軟體, 소프트웨어, תוכנה,
  برمجيات, برمجية, λογισμικού, phần mềm, सॉफ्टवेयर, программного обеспечения, по программному, oprogramowania,
  application, applications, anwendungs, anwendung, systems, full-time software, it, edv, informatik,
  fachinformatiker, fachinformatikerin, informatiker, informatikerin, informatique, informático, informática,
  computer, technology, technical, technologie, tecnología, tecnologia, tech, r&d, firmware engineering, sistemas,
  systèmes, salesforce administrator, salesforce developer, crm administrator, erp, sap developer, salesforce admin
software_maker: software engineer, software developer, software development, swe, sde, software engineering,
  application developer, web engineer, salesforce administrator, erp developer
backend: backend, back-end, back end, server side, server-side, api, java, j2ee, php, laravel, django, python
  developer, golang, go developer, ruby on rails, .net, c#, node.js, nodejs, scala, elixir, rust developer, бэкенд,
  бекенд, バックエンド, サーバーサイド, 后端, 後端, 服务端, 백엔드, בקאנד, בק אנד, صاحب الخلفية, خلفية, الواجهة
  الخلفية, sunucu, arka uç, बैकएंड, cobol, mainframe, abap
frontend: frontend, front-end, front end, ui engineer, ui developer, ui engineering, react, react.js, angular, vue,
  vue.js, javascript, typescript, html, css, web ui, фронтенд, фронтэнд, フロントエンド, 前端, 프론트엔드, פרונטאנד,
  פרונט אנד, פרונטנד, الواجهة الأمامية, ön yüz, फ्रंटएंड, web developer, webentwickler, développeur web,
  desarrollador web, desenvolvedor web, web designer and developer, integrateur web, intégrateur web
fullstack: fullstack, full-stack, full stack, full-stack-, фулстек, フルスタック, 全栈, 全端, 풀스택, פולסטאק, פול
  סטאק, فول ستاك, web application developer, mern, mean stack
mobile: mobile, mobil, móvil, móviles, ios, android, swift, flutter, react native, мобильный, мобильных, モバイル,
  移动, 移动端, 모바일, アンドロイド, 안드로이드, מובייל, جوال, الهاتف, di động, मोबाइल, apps
devops: devops, dev ops, site reliability, sre, reliability, platform engineer, platform engineering, platform team,
  cloud, kubernetes, aws, azure, infrastructure, infrastruktur, plataforma, release engineer, build engineer,
  production engineer, девопс, 运维, クラウド, インフラ, 인프라, devsecops, cloud native, observability
infra: system administrator, systems administrator, sysadmin, sys admin, it administrator, system administration,
  systemadministrator, systemadministratorin, administrateur système, administrateur systèmes, administrateur
  réseau, administrador de sistemas, network engineer, network administrator, netzwerk, netzwerkadministrator,
  réseaux, redes, network, systems engineer, system engineer, системный администратор, сетевой, sistem yöneticisi,
  administrator systemów, ネットワーク, 网络, 네트워크, it infrastructure, database administrator, dba,
  datenbankadministrator, unix administrator, linux administrator, virtualization, ingénieur système, ingeniero de
  sistemas, analista de infraestrutura, infraestrutura, infraestructura
data_engineering: data engineer, data engineering, analytics engineer, analytics engineering, etl, data warehouse,
  dwh, big data, data platform, data infrastructure, data architect, data pipeline, database developer, sql
  developer, ingénieur data, ingeniero de datos, engenheiro de dados, engenharia de dados, dateningenieur, inżynier
  danych, инженер данных, дата инженер, дата-инженер, データエンジニア, 数据工程师, 数据开发, 데이터 엔지니어, veri
  mühendisi, מהנדס נתונים, מהנדס דאטה, مهندس بيانات, μηχανικός δεδομένων, kỹ sư dữ liệu, डेटा इंजीनियर, databricks,
  snowflake
ml: machine learning, ml, mlops, deep learning, ai engineer, ai, artificial intelligence, ki, nlp, computer vision,
  llm, maschinelles lernen, aprendizaje automático, aprendizado de máquina, ia, машинного обучения,
  machine-learning, 機械学習, 机器学习, 算法工程师, 算法, 머신러닝, 인공지능, למידת מכונה, تعلم الآلة, học máy, मशीन
  लर्निंग, perception engineer, research engineer
qa: qa, quality assurance, test automation, tester, testers, testing, test engineer, sdet, software test,
  testingenieur, testautomatisierung, softwaretester, testeur, testeuse, test analyst, quality engineer,
  тестировщик, тестирования, тестированию, テスト, テストエンジニア, 测试, 測試, 테스트, בודק תוכנה, בדיקות, اختبار,
  test uzmanı, kiểm thử, परीक्षक, pruebas, testes, qualitätssicherung, test
security: security engineer, security analyst, security architect, security researcher, security specialist,
  security consultant, security operations, security, application security, appsec, infosec, information security,
  cyber security, cybersecurity, cyber, penetration tester, penetration testing, pentester, ethical hacker, soc, soc
  analyst, informationssicherheit, it-sicherheit, it sicherheit, cybersécurité, sécurité informatique,
  ciberseguridad, seguridad informática, segurança da informação, cibersegurança, безопасности, информационной
  безопасности, セキュリティ, 安全工程师, 网络安全, 信息安全, 보안, אבטחת מידע, סייבר, أمن المعلومات, الأمن
  السيبراني, siber güvenlik, güvenlik, bezpieczeństwa, an ninh mạng, threat, vulnerability, grc
embedded: embedded, firmware, rtos, fpga, embarqué, embarquée, embarqués, systèmes embarqués, embebido, embebidos,
  embarcado, embarcados, eingebettete, wbudowanych, встраиваемых, gömülü, 組み込み, 組込み, 嵌入式, 임베디드,
  משובצות, المدمجة, nhúng, hardware, asic, vlsi, robotics, automotive software, device driver, kernel, iot,
  electronics engineer, c++, plc, dsp, matériel
other_engineering: mechanical, electrical, civil, chemical, structural, process engineer, manufacturing engineer,
  industrial engineer, maschinenbau, maschinenbauingenieur, bauingenieur, elektroingenieur, elektro, mécanique,
  électrique, mecánico, mecánica, eléctrico, mecânico, elétrico, eletricista, civil engineer, automation engineer,
  aerospace, hvac, konstrukteur, konstruktion, verfahrenstechnik
it_lead: technical lead, tech lead, technical director, cto, cio, chief technology, chief information, head of
  technology, technischer leiter, leiter it, it leiter, it-leiter, dsi, directeur technique, directeur informatique,
  diretor de tecnologia, director de tecnología, diretor técnico, технический директор, 技术总监, 技術部長,
  最高技術責任者, 首席技术官, ciso, engineering, entwicklungsleiter, leiter entwicklung, software entwicklung,
  engenharia de software, ingeniería de software, solutions architect, solution architect, software architect,
  enterprise architect, scrum developer, líder técnico, líder técnica, lead technique, technikleiter
data: data, daten, données, datos, dados, danych, dati, данных, veri, データ, 数据, 數據, 데이터, נתונים, דאטה,
  البيانات, بيانات, δεδομένων, dữ liệu, डेटा, analytics, insights, quantitative, quant, statistician, statistiker,
  statisticien, estadístico, estatístico, статистик, cdo, chief data
bi: bi, business intelligence, power bi, tableau, reporting, intelligence décisionnelle, inteligencia de negocio,
  inteligência de negócios
business: business, geschäfts, métier, negocio, negocios, negócio, negócios, бизнес, iş, ビジネス, 商业, 业务,
  비즈니스, business systems, wirtschafts, functional
project: project, projects, projekt, projet, proyecto, proyectos, projeto, projetos, progetto, projektu, проект,
  проекта, proje, プロジェクト, 项目, 프로젝트, program, programme, programs
product_manager: product manager, product owner, product management, technical product manager, group product
  manager, produktmanager, produktmanagerin, produktmanagement, produkt manager, chef de produit, cheffe de produit,
  responsable produit, product builder, gestor de producto, gestor de produto, gerente de producto, gerente de
  produto, gerente de produtos, jefe de producto, jefa de producto, jefe de productos, dueño de producto, dono do
  produto, kierownik produktu, menedżer produktu, менеджер по продукту, продакт-менеджер, продакт менеджер, менеджер
  продукта, владелец продукта, ürün yöneticisi, ürün müdürü, プロダクトマネージャー, プロダクトオーナー, 产品经理,
  產品經理, 产品负责人, 프로덕트 매니저, 제품 관리자, 프로덕트 오너, מנהל מוצר, מנהלת מוצר, مدير منتج, مدير المنتج,
  مدير منتجات, quản lý sản phẩm, उत्पाद प्रबंधक, responsabile di prodotto, apm
product: product, products, produkt, producto, produto, produit, prodotto, produktu, продукта, продукт, ürün,
  プロダクト, 产品, 產品, 프로덕트, 제품, מוצר, منتج, sản phẩm, उत्पाद, cpo, chief product
project_manager: project manager, programme manager, program manager, project coordinator, programme coordinator,
  program coordinator, project management, pmo, scrum master, scrummaster, agile coach, agile master, delivery
  manager, technical program manager, tpm, projektmanager, projektmanagerin, projekt manager, projektleiter,
  projektleiterin, projektleitung, projekt leiter, projekt leitung, projekt management, projekt koordinator,
  projektkoordinator, projektkoordinatorin, chef de projet, cheffe de projet, chef de projets, directeur de projet,
  gestor de proyectos, gestora de proyectos, jefe de proyecto, jefa de proyecto, jefe de proyectos, director de
  proyecto, gerente de proyectos, gerente de proyecto, coordinador de proyectos, coordinadora de proyectos, gerente
  de projetos, gerente de projeto, coordenador de projetos, coordenadora de projetos, gestor de projetos, analista
  de projetos, kierownik projektu, menedżer projektu, руководитель проекта, руководитель проектов, менеджер проекта,
  менеджер проектов, менеджер по проектам, proje yöneticisi, proje müdürü, プロジェクトマネージャー,
  スクラムマスター, 项目经理, 項目經理, 专案经理, 프로젝트 매니저, 스크럼 마스터, מנהל פרויקט, מנהל פרויקטים, מנהלת
  פרויקטים, مدير مشروع, مدير مشاريع, مدير المشروع, διαχειριστής έργου, quản lý dự án, परियोजना प्रबंधक, capo
  progetto, projectleider, projectmanager, rte, release train engineer, engagement manager, project officer, project
  planner
product_design: product designer, product design, ux designer, ux design, ui/ux, ux/ui, uiux, ux ui, ui ux,
  experience designer, interaction designer, ux/ui designer, ux, user experience, ui/ux designer, service designer,
  digital designer, digital product designer, design systems, 交互设计, 用户体验, 产品设计, プロダクトデザイン,
  프로덕트 디자인, дизайнер продукта, продуктовый дизайнер, diseñador de producto, designer de produto, ui-ux,
  deneyimi, 用户界面
ux: ux researcher, user researcher, user research, ux research, ux, user experience, information architect,
  usability, ux writer, ux copywriter
ui: ui, ui designer, user interface, interface designer, visual designer
graphic: graphic, graphics, grafik, grafikdesigner, grafikdesignerin, graphique, graphiste, gráfico, gráfica,
  grafico, grafica, grafiker, grafikerin, mediengestalter, mediengestalterin, графический, グラフィック, 平面,
  平面设计, 그래픽, גרפי, גרפית, جرافيك, γραφίστας, đồ họa, ग्राफिक, visual, illustrator, art director, print,
  layout, packaging, art, reinzeichner, desktop publishing, kommunikationsdesigner, kommunikations design, creative
  director, art direction
motion: motion, motion designer, animator, motion graphics, video editor, videographer, 3d artist, モーション, 动效,
  cutter, videoeditor, editor de vídeo
brand: brand, marke, marken, marque, marca, бренд, marka, ブランド, 品牌, 브랜드, branding
marketing: marketing, marketer, mercadotecnia, mercadeo, маркетинг, маркетолог, маркетингу, pazarlama,
  マーケティング, マーケター, 市场, 市場, 市场营销, 营销, 마케팅, 마케터, שיווק, تسويق, التسويق, μάρκετινγκ, tiếp
  thị, विपणन, मार्केटिंग, cmo, chief marketing, product marketing, product marketing manager, communications,
  kommunikation, communication, comunicación, comunicação, pr, public relations, öffentlichkeitsarbeit,
  pressesprecher, event, events, werbung, publicité, publicidad, publicidade, advertising, campaign, mercato,
  marketingu, marketingowy, marketingowa, маркетинга
growth: growth, performance marketing, performance, seo, sem, ppc, paid, acquisition, demand generation, digital
  marketing, online marketing, onlinemarketing, lifecycle, email marketing, media buyer, suchmaschinen, affiliate,
  e-commerce, ecommerce, lead generation, marketing automation, crm marketing, traffic, 增长, グロース, 그로스,
  performance-marketing
content: content, contents, copywriter, copywriting, writer, editor, redakteur, redakteurin, redaktion, rédacteur,
  rédactrice, redactor, redactora, redator, redatora, redattore, redaktor, редактор, копирайтер, контент, yazar,
  içerik, コンテンツ, ライター, 编辑, 文案, 内容, 콘텐츠, 에디터, תוכן, محتوى, كاتب, nội dung, सामग्री, technical
  writer, social media, community manager, social media manager, blogger, storyteller, texter, texterin, conteúdo,
  contenido, contenu, contenus, contenidos, conteúdos, proofreader, lektor, lektorin, redes sociales, redes sociais,
  community, content manager, staff writer
"""

TRADES: Final = """
sales: sales, vertrieb, vertriebs, verkauf, verkaufs, verkäufer, verkäuferin, vertriebsmitarbeiter, ventes, vente,
  vendeur, vendeuse, commercial, commerciale, commerciaux, ventas, venta, vendedor, vendedora, comercial, vendas,
  venda, vendite, commerciale vendite, sprzedaż, sprzedaży, handlowiec, продаж, продажам, продажи, satış, 営業,
  セールス, 销售, 業務, 銷售, 영업, 세일즈, מכירות, مبيعات, المبيعات, πωλήσεων, πωλητής, bán hàng, kinh doanh,
  बिक्री, verkoop, cro, chief revenue, revenue, chief sales, chief commercial, cashier, kassierer, kassiererin, shop
  assistant, sales assistant, einzelhandelskaufmann, retail, salesperson, salesman, außendienst, aussendienst,
  innendienst
account_executive: account executive, enterprise account executive, sales executive, sales representative, sales
  rep, sales manager, sales engineer, solutions engineer, solution engineer, presales, pre-sales, pre sales,
  solutions consultant, sales consultant, field sales, regional sales, area sales, territory manager, account exec,
  ae, deal, vertriebsmitarbeiter, vertriebsbeauftragter, ingénieur commercial, attaché commercial, attachée
  commerciale, technico-commercial, technico commercial, ejecutivo de ventas, ejecutiva de ventas, ejecutivo
  comercial, ejecutivo de cuentas, representante de ventas, executivo de vendas, executiva de vendas, executivo de
  contas, executiva de contas, representante comercial, consultor de vendas, vertriebsingenieur, менеджер по
  продажам, przedstawiciel handlowy, satış temsilcisi, satış uzmanı, 销售代表, 영업 대표, מנהל מכירות איש, nhân viên
  kinh doanh, nhân viên bán hàng, partnerships, partnership manager, alliances, channel, bid manager, sales
  specialist
sdr: sdr, bdr, sales development, business development, business development representative, business developer,
  lead qualification, inside sales, outbound, telesales, geschäftsentwicklung, développement commercial, desarrollo
  de negocio, desarrollo de negocios, desenvolvimento de negócios, развитию бизнеса, iş geliştirme, 事業開発,
  商务拓展, 사업개발, cold caller, prospecting, telemarketing
account_manager: account manager, key account manager, key account, kam, account management, account director,
  client manager, relationship manager, client partner, kundenberater, kundenberaterin, kundenbetreuer,
  kundenbetreuerin, key-account-manager, responsable grands comptes, chargé de clientèle, chargée de clientèle,
  chargé de comptes, gestor de cuentas, gerente de cuentas, gerente de cuenta, gerente de contas, gerente de conta,
  analista de contas, opiekun klienta, менеджер по работе с клиентами, аккаунт менеджер, аккаунт-менеджер, müşteri
  temsilcisi, 客户经理, 고객 관리자, アカウントマネージャー, מנהל לקוחות, מנהלת לקוחות, مدير حسابات, client
  executive, client services
customer_success: customer success, customer success manager, csm, client success, onboarding, onboarding
  specialist, implementation specialist, implementation consultant, renewals, customer experience, customer
  onboarding, succès client, éxito del cliente, éxito de clientes, sucesso do cliente, customer-success,
  カスタマーサクセス, 客户成功, 고객 성공, הצלחת לקוחות, نجاح العملاء, customer engagement, kundenerfolg, cco, chief
  customer, customer operations, customer education, implementation manager, customer onboarding manager
support: support, customer support, customer service, technical support, support engineer, technical support
  engineer, application support, help desk, helpdesk, service desk, it support, it-support, desktop support, call
  center, call centre, contact center, kundenservice, kundendienst, servicemitarbeiter, support client, service
  client, assistance technique, téléconseiller, téléconseillère, soporte, soporte técnico, atención al cliente,
  servicio al cliente, suporte, suporte técnico, atendimento, atendimento ao cliente, atendente, wsparcia, obsługi
  klienta, поддержки, техподдержки, технической поддержки, destek, müşteri hizmetleri, カスタマーサポート, サポート,
  ヘルプデスク, 客服, 技术支持, 고객지원, 고객 지원, 상담원, תמיכה, שירות לקוחות, دعم, خدمة العملاء, υποστήριξη, hỗ
  trợ, chăm sóc khách hàng, ग्राहक सेवा, customer care, klantenservice, customer, customers, kunden, client, clients,
  clientèle, cliente, clientes, müşteri
accounting: accountant, accounting, bookkeeper, bookkeeping, controller, financial controller, comptroller, auditor,
  audit, tax, steuerberater, steuerberaterin, steuerfachangestellte, steuerfachangestellter, wirtschaftsprüfer,
  accounts payable, accounts receivable, buchhalter, buchhalterin, bilanzbuchhalter, bilanzbuchhalterin,
  finanzbuchhalter, finanzbuchhalterin, lohnbuchhalter, buchhaltung, rechnungswesen, comptable, comptabilité,
  expert-comptable, expert comptable, auditeur, contable, contador, contadora, contabilidad, contabilidade,
  contábil, auditoría, auditoria, controladoria, ragioniere, contabile, contabilità, księgowy, księgowa, księgowość,
  бухгалтер, бухгалтерия, бухгалтерии, muhasebeci, muhasebe, 経理, 会計, 公認会計士, 会计, 會計, 审计, 회계, 회계사,
  רואה חשבון, רואת חשבון, חשב, محاسب, محاسبة, مدقق, λογιστής, λογίστρια, λογιστήριο, kế toán, kiểm toán, लेखाकार,
  मुनीम, boekhouder, accounts, payroll accountant, staff accountant, controlador financiero, billing, treasury,
  treasurer, ledger, debitorenbuchhalter, kreditorenbuchhalter, credit controller
fpa: fp&a, fpa, financial analyst, finance analyst, financial planning, finanzanalyst, finanzanalystin,
  finanzcontroller, controlling, contrôleur de gestion, contrôleuse de gestion, contrôle de gestion, analyste
  financier, analyste financière, analista financiero, analista financiera, analista financeiro, analista
  financeira, planejamento financeiro, planeamiento financiero, finansal analist, finans analisti, analityk
  finansowy, финансовый аналитик, 财务分析师, 财务分析, 財務分析, 재무 분석가, אנליסט פיננסי, محلل مالي, chuyên viên
  phân tích tài chính, वित्तीय विश्लेषक, investment analyst, budget analyst, finance business partner, equity analyst,
  equity research, commercial finance, investment banking, investment banker, mergers, private equity, venture
  capital, portfolio manager, credit analyst, risk analyst, treasury analyst, asset manager, investment manager
finance: finance, finances, financial, finanz, finanzen, financier, financière, finanzas, financiero, financiera,
  finanças, financeiro, financeira, finanza, finanziario, finansowy, finansów, финансовый, финансов, finans, mali,
  財務, 财务, 金融, 재무, 금융, כספים, פיננסי, مالي, مالية, οικονομικός, οικονομικών, tài chính, वित्त, वित्तीय, cfo,
  chief financial, chief finance, kaufmännischer, banker, bankkaufmann, bankkauffrau, banking, bank, insurance,
  underwriter, actuary, aktuar, actuaire, actuario, broker, trader, loan, mortgage, versicherungskaufmann, wealth,
  investment, credit, administrativo financeiro, risk manager
recruiting: recruiter, recruiting, recruitment, talent acquisition, talent partner, talent sourcer, sourcer,
  headhunter, executive search, technical recruiter, staffing, personalberater, personalberaterin,
  personalvermittler, personalgewinnung, recruitment consultant, recrutement, recruteur, recruteuse, chargé de
  recrutement, chargée de recrutement, reclutador, reclutadora, reclutamiento, selección de personal, recrutador,
  recrutadora, recrutamento, seleção, rekruter, rekruterka, rekrutacji, рекрутер, подбору персонала, işe alım,
  リクルーター, 採用, 採用担当, 招聘, 猎头, 리크루터, 채용, מגייס, מגייסת, גיוס, توظيف, tuyển dụng, भर्ती, employer
  branding, talent, recruteur technique
hr_generalist: hr generalist, hr business partner, hrbp, hr manager, people partner, people operations, people ops,
  people and culture, people & culture, personalreferent, personalreferentin, personalleiter, personalleiterin,
  personalsachbearbeiter, personalsachbearbeiterin, personalmanager, departamento pessoal, kadrowa, hr-менеджер,
  payroll, compensation, benefits, learning and development, l&d, talent management, talent development,
  personalentwicklung, personalentwickler, lohn, lohn- und gehalt, employee relations, workplace culture,
  organizational development, hris, personeelszaken, learning development, people culture
legal: legal, law, jura, recht, rechts, juridique, jurídico, jurídica, giuridico, prawny, юридический, hukuk, 法務,
  法务, 法律, 법무, משפטי, משפטית, قانوني, νομικός, pháp lý, pháp chế, कानूनी, general counsel, chief legal, clo
legal_counsel: legal counsel, counsel, lawyer, attorney, solicitor, barrister, paralegal, compliance, compliance
  officer, notary, jurist, juristin, syndikusrechtsanwalt, syndikus, rechtsanwalt, rechtsanwältin,
  rechtsanwaltsfachangestellte, rechtsreferent, juriste, avocat, avocate, notaire, abogado, abogada, advogado,
  advogada, assessor jurídico, avvocato, giurista, prawnik, prawniczka, adwokat, radca prawny, юрист, адвокат,
  юрисконсульт, avukat, 弁護士, 律师, 律師, 변호사, עורך דין, עורכת דין, יועץ משפטי, محام, محامي, محامية, مستشار
  قانوني, δικηγόρος, luật sư, वकील, contract manager, contracts manager, legal assistant, legal secretary, data
  protection officer, dpo, datenschutzbeauftragter, privacy, patent, trademark, regulatory affairs, datenschutz,
  regulatory, contracts, company secretary, judge, richter, richterin, advocaat, contract specialist, contract
  administrator, contracts administrator, contract counsel
supply_chain: supply chain, logistics, logistik, logistiker, logistikerin, logistique, logística, logistica,
  logistyk, logistyki, логист, логистике, логистики, lojistik, 物流, サプライチェーン, 供应链, 물류, 공급망,
  לוגיסטיקה, שרשרת אספקה, لوجستيات, لوجستي, سلسلة التوريد, hậu cần, chuỗi cung ứng, आपूर्ति श्रृंखला, procurement,
  purchasing, purchaser, buyer, strategic sourcing, einkauf, einkäufer, einkäuferin, beschaffung, achats, acheteur,
  acheteuse, approvisionneur, approvisionneuse, compras, comprador, compradora, acquisti, zakupów, kupiec, закупкам,
  закупок, закупки, satın alma, 購買, 調達, 采购, 採購, 구매, רכש, مشتريات, المشتريات, mua hàng, thu mua, warehouse,
  lager, lagerist, lageristin, lagerleiter, entrepôt, magasinier, almacén, almacenista, almoxarife, estoque, depo,
  magazynier, 仓库, 倉庫, inventory, demand planner, demand planning, supply planner, production planner, disponent,
  disponentin, dispatcher, spediteur, spedition, speditionskaufmann, fleet, transport, transportation, shipping,
  import, export, customs, zoll, fulfillment, fulfilment, distribution, material planner, supply, cadena de
  suministro, cadeia de suprimentos, supplier, materials, sourcing
office: office, office manager, büro, büroleitung, büroleiter, büroleiterin, bürokaufmann, bürokauffrau, bürokraft,
  sekretär, sekretärin, sekretariat, secretary, secrétaire, secretario, secretaria, secretária, segretaria,
  sekretarka, секретарь, офис-менеджер, офис менеджер, делопроизводитель, sekreter, 秘書, 秘书, 行政, 비서, 총무,
  מזכירה, מזכיר, מנהלת משרד, סקרטר, سكرتير, سكرتيرة, γραμματέας, thư ký, hành chính, सचिव, receptionist, empfang,
  rezeptionist, rezeptionistin, réceptionniste, recepcionista, executive assistant, personal assistant, virtual
  assistant, administrative assistant, administrative, assistant to, ea, pa, teamassistenz, teamassistent,
  teamassistentin, assistenz, vorstandsassistentin, assistenz der geschäftsführung, assistant de direction,
  assistante de direction, assistante administrative, assistant administratif, asistente administrativo, asistente
  administrativa, auxiliar administrativo, auxiliar administrativa, assistente administrativo, assistente
  administrativa, administrativo, administrativa, oficinista, impiegata, impiegato, workplace, facilities, facility,
  office administrator, data entry, clerical
operations: operations, ops, operation, betrieb, betriebsleiter, betriebsleiterin, opérations, exploitation,
  operaciones, operações, operacional, operazioni, operacyjny, операционный, operasyon, operasyonlar,
  オペレーション, 运营, 運營, 운영, תפעול, عمليات, العمليات, λειτουργιών, vận hành, संचालन, coo, chief operating,
  chief operations, chief of staff, business operations, bizops, production, produktion, produktionsleiter,
  fertigung, producción, produção, manufacturing, plant, werk, werkleiter, qualitätsmanager, qualitätsmanagement,
  calidad, qualidade, process, prozess, ehs, hse, health and safety, maintenance, filiale, general operations,
  branch, store manager, plant manager, warehouse operations
nursing: nurse, nurses, nursing, registered nurse, rn, staff nurse, icu, critical care, lpn, cna, midwife,
  krankenpfleger, krankenpflegerin, krankenschwester, pflegefachkraft, pflegefachfrau, pflegefachmann, pflegekraft,
  pfleger, pflegerin, pflege, pflegehelfer, pflegehelferin, pflegedienst, altenpfleger, altenpflegerin, gesundheits-
  und krankenpfleger, gesundheits- und krankenpflegerin, intensivpfleger, intensivpflegerin, hebamme,
  stationsleitung, pflegedienstleitung, infirmier, infirmière, aide-soignant, aide-soignante, sage-femme, enfermero,
  enfermera, enfermería, enfermagem, enfermeiro, enfermeira, técnico de enfermagem, técnica de enfermagem, matrona,
  infermiere, infermiera, pielęgniarka, pielęgniarz, położna, медсестра, медицинская сестра, медбрат, фельдшер,
  hemşire, hemşiresi, ebe, 看護師, 助産師, 护士, 護士, 护理, 간호사, אח מוסמך, אחות, אחות מוסמכת, ممرض, ممرضة,
  تمريض, νοσοκόμα, νοσηλευτής, νοσηλεύτρια, y tá, điều dưỡng, नर्स, verpleegkundige, healthcare assistant, caregiver,
  matron, ward, charge nurse, nurse practitioner, health visitor, paramedic nurse, head nurse, ward manager, head of
  nursing
healthcare: doctor, physician, surgeon, medical, medicine, clinical, clinic, pharmacist, pharmacy, physiotherapist,
  physical therapist, occupational therapist, therapist, dentist, dental, psychologist, psychiatrist, radiologist,
  radiographer, paramedic, dietitian, optometrist, veterinarian, healthcare, health care, arzt, ärztin, facharzt,
  fachärztin, oberarzt, oberärztin, assistenzarzt, assistenzärztin, apotheker, apothekerin, pta, mta,
  physiotherapeut, physiotherapeutin, ergotherapeut, ergotherapeutin, psychologe, psychologin, therapeut,
  therapeutin, zahnarzt, zahnärztin, medizinische fachangestellte, arzthelferin, rettungssanitäter,
  notfallsanitäter, médecin, pharmacien, pharmacienne, kinésithérapeute, psychologue, dentiste, chirurgien, médico,
  médica, farmacéutico, farmacéutica, farmacêutico, farmacêutica, fisioterapeuta, psicólogo, psicóloga, odontólogo,
  dentista, cirujano, medico, farmacista, lekarz, lekarka, farmaceuta, врач, фармацевт, психолог, хирург, doktor,
  hekim, eczacı, psikolog, 医師, 薬剤師, 医生, 药师, 의사, 약사, רופא, רופאה, רוקח, طبيب, طبيبة, صيدلي, γιατρός,
  φαρμακοποιός, bác sĩ, dược sĩ, डॉक्टर, चिकित्सक, klinik, klinisch, hospital, health, cno, chief nursing, chief
  medical, cmo medical, laboratory, pharmacovigilance, cra, practitioner, general practitioner, hygienist,
  allgemeinmediziner, anästhesist, kinderarzt, médecin généraliste, logopäde, heilerziehungspfleger, nutritionist,
  epidemiologist, sonographer, phlebotomist, optician, optiker, augenoptiker, audiologist, midwifery
people: people, chief people, chro, hr, human resources, human resource, personal, personalabteilung, personalwesen,
  ressources humaines, rh, drh, recursos humanos, rrhh, rr hh, risorse umane, kadr, zasobów ludzkich, кадрам,
  кадров, персоналом, персоналу, персонала, insan kaynakları, ik, 人事, 人力资源, 人力資源, 인사, משאבי אנוש, موارد
  بشرية, الموارد البشرية, ανθρώπινου δυναμικού, nhân sự, मानव संसाधन, gestão de pessoas, chief human
"""
