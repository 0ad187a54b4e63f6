"""Skills of every other trade as people write them: `Name = alias, alias`, parted by semicolons, a block a category."""

from __future__ import annotations

from typing import Final

BUSINESS: Final[dict[str, str]] = {
    "product": """
Roadmapping = product roadmap, product roadmaps, road mapping; Discovery = product discovery; Product strategy =
produktstrategie; Product management = produktmanagement; User stories = user story; Backlog management = backlog
grooming, backlog refinement, product backlog; Prioritisation = prioritization; OKRs = okr; KPIs = kpi; Jira =
atlassian jira; Confluence; Productboard; Aha!; Linear; Notion; Trello; Asana; Monday.com; ClickUp; Market research =
marktforschung, investigación de mercado; Customer interviews = user interviews; Product analytics; Go-to-market =
gtm; Pricing = pricing strategy; Requirements engineering = requirements analysis, requirements gathering,
anforderungsanalyse, anforderungsmanagement, levantamento de requisitos; Wireframing = wireframes; MVP; Jobs to be
done = jtbd; Product launches = product launch; Competitive analysis; Business analysis = geschäftsanalyse; Platform
strategy; Monetisation = monetization; B2B SaaS
""",
    "project management": """
Scrum = scrum framework; Kanban; Agile = agile methods, agile methodologies, agile methodology, agil, ágil, métodos
ágeis, metodologías ágiles, méthodes agiles; SAFe = scaled agile; PRINCE2 = prince 2; PMP = project management
professional; PMBOK; Risk management = risikomanagement, gestion des risques, gestión de riesgos, gestão de riscos; MS
Project = microsoft project; Project management = projektmanagement, gestion de projet, gestión de proyectos, gestão
de projetos, gerenciamento de projetos; Programme management = program management; Stakeholder management =
stakeholdermanagement; Change management = gestion du changement, gestão de mudanças; Budget management = budget
control, budgetverantwortung; Waterfall; Six Sigma = lean six sigma; Resource planning = capacity planning; Agile
coaching; Retrospectives; Gantt charts = gantt; Smartsheet; Process improvement = continuous improvement, kaizen,
prozessoptimierung, process optimization, melhoria contínua, mejora continua; Facilitation = workshop facilitation;
Project planning; Vendor management = supplier management; Release management
""",
    "design": """
Figma; Sketch; Adobe XD; InVision; Framer; Axure = axure rp; Balsamiq; Zeplin; Miro; User research = ux research,
design research, nutzerforschung, recherche utilisateur; Usability testing = usability tests, user testing; Design
systems = design system; Prototyping = prototypes, rapid prototyping; Interaction design = ixd; Visual design; UX
design = ux, user experience, user experience design; UI design = ui, user interface design, user interface;
Information architecture; Service design; Design thinking; Typography = typografie, typographie; Illustrator = adobe
illustrator; InDesign = adobe indesign; Photoshop = adobe photoshop; Adobe Creative Suite = adobe creative cloud,
creative cloud, adobe suite; After Effects = adobe after effects; Premiere Pro = adobe premiere, premiere; Lightroom;
Canva; CorelDRAW = corel draw; Affinity Designer; Illustration = illustrationen; Branding = brand identity, corporate
identity, corporate design, identidade visual; Logo design; Packaging design; Print design; Layout design; Motion
graphics = motion design; Animation = 2d animation; 3D modelling = 3d modeling; Blender; Cinema 4D = c4d; Maya =
autodesk maya; 3ds Max; SketchUp; Rhino = rhinoceros 3d; Photography = fotografie, fotografía; Video editing =
videoschnitt, edição de vídeo, edición de video, montage vidéo; Final Cut Pro; DaVinci Resolve; Storyboarding;
Webflow; Art direction; Creative direction; User flows = user journeys; Customer journey mapping = journey mapping;
Inclusive design; Colour theory = color theory; Web design = webdesign
""",
    "marketing": """
SEO = search engine optimization, search engine optimisation, suchmaschinenoptimierung; SEM = search engine marketing;
PPC = pay per click; Google Ads = adwords, google adwords; Meta Ads = facebook ads, facebook advertising; LinkedIn
Ads; TikTok Ads; GA4 = google analytics, google analytics 4; Google Tag Manager = gtm tag manager; Google Search
Console = search console; HubSpot = hub spot; Marketo; Pardot; Mailchimp; Klaviyo; Braze; Iterable; ActiveCampaign;
Customer.io; Email marketing = e-mail marketing, e-mail-marketing; Marketing automation; Content marketing; Content
strategy = content-strategie; Copywriting = texten, redação publicitária, redacción publicitaria; Editing = copy
editing, copyediting; Proofreading = lektorat; Storytelling = story telling; WordPress = word press; Blogging = blog
writing; Social media = social media marketing, social media management, redes sociales, redes sociais, réseaux
sociaux; Community management; Influencer marketing; Affiliate marketing; Growth marketing = growth hacking;
Performance marketing; Conversion rate optimisation = cro, conversion optimization, conversion rate optimization,
landing page optimization; Lead generation = lead gen, leadgenerierung, geração de leads, generación de leads; Demand
generation = demand gen; Product marketing; Brand management = markenführung, brand strategy; Public relations =
öffentlichkeitsarbeit, relations publiques, relaciones públicas, relações públicas; Media planning = media buying,
mediaplanung; Event marketing = event management, eventmanagement, organisation d'événements; Trade shows = messen;
Market segmentation; Customer acquisition; Retention marketing = crm marketing, lifecycle marketing; Attribution =
marketing attribution; Ahrefs; Semrush; Screaming Frog; Hootsuite; Buffer; Keyword research; Link building; App store
optimisation = aso, app store optimization; Video marketing; Newsletters; Translation = übersetzung, traducción,
tradução, traduction; Technical writing = technical documentation, technische dokumentation; UX writing; Journalism =
journalismus, periodismo, jornalismo; Digital marketing = online marketing, onlinemarketing, marketing digital;
Campaign management = kampagnenmanagement; Contentful; CMS = content management systems
""",
    "sales": """
Salesforce = sfdc, salesforce.com, salesforce crm; MEDDIC = meddpicc, meddicc; Negotiation = negotiations, contract
negotiation, verhandlung, verhandlungsführung, négociation, negociación, negociação; Cold calling = cold calls,
kaltakquise, prospection téléphonique; Outreach = outreach.io, sales outreach; Lead qualification = lead qualifying;
Prospecting = prospection, prospección, prospecção, sales prospecting; Pipeline management = sales pipeline, pipeline
generation; Account management = key account management, kundenbetreuung, gestión de cuentas, gestão de contas;
Business development = geschäftsentwicklung, développement commercial, desarrollo de negocio, desenvolvimento de
negócios; B2B sales = b2b-vertrieb, vente b2b, venta b2b, vendas b2b; Enterprise sales; SaaS sales; Solution selling;
SPIN selling = spin; Challenger sale; Inside sales = innendienst; Field sales = außendienst, outside sales;
Consultative selling; Sales operations = sales ops, revops, revenue operations; Sales enablement; Sales strategy =
vertriebsstrategie; Sales management = vertriebsleitung; Closing = deal closing; Upselling = up-selling; Cross-selling
= cross selling; CRM = customer relationship management; Pipedrive; Zoho CRM = zoho; Microsoft Dynamics = dynamics
365, ms dynamics, dynamics crm; SalesLoft = sales loft; Gong; Apollo.io; ZoomInfo; LinkedIn Sales Navigator = sales
navigator; Tendering = rfp, rfps, ausschreibungen, appels d'offres, licitaciones, licitações; Quota attainment;
Partner management = channel sales, channel management; Retail sales = verkauf im einzelhandel; Product demos =
product demonstrations; Presales = pre-sales, solution engineering; Territory management; Outbound = outbound sales;
Cold emailing = cold email
""",
    "customer success": """
Gainsight; Renewals = renewal management, contract renewals; QBRs = qbr, quarterly business reviews; Onboarding =
customer onboarding, employee onboarding, client onboarding; Churn reduction = churn prevention, churn; Customer
retention = kundenbindung, fidélisation; Customer health = health scores; Zendesk; Intercom; Freshdesk; Help Scout;
Troubleshooting = fehlersuche, dépannage; SLA management = sla, slas, service level agreements; Customer service =
kundenservice, kundendienst, service client, servicio al cliente, atención al cliente, atendimento ao cliente;
Customer support; Technical support = technischer support, soporte técnico, suporte técnico, support technique;
Ticketing = ticketing systems; Live chat; Call centre = call center, callcenter; Escalation management; Customer
training; Knowledge base; NPS = net promoter score; CSAT; Customer success; ChurnZero; Totango; Help desk = helpdesk,
service desk; Complaint handling = beschwerdemanagement; Remote support; Customer experience = cx, kundenerlebnis
""",
    "finance": """
IFRS; US GAAP = us-gaap, gaap; HGB; SAP = sap erp; SAP FI/CO = sap fico, sap fi, sap co, sap fi co; SAP S/4HANA =
s/4hana, s4hana, sap hana; Month-end close = month end close, month-end closing, month end closing, monatsabschluss,
clôture mensuelle, cierre mensual, fechamento mensal; VAT = vat returns, umsatzsteuer, tva, iva; Budgeting =
budgetierung, budgétisation, presupuestos, orçamento; Financial modelling = financial modeling, finanzmodellierung,
modelagem financeira, modelización financiera; Anaplan; Adaptive Planning = workday adaptive; Financial planning =
fp&a, finanzplanung, planejamento financeiro; Financial analysis = finanzanalyse, analyse financière, análisis
financiero, análise financeira; Financial reporting = finanzberichterstattung; Management reporting; Accounts payable
= kreditorenbuchhaltung, cuentas por pagar, contas a pagar; Accounts receivable = debitorenbuchhaltung, cuentas por
cobrar, contas a receber; General ledger = hauptbuch; Bookkeeping = buchhaltung, buchführung, comptabilité,
contabilidad, contabilidade; Accounting = rechnungswesen, księgowość; Annual accounts = jahresabschluss, year-end
close, year end close; Audit = auditing, internal audit, wirtschaftsprüfung, external audit, auditoría, auditoria; Tax
= taxation, steuerrecht, corporate tax, fiscalité; Treasury = cash management; Cash flow = cash flow management,
liquiditätsplanung; Consolidation = konsolidierung; Controlling = kostenrechnung, contrôle de gestion; Cost
accounting; Valuation = company valuation; M&A = mergers and acquisitions, mergers & acquisitions; Due diligence;
Investment analysis; Portfolio management; Credit analysis = credit risk; Variance analysis; Internal controls; SOX =
sarbanes-oxley, sox compliance; DATEV; Lexware; QuickBooks = quick books; Xero; Sage; NetSuite = oracle netsuite;
Hyperion = oracle hyperion; Oracle Financials; Bloomberg = bloomberg terminal; Revenue recognition = asc 606, ifrs 15;
Invoicing = billing, rechnungsstellung, facturation, facturación, faturamento; Bank reconciliation = reconciliations,
account reconciliation, conciliação bancária; Fixed assets; Transfer pricing; Fundraising = capital raising; Equity
research; CFA; CPA; ACCA; Stripe; Fund accounting; Actuarial science
""",
    "hr": """
Sourcing = candidate sourcing, active sourcing, talent sourcing; Boolean search = boolean; Employer branding =
employer brand; Recruiting = recruitment, personalbeschaffung, recrutement, reclutamiento, recrutamento, talent
acquisition, full-cycle recruiting, full cycle recruiting; Employee relations = labour relations, labor relations;
Payroll = payroll processing, lohnbuchhaltung, lohn- und gehaltsabrechnung, gehaltsabrechnung, entgeltabrechnung,
paie, nómina, folha de pagamento; Compensation and benefits = comp & ben, compensation & benefits, compensation;
Performance management = performance reviews; Talent management = talent development; Learning and development = l&d,
personalentwicklung, training and development; Workforce planning = headcount planning, personalplanung; Succession
planning; HR analytics = people analytics; HRIS = hris systems; Workday; BambooHR = bamboo hr; Personio; SAP
SuccessFactors = successfactors; ADP; Greenhouse; Lever; Ashby; Workable; SmartRecruiters; LinkedIn Recruiter;
Applicant tracking systems = applicant tracking, ats; Interviewing = structured interviews, candidate interviews;
Diversity and inclusion = dei, d&i, diversity, diversity & inclusion; Organisational development = organizational
development, organisationsentwicklung; HR policies; Labour law compliance; Employee engagement; Offboarding; Executive
search = headhunting; Stakeholder interviews; Job descriptions; Coaching = executive coaching; Training delivery =
staff training, corporate training; HR business partnering = hr business partner; Immigration = visa sponsorship;
Works council = betriebsrat; Conflict resolution = mediation; Culture building; Campus recruiting
""",
    "legal": """
GDPR = dsgvo, rgpd, lgpd, data protection, datenschutz; Contract drafting = vertragsgestaltung, contract review,
drafting contracts, contract law, vertragsrecht, rédaction de contrats; Employment law = labour law, labor law,
arbeitsrecht, droit du travail, derecho laboral, direito do trabalho, direito trabalhista; Corporate law =
gesellschaftsrecht, droit des sociétés, derecho societario, direito societário; Intellectual property = ip law, patent
law, trademarks; Litigation = contencioso, prozessführung; Compliance = regulatory compliance, corporate compliance;
Anti-money laundering = aml, geldwäscheprävention; KYC = know your customer; Legal research; Commercial contracts;
Contract management = vertragsmanagement; Privacy law = ccpa; Corporate governance = governance; Regulatory affairs =
regulatory; Arbitration; Tax law; Company secretarial; Legal writing; Competition law = antitrust; Data privacy =
privacy; E-discovery; Real estate law
""",
    "operations": """
Lean = lean management, lean manufacturing, lean production; Inventory planning = inventory management, stock
management, lagerverwaltung, gestion des stocks, gestión de inventarios, gestão de estoque; Incoterms; Supply chain
management = scm, supply chain, lieferkettenmanagement, cadena de suministro, cadeia de suprimentos; Logistics =
logistik, logistique, logística; Procurement = purchasing, beschaffung, einkauf, achats, compras, strategic sourcing;
Warehouse management = warehousing, wms; Demand planning = s&op, sales and operations planning; Production planning =
produktionsplanung; Transport management = fleet management, tms; Customs = zollabwicklung, customs clearance;
Import/export = import export; ERP = erp systems; SAP MM; SAP SD; SAP WM = sap ewm; Oracle ERP; Odoo; Quality
management = qualitätsmanagement, gestion de la qualité, gestión de calidad, gestão da qualidade; ISO 9001 = iso9001;
5S; Root cause analysis; Process mapping = bpmn; Facility management = facilities management; Office management =
büroorganisation, büromanagement; Calendar management = diary management, terminkoordination; Travel planning = travel
arrangements, reiseplanung; Event planning; Minute taking; Data entry = datenerfassung; Health and safety = hse, ehs,
arbeitssicherheit, occupational safety; Vendor negotiation; Contract negotiation with suppliers; Distribution =
distribution planning; Forklift = forklift driving, staplerschein; HACCP; Food safety; Merchandising = visual
merchandising; Store management; Manufacturing = fertigung; GMP = good manufacturing practice; Maintenance =
preventive maintenance; Business operations = bizops; Category management; Last mile delivery = last-mile; MS Office =
microsoft office, ms-office; Word = ms word, microsoft word; PowerPoint = power point, ms powerpoint; Outlook = ms
outlook; Google Workspace = g suite; SharePoint = share point; Visio; Zapier; Power Automate; Airtable; UiPath; RPA =
robotic process automation
""",
    "healthcare": """
Patient care = patientenpflege, patient-centered care, soins aux patients, cuidado al paciente, cuidados ao paciente,
patientenversorgung; Triage = emergency triage; BLS = basic life support; ACLS = advanced cardiac life support; PALS;
CPR = first aid, erste hilfe, primeros auxilios; Medication administration = drug administration, medikamentengabe;
Intensive care = icu, critical care, intensivpflege, intensivmedizin, cuidados intensivos, uti, réanimation; Wound
care = wundversorgung, wundmanagement; Phlebotomy = blood draws, venipuncture; IV therapy = iv insertion; Ventilator
management = mechanical ventilation, beatmung; Geriatric care = elderly care, altenpflege; Paediatrics = pediatrics,
paediatric nursing, pediatric nursing; Palliative care = end of life care; Emergency care = emergency nursing,
notfallmedizin; Surgical nursing = perioperative nursing, operating theatre; Anaesthesia = anesthesia, anästhesie;
Midwifery = obstetrics; Mental health = psychiatric nursing; Oncology; Cardiology; Dialysis; Infection control =
infection prevention; Patient assessment = patient monitoring, vital signs; Care planning = care plans, pflegeplanung;
Electronic health records = ehr, emr, electronic medical records; Epic = epic emr, epic systems; Cerner; Clinical
research = clinical trials, klinische studien; GCP guidelines = good clinical practice; Pharmacology; Physiotherapy =
physical therapy; Radiology; Medical coding = icd-10; HIPAA; Telehealth = telemedicine; Health education = patient
education; Case management; Laboratory techniques = pcr; Pharmacovigilance; Medical devices; Nutrition counselling;
Rehabilitation; Home care; Discharge planning; Public health
""",
    "working with people": """
Leadership = people leadership, führung, liderança, liderazgo; People management = people manager, team management,
team leadership, mitarbeiterführung, gestão de pessoas, gestión de equipos, management d'équipe; Mentoring =
mentorship; Communication = communication skills, kommunikation, comunicación, comunicação; Presentation =
presentation skills, public speaking; Teamwork = team work, teamarbeit, trabajo en equipo, trabalho em equipe; Problem
solving = problem-solving; Critical thinking; Time management = zeitmanagement; Decision making; Strategic planning =
strategische planung, planeamiento estratégico, planejamento estratégico; Hiring; Cross-functional collaboration =
cross-functional teams; Customer focus; Teaching = unterrichten; Research = forschung; Consulting = beratung; P&L
responsibility = p&l, p&l management; Fluent English = business english; Digital transformation = digitalisierung,
transformação digital; Strategy = business strategy
""",
}

AMBIGUOUS: Final = frozenset(  # comparable forms that are also everyday words: they count only where a skill is meant
    """
access angular apex apollo arbitration argo arm ashby assembly astro attribution audit backbone beratung billing
blender bls boolean buffer burp c can chef closing coaching combine communication compensation compliance concurrency
consul consulting cpr creo crystal cucumber customs cx cypress d dagger dart discovery distribution diversity drift
eagle editing elixir ember envoy epic excel express flask flux fortran führung gatsby go gong governance greenhouse
helm hiring hive icu immigration import/export intercom interviewing inventor ionic jasmine jenkins jest js julia
leadership lean less lever linear lisp locust logistics looker maintenance manufacturing maya mediation messen mocha
monitoring mvp nim node nomad notion onboarding outbound outlook outreach packer pals payments phoenix prefect
presentation presto pricing privacy puppet r rancher react regulatory remix research rest retrofit rhino ros ruby rust
safe sage segment sentry sinatra sketch snort soap spark spi spice spin splunk spring storybook strategy streaming
stripe swift tax texten torch transformers ts unity uti vagrant vault vue waterfall word workable xray
""".split()
)
