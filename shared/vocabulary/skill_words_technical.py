"""Technical skills as people write them: `Name = alias, alias`, parted by semicolons, a block a category."""

from __future__ import annotations

from typing import Final

TECHNICAL: Final[dict[str, str]] = {
    "programming language": """
Python = python3, python 3; Java = java 8, java 11, java 17, java 21, core java, java se; JavaScript = js, ecmascript,
es6, java script, vanilla js; TypeScript = ts, type script; Go = golang, go lang; C = c language, ansi c, embedded c,
c programming; C++ = cpp, c plus plus, c++11, c++14, c++17, c++20, modern c++; C# = csharp, c sharp, c-sharp; R =
rstats, r language, r programming, r studio, rstudio; Ruby; PHP = php7, php8; Swift = swift ui language; Kotlin;
Scala; Rust = rust lang, rustlang; Perl; Objective-C = objective c, objc, obj-c; Dart; Elixir; Erlang; Haskell;
Clojure; ClojureScript; F# = fsharp; OCaml; Lua; Julia; MATLAB = mat lab; Simulink; Fortran; COBOL; ABAP; VBA = excel
vba, visual basic for applications; Visual Basic = vb.net, vb6; Groovy; Bash = shell scripting, bash scripting, shell
script, unix shell, zsh; PowerShell = power shell; Assembly = assembler; Solidity; SQL = structured query language,
ansi sql; PL/SQL = plsql, pl sql; T-SQL = tsql, transact-sql, t sql; Apex = salesforce apex; Delphi; Zig; Prolog;
Lisp; VHDL; Verilog; SystemVerilog = system verilog; LabVIEW = lab view; WebAssembly = wasm; GLSL; CUDA; Crystal; Nim;
Tcl; SAS = sas base
""",
    "frontend": """
React = react.js, reactjs, react js; Redux = redux toolkit, redux.js; Vue.js = vue, vuejs, vue 3, vue js; Nuxt =
nuxt.js, nuxtjs; Angular = angular.js, angularjs, angular js, angular 2+; Svelte = sveltekit, svelte.js; Next.js =
nextjs, next js; Gatsby = gatsby.js; Remix; Astro; Ember.js = ember, emberjs; Backbone.js = backbone; jQuery = j
query; HTML = html5, html 5; CSS = css3, css 3; Sass = scss; Less; Tailwind CSS = tailwind, tailwindcss; Bootstrap =
bootstrap 5; Material UI = mui, material-ui; styled-components = styled components; Webpack; Vite; Babel; ESLint;
Storybook; Three.js = threejs; D3.js = d3, d3js; WebGL; Web Components; Accessibility = a11y, wcag, web accessibility,
barrierefreiheit, accesibilidad web; Responsive design = responsive web design; Progressive web apps = pwa, pwas;
MobX; RxJS; Zustand; Web performance = core web vitals, frontend performance; Design tokens; GraphQL = graph ql;
Apollo = apollo client, apollo graphql; Micro frontends = microfrontends, micro-frontends; SSR = server side rendering
""",
    "backend": """
Node.js = node, nodejs, node js; Express = express.js, expressjs; NestJS = nest.js, nest js; Fastify; Deno; Bun;
Spring = spring framework; Spring Boot = springboot, spring-boot; Hibernate; JPA; Jakarta EE = java ee, j2ee, jee;
Quarkus; Micronaut; Maven = apache maven; Gradle; Django = django rest framework; Flask; FastAPI = fast api; Celery;
SQLAlchemy; Pydantic; Ruby on Rails = rails, ror; Sidekiq; Sinatra; Laravel; Symfony; CodeIgniter; Yii; .NET = dotnet,
dot net, .net core, asp.net, asp.net core, .net framework, net core; Entity Framework = entity framework core, ef
core; Blazor; Phoenix = phoenix framework, phoenix liveview; gRPC = grpc; REST = rest api, rest apis, restful, restful
apis, restful api, rest-api; OpenAPI = swagger; SOAP; WebSockets = websocket, web sockets; Microservices = micro
services, micro-services, microservice architecture, mikroservices; Event-driven architecture = event driven
architecture, event-driven; Domain-driven design = ddd, domain driven design; CQRS; Event sourcing; Distributed
systems = verteilte systeme, sistemas distribuidos, systèmes distribués; System design = systems design; API design =
api development; Kafka = apache kafka, kafka streams; RabbitMQ = rabbit mq; ActiveMQ; NATS; ZeroMQ; Amazon SQS = sqs,
aws sqs; Google Pub/Sub = pub/sub, pubsub; Protobuf = protocol buffers; Thrift; Tomcat; Nginx; HAProxy; Envoy; OAuth =
oauth2, oauth 2.0, oauth 2; OpenID Connect = oidc; JWT; Concurrency = multithreading, multi-threading; Object-oriented
programming = oop, object oriented programming; Functional programming; Design patterns; Payments = payment systems;
LINQ; MuleSoft; Apache Camel; Drupal; Magento = adobe commerce; Shopware; TYPO3; WooCommerce
""",
    "database": """
PostgreSQL = postgres, postgre, postgre sql, psql, pgsql; MySQL = my sql; MariaDB; SQLite; SQL Server = mssql, ms sql,
microsoft sql server, ms sql server; Oracle Database = oracle db, oracle sql, oracle 19c; MongoDB = mongo, mongo db;
Redis; Memcached; Cassandra = apache cassandra; DynamoDB = dynamo db, amazon dynamodb; Couchbase; CouchDB; Neo4j =
neo4j graph; Elasticsearch = elastic search, elk, elk stack; OpenSearch; Solr = apache solr; Lucene; InfluxDB;
TimescaleDB; ClickHouse; CockroachDB; Firestore = cloud firestore; Firebase; HBase; Supabase; NoSQL = no sql; Database
design = database modeling, database modelling, datenbankdesign; pgvector; Pinecone; Db2 = ibm db2; Teradata
""",
    "mobile": """
iOS = ios development, ios sdk; Android = android sdk, android development; SwiftUI = swift ui; UIKit; Jetpack
Compose; Flutter; React Native = react-native, reactnative; Xamarin; .NET MAUI = maui; Ionic; Cordova; Core Data;
Combine; Xcode; Android Studio; Kotlin Multiplatform = kmm, kmp; RxSwift; RxJava; Retrofit; Dagger = dagger 2;
Fastlane; App Store Connect; Expo; Unity = unity3d, unity 3d; Unreal Engine = unreal, ue4, ue5; Bluetooth Low Energy =
ble; ARKit; Push notifications; MVVM
""",
    "cloud and infrastructure": """
AWS = amazon web services, amazon aws; GCP = google cloud, google cloud platform; Azure = microsoft azure; Kubernetes
= k8s, kube; Docker; Docker Compose; Helm = helm charts; Terraform = terraform cloud, hashicorp terraform; OpenTofu;
Pulumi; Ansible; Puppet; Chef; SaltStack; CloudFormation = aws cloudformation; AWS CDK; Jenkins; GitLab CI = gitlab
ci/cd, gitlab-ci; GitHub Actions; CircleCI = circle ci; Azure DevOps; Argo CD = argocd, argo; Flux = fluxcd; GitOps;
CI/CD = ci cd, cicd, continuous integration, continuous delivery, continuous deployment, ci/cd pipelines; Prometheus;
Grafana; Datadog = data dog; New Relic; Splunk; Dynatrace; OpenTelemetry; Jaeger; Sentry; PagerDuty; Observability;
Monitoring = system monitoring; Site reliability = site reliability engineering; Incident response = incident
management; Linux = unix, linux administration, gnu/linux; Ubuntu; Debian; Red Hat = rhel, red hat enterprise linux;
Windows Server; VMware = vsphere, esxi; Hyper-V; OpenStack; OpenShift = red hat openshift; Rancher; Istio; Linkerd;
Service mesh; Consul; HashiCorp Vault = vault; Nomad; AWS Lambda = lambda functions; Serverless = serverless
framework; Amazon ECS = ecs; Amazon EKS = eks; GKE = google kubernetes engine; AKS; Amazon EC2 = ec2; Amazon S3 = s3;
Amazon RDS = rds; Cloud Run; Cloudflare; Networking = computer networking, tcp/ip, netzwerktechnik; DNS; VPN; Load
balancing; BGP; Cisco = cisco ios, ccna; Firewalls = firewall; Active Directory; Microsoft Intune = intune; Microsoft
365 = office 365, m365, o365; SRE practices; FinOps = cloud cost optimisation, cloud cost optimization; Infrastructure
as code = iac; Git = git scm; GitHub; GitLab; Bitbucket; Vagrant; Packer; Backup and recovery = disaster recovery;
ITIL; ServiceNow = service now
""",
    "data": """
Spark = apache spark, pyspark, spark sql; Hadoop = apache hadoop, hdfs, mapreduce; Hive = apache hive; Flink = apache
flink; Apache Beam; Airflow = apache airflow; Dagster; Prefect; Luigi; dbt = data build tool; Snowflake; BigQuery =
google bigquery, big query; Redshift = amazon redshift; Databricks; Delta Lake; Apache Iceberg; Trino = presto;
Fivetran; Airbyte; Talend; Informatica; SSIS; AWS Glue; Amazon Athena; Kinesis = amazon kinesis; Debezium; ETL = elt,
etl pipelines, etl/elt; Data pipelines = data pipeline; Data warehousing = data warehouse, dwh, entrepôt de données;
Data modelling = data modeling, dimensional modelling, datenmodellierung; Data quality; Data governance; Data lake =
data lakes, lakehouse; Streaming = stream processing, real-time data; Tableau; Power BI = powerbi, power-bi, microsoft
power bi; Looker = lookml; Looker Studio = google data studio, data studio; Qlik = qlikview, qlik sense, qliksense;
Metabase; Apache Superset; DAX; Power Query; MicroStrategy; SSRS; SAP BW; Excel = ms excel, microsoft excel, advanced
excel, excel avancé, excel avanzado; Google Sheets; Pivot tables; Data analysis = data analytics, datenanalyse,
análisis de datos, análise de dados, analyse de données; Data visualisation = data visualization, dataviz; Statistics
= statistical analysis, statistik, estadística, estatística, statistiques; A/B testing = ab testing, a/b tests, ab
tests, split testing; Experimentation = experiment design; Forecasting = demand forecasting, forecasts; SPSS; Stata;
EViews; pandas; NumPy; SciPy; Polars; Matplotlib; Seaborn; Plotly; Jupyter = jupyter notebook, jupyter notebooks; Web
scraping; Amplitude; Mixpanel; Segment; Web analytics; Alteryx; KNIME; Great Expectations; Big data
""",
    "machine learning": """
Machine learning = ml, maschinelles lernen, aprendizaje automático, aprendizado de máquina, apprentissage automatique;
Deep learning; PyTorch = torch; TensorFlow = tensor flow; Keras; scikit-learn = sklearn, scikit learn; XGBoost;
LightGBM; CatBoost; JAX; NLP = natural language processing; Computer vision = image recognition; OpenCV; LLMs = llm,
large language models, large language model; Generative AI = genai, gen ai; Hugging Face = huggingface, transformers;
LangChain; RAG = retrieval augmented generation; Prompt engineering; MLOps = ml ops; MLflow; Kubeflow; SageMaker =
amazon sagemaker; Vertex AI; Recommender systems = recommendation systems; Reinforcement learning; Time series = time
series analysis; Bayesian statistics = bayesian inference; Causal inference; Feature engineering; Predictive modelling
= predictive modeling; Speech recognition; spaCy; NLTK; Model deployment; Search ranking = learning to rank;
Optimisation = mathematical optimization, operations research; Artificial intelligence = künstliche intelligenz,
inteligencia artificial, intelligence artificielle
""",
    "security": """
SIEM; Threat modelling = threat modeling; Penetration testing = pentesting, pen testing, penetration tests, pentest,
pen test; ISO 27001 = iso27001, iso/iec 27001; SOC 2 = soc2; OWASP = owasp top 10; Vulnerability management =
vulnerability assessment; Identity and access management = iam, identity management; Application security = appsec;
Cloud security; Network security; Information security = infosec, informationssicherheit; Cyber security =
cybersecurity, cyber-security; Burp Suite = burp; Metasploit; Nmap; Wireshark; Kali Linux; Nessus; Snort; CrowdStrike;
Microsoft Sentinel = azure sentinel; Zero trust; Cryptography = kryptographie; PKI; DevSecOps; SAST; DAST; Malware
analysis; Reverse engineering; Digital forensics; EDR; MITRE ATT&CK = mitre; NIST; PCI DSS = pci-dss; Okta; Bug
bounty; Red teaming = red team; Blue team; CISSP; OSCP; Security architecture; Security audits = security auditing;
QRadar; Threat intelligence; Secure coding; SAML
""",
    "quality assurance": """
Selenium = selenium webdriver; Playwright; Cypress = cypress.io; JMeter = apache jmeter; Appium; Postman; JUnit;
TestNG; pytest; Jest; Mocha; Jasmine; Cucumber; Gherkin; BDD = behaviour driven development; TDD = test driven
development, test-driven development; Test automation = automated testing, automation testing, testautomatisierung;
Manual testing; Regression testing; Performance testing; Load testing = stress testing; Unit testing = unit tests;
Integration testing = integration tests; API testing; TestRail; Robot Framework; k6; Gatling; Locust; Test planning =
test plans, test strategy; ISTQB; SoapUI; Xray; WebdriverIO; Puppeteer; Exploratory testing; Quality assurance = qa,
qualitätssicherung
""",
    "embedded and hardware": """
RTOS = freertos, real-time operating systems; CAN bus = can-bus, canbus, can; Embedded Linux = yocto; Embedded systems
= eingebettete systeme, systèmes embarqués; AUTOSAR; Microcontrollers = mcu, mikrocontroller; STM32; ARM = arm cortex;
Arduino; Raspberry Pi; FPGA; PCB design = pcb; I2C; SPI; UART; Modbus; PLC = sps, plc programming; SCADA; ROS = ros2,
robot operating system; Device drivers = linux kernel, kernel development; Firmware = firmware development; Zephyr;
MISRA C = misra; ISO 26262 = functional safety; Altium = altium designer; Oscilloscope; Signal processing = dsp; IoT =
internet of things; MQTT; Control systems = control engineering; AutoCAD; SolidWorks = solid works; CATIA; Siemens NX;
Creo; ANSYS; FEM = finite element analysis, fea; Inventor; Revit; BIM; CNC; 3D printing; GD&T; Robotics = robotik;
KiCad; Eagle PCB; SPICE; HVAC; Power electronics
""",
}
