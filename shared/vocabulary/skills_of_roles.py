"""Which skills go with which role: for telling a generalist's specialty, and for skills that are likely but not
stated."""

from __future__ import annotations

from typing import Final

_TABLE: Final = """
engineering/backend: REST, SQL, Java, Spring Boot, Go, Node.js, PostgreSQL, Microservices, Kafka, C#, .NET, gRPC,
  Redis, Django, Flask, FastAPI, Spring, PHP, Laravel, Ruby on Rails, Ruby, MySQL, API design, RabbitMQ, NestJS,
  Express, Hibernate, Distributed systems, Scala, Elixir, Symfony, MongoDB
engineering/frontend: JavaScript, HTML, CSS, React, TypeScript, Vue.js, Angular, Next.js, Redux, Accessibility,
  Svelte, Tailwind CSS, Webpack, Responsive design, Sass, Nuxt, jQuery, Storybook, Vite, Web performance
engineering/fullstack: JavaScript, REST, SQL, HTML, CSS
engineering/mobile: Swift, Kotlin, iOS, Android, Flutter, React Native, SwiftUI, Jetpack Compose, Objective-C,
  Xcode, Dart, UIKit, Xamarin, Kotlin Multiplatform
engineering/devops: Linux, CI/CD, Kubernetes, Docker, Terraform, AWS, Monitoring, GCP, Azure, Prometheus, Ansible,
  Helm, Grafana, Jenkins, Argo CD, Site reliability, Infrastructure as code, GitHub Actions, GitLab CI,
  Observability
engineering/infra: Linux, Networking, VMware, Windows Server, Active Directory, Cisco, Firewalls, DNS, VPN, Azure,
  Microsoft 365, Backup and recovery
engineering/data_engineering: SQL, Python, ETL, Data warehousing, Spark, Airflow, dbt, Snowflake, Databricks,
  BigQuery, Data pipelines, Data modelling, Hadoop, Redshift, Kafka, Flink, Delta Lake
engineering/ml: Python, Machine learning, MLOps, PyTorch, TensorFlow, LLMs, Deep learning, MLflow, Computer vision,
  Model deployment, NLP
engineering/qa: Test planning, Regression testing, Selenium, Playwright, Cypress, JMeter, Test automation, Manual
  testing, Appium, Postman, TestNG, ISTQB, Performance testing, API testing, Cucumber
engineering/security: SIEM, Threat modelling, Penetration testing, OAuth, ISO 27001, OWASP, Vulnerability
  management, Application security, Incident response, Network security, Burp Suite, SOC 2, Identity and access
  management, Cyber security, Information security
engineering/embedded: C, C++, RTOS, CAN bus, Rust, Embedded systems, Embedded Linux, Microcontrollers, Firmware,
  STM32, AUTOSAR, FPGA, ARM, VHDL, Device drivers
data/data_science: Python, Statistics, Machine learning, scikit-learn, PyTorch, NLP, TensorFlow, R, pandas, Deep
  learning, Predictive modelling, Computer vision, XGBoost, Causal inference
data/analytics: SQL, Excel, Data analysis, Tableau, Power BI, Looker, Data visualisation, Web analytics, A/B
  testing, Google Sheets, Metabase
data/bi: SQL, Power BI, Tableau, Looker, DAX, Qlik, SSRS, Data warehousing
product/product_management: Roadmapping, Prioritisation, Discovery, Product strategy, User stories, A/B testing,
  Jira, Product analytics, Go-to-market, OKRs, Backlog management
product/project_management: Project planning, Stakeholder management, Scrum, PRINCE2, Risk management, MS Project,
  Agile, Kanban, PMP, Project management, Programme management, Jira
design/product_design: Figma, Prototyping, User research, Design systems, Interaction design, Usability testing, UX
  design, Wireframing, UI design
design/ux: User research, Usability testing, Wireframing, Figma, Prototyping, Information architecture, Interaction
  design, UX design
design/ui: UI design, Figma, Design systems, Visual design, Typography
design/graphic_design: Illustrator, InDesign, Photoshop, Typography, Adobe Creative Suite, Layout design, Branding,
  Print design, Logo design, Packaging design, Illustration
design/brand: Branding, Illustrator, Typography, Logo design
design/motion: After Effects, Motion graphics, Animation, Cinema 4D, Premiere Pro
marketing/growth: Performance marketing, SEO, Google Ads, GA4, HubSpot, SEM, PPC, Meta Ads, Conversion rate
  optimisation, Email marketing, Marketing automation, Growth marketing, Lead generation, Demand generation,
  Customer acquisition
marketing/content: Copywriting, Editing, Content marketing, WordPress, Storytelling, Content strategy, Blogging,
  Proofreading, Social media
marketing/brand: Brand management, Branding, Market research, Public relations, Campaign management
sales/account_executive: Negotiation, Pipeline management, Salesforce, MEDDIC, Forecasting, Closing, Enterprise
  sales, B2B sales, Solution selling, CRM
sales/sdr: Prospecting, Cold calling, Outreach, Lead qualification, Outbound, Cold emailing, SalesLoft
sales/account_management: Account management, Upselling, Cross-selling, Negotiation, CRM
customer_success/customer_success: Customer retention, Onboarding, Gainsight, Renewals, QBRs, Churn reduction,
  Customer success, Customer health, Customer training
customer_success/support: Customer service, Troubleshooting, Ticketing, Zendesk, SLA management, Technical support,
  Customer support, Help desk, Freshdesk, Live chat, Call centre
finance/accounting: Bookkeeping, General ledger, IFRS, SAP, Month-end close, VAT, Excel, Accounts payable, Accounts
  receivable, Annual accounts, DATEV, Tax, QuickBooks, Accounting, Bank reconciliation, Invoicing
finance/fpa: Financial analysis, Excel, Budgeting, Financial modelling, Anaplan, Financial planning, Variance
  analysis, Management reporting, Controlling, Forecasting, Valuation
hr/recruiting: Recruiting, Interviewing, Sourcing, Boolean search, Employer branding, LinkedIn Recruiter, Applicant
  tracking systems, Executive search, Greenhouse
hr/hr_generalist: Employee relations, Payroll, Onboarding, HR policies, Compensation and benefits, Performance
  management, Learning and development, HRIS, Talent management, Employee engagement
legal/legal_counsel: Legal research, Contract drafting, GDPR, Employment law, Compliance, Corporate law, Litigation,
  Commercial contracts, Intellectual property, Contract management
operations/supply_chain: Supply chain management, Logistics, SAP, Lean, Inventory planning, Incoterms, Procurement,
  Warehouse management, Demand planning, Production planning, Customs, Transport management
operations/office: Office management, Calendar management, MS Office, Travel planning, Event planning, Minute taking
healthcare/nursing: Patient care, Triage, BLS, Medication administration, Patient assessment, Care planning,
  Intensive care, Wound care, ACLS, Infection control, Geriatric care, Electronic health records
"""


def _parsed() -> dict[tuple[str, str], tuple[str, ...]]:
    parsed = {}
    for line in _TABLE.strip().replace("\n  ", " ").splitlines():
        role, _, skills = line.partition(": ")
        function, _, specialty = role.partition("/")
        parsed[function, specialty] = tuple(skills.split(", "))
    return parsed


SKILLS_OF_ROLES: Final = _parsed()  # (function, specialty) -> canonical names, most typical first
