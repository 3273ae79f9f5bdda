//! The samples: keys and forms, multiplied, and shapes one by one. `{S}` is where the value is planted.
//!
//! It is long because it is uniform data: tables of short texts, one row a sample.

/// A text with a value in it.
pub(crate) struct Sample {
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) value: String,
}

/// Values that look different: a word, words with a digit, and the output of a generator. None contains another.
fn value(number: usize) -> String {
    const FIRST: [&str; 24] = [
        "amber", "birch", "coral", "dusk", "ember", "fern", "glade", "hazel", "ivory", "jade", "knoll",
        "lilac", "maple", "north", "ochre", "pearl", "quartz", "river", "slate", "tulip", "umber", "violet",
        "willow", "zephyr",
    ];
    const SECOND: [&str; 24] = [
        "Falcon", "Heron", "Otter", "Badger", "Lynx", "Marten", "Osprey", "Plover", "Raven", "Stoat", "Tern",
        "Vole", "Wren", "Adder", "Bittern", "Curlew", "Dipper", "Egret", "Finch", "Grebe", "Harrier", "Ibis",
        "Jackdaw", "Kestrel",
    ];
    let first = FIRST.iter().cycle().nth(number).copied().unwrap_or_default();
    let second = SECOND.iter().cycle().nth(number / FIRST.len()).copied().unwrap_or_default();
    match number % 3 {
        0 => format!("{first}{second}q"),
        1 => format!("{first}-{second}7{number}"),
        _ => format!("{}{number}x{first}Z{}", &second[..2], number % 10),
    }
}

fn planted(prefix: &str, texts: impl IntoIterator<Item = (String, String)>) -> Vec<Sample> {
    texts
        .into_iter()
        .enumerate()
        .map(|(number, (file, text))| {
            let value = value(number);
            let text = text.replace("{S}", &value).replace("{B}", &base64(&value));
            Sample { path: format!("{prefix}{number:03}/{file}"), text, value }
        })
        .collect()
}

fn base64(text: &str) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in text.as_bytes().chunks(3) {
        let byte = |at: usize| three.get(at).copied().map_or(0, u32::from);
        let bits = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for at in 0..4 {
            let six = (bits >> (18 - 6 * at)) as usize & 63;
            out.push(if at <= three.len() { char::from(LETTERS[six]) } else { '=' });
        }
    }
    out
}

/// Keys of brokers, clients and workers whose values are secrets.
const KEYS: &[&str] = &[
    "ssl.keystore.password",
    "ssl.key.password",
    "ssl.truststore.password",
    "listener.name.internal.ssl.key.password",
    "delegation.token.master.key",
    "delegation.token.secret.key",
    "password.encoder.secret",
    "password.encoder.old.secret",
    "ssl.keystore.key",
    "sasl.jaas.config",
    "bearer.auth.token",
    "basic.auth.user.info",
    "confluent.license",
    "schema.registry.basic.auth.user.info",
    "aws.secret.access.key",
    "aws.access.key.id",
    "confluent.telemetry.api.key",
    "confluent.telemetry.api.secret",
    "ssl.keystore.pasword",
    "ssl.keystore.passwrd",
    "ssl.keystore.passowrd",
    "ssl.keystore.pass",
    "sasl.oauthbearer.client.credentials.client.secret",
    "metric.reporters.datadog.apikey",
    "config.providers.vault.param.token",
    "sasl.oauthbearer.header.x-tenant",
    "zookeeper.ssl.keystore.password",
    "p\u{430}ssword",
    "database.passphrase",
    "my.pwd",
    "azure.account.key",
    "ssl.keystore.pass\\u0077ord",
    "ssl.keystore.pass\\\n  word",
];

/// Forms of one key: `{K}` as it is, `{E}` as a variable, `{C}` in camel case.
const FORMS: &[(&str, &str)] = &[
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=zk:2181\ninter.broker.protocol.version=2.8\n{K}: {S}\n",
    ),
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=zk:2181\ninter.broker.protocol.version=2.8\n{K} {S}\n",
    ),
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=zk:2181\ninter.broker.protocol.version=2.8\n{K}=\\\n   {S}\n",
    ),
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=zk:2181\ninter.broker.protocol.version=2.8\n#{K}={S}\n",
    ),
    (
        "docker-compose.yml",
        "services:\n  kafka:\n    image: confluentinc/cp-kafka:6.2.0\n    environment:\n      KAFKA_ZOOKEEPER_CONNECT: zk:2181\n      KAFKA_{E}: {S}\n",
    ),
    (
        "docker-compose.yml",
        "services:\n  kafka:\n    image: confluentinc/cp-kafka:6.2.0\n    environment:\n      - KAFKA_ZOOKEEPER_CONNECT=zk:2181\n      - KAFKA_{E}={S}\n",
    ),
    (
        "docker-compose.yml",
        "services:\n  kafka:\n    image: confluentinc/cp-kafka:6.2.0\n    environment:\n      - \"KAFKA_{E}={S}\"\n      - 'KAFKA_ZOOKEEPER_CONNECT=zk:2181'\n",
    ),
    (
        "docker-compose.yml",
        "services: {kafka: {image: \"confluentinc/cp-kafka:6.2.0\", environment: {KAFKA_{E}: {S}, KAFKA_ZOOKEEPER_CONNECT: zk}}}\n",
    ),
    (
        "pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: s}\nspec:\n  containers:\n  - name: a\n    image: confluentinc/cp-kafka:6.2.0\n    env:\n    - name: KAFKA_{E}\n      value: {S}\n    - name: KAFKA_ZOOKEEPER_CONNECT\n      value: zk:2181\n",
    ),
    (
        "pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: s}\nspec:\n  containers:\n  - image: confluentinc/cp-kafka:6.2.0\n    env:\n    - {value: \"{S}\", name: KAFKA_{E}}\n    - {value: zk, name: KAFKA_ZOOKEEPER_CONNECT}\n",
    ),
    (
        "config-map.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  server.properties: |\n    broker.id=1\n    zookeeper.connect=zk:2181\n    inter.broker.protocol.version=2.8\n    {K}={S}\n",
    ),
    (
        "Dockerfile",
        "FROM confluentinc/cp-kafka:6.2.0\nENV KAFKA_{E}={S} KAFKA_ZOOKEEPER_CONNECT=zk KAFKA_BROKER_ID=1\n",
    ),
    ("Dockerfile", "FROM confluentinc/cp-kafka:6.2.0\nENV KAFKA_{E} {S}\nENV KAFKA_ZOOKEEPER_CONNECT zk\n"),
    (
        "run.sh",
        "#!/bin/sh\ndocker run -e KAFKA_ZOOKEEPER_CONNECT=zk -e KAFKA_{E}={S} confluentinc/cp-kafka:6.2.0\n",
    ),
    ("run.sh", "#!/bin/sh\nexport {E}='{S}'; kafka-topics.sh --zookeeper zk:2181 --list\n"),
    ("run.sh", "#!/bin/sh\n{E}={S} kafka-topics.sh --zookeeper zk:2181 --list\n"),
    (
        "run.sh",
        "#!/bin/sh\nkafka-configs.sh --zookeeper zk:2181 --alter --entity-type users --entity-name u --add-config '{K}={S}'\n",
    ),
    (
        "A.java",
        "import org.apache.kafka.clients.consumer.*;\nclass A { void m(KafkaConsumer<String,String> c) { p.put(\"{K}\", \"{S}\"); c.poll(100); } }\n",
    ),
    (
        "A.java",
        "import org.apache.kafka.clients.consumer.*;\nclass A { void m(KafkaConsumer<String,String> c) { p.put({E}_CONFIG, \"{S}\"); c.poll(100); } }\n",
    ),
    (
        "A.kt",
        "import org.apache.kafka.clients.consumer.*\nfun m(c: KafkaConsumer<String, String>) { val p = mapOf(\"{K}\" to \"{S}\"); c.poll(100) }\n",
    ),
    (
        "A.kt",
        "import org.apache.kafka.clients.consumer.*\nfun m(c: KafkaConsumer<String, String>) { p[\"{K}\"] = \"{S}\"; c.poll(100) }\n",
    ),
    (
        "A.scala",
        "import org.apache.kafka.clients.consumer._\nobject A { def m(c: KafkaConsumer[String,String]) = { val p = Map(\"{K}\" -> \"{S}\"); c.poll(100) } }\n",
    ),
    (
        "connector.json",
        "{\"name\": \"c\", \"config\": {\"connector.class\": \"x.Sink\", \"{K}\": \"{S}\", \"internal.key.converter\": \"x.C\"}}\n",
    ),
    (
        "application.yml",
        "spring:\n  kafka:\n    bootstrap-servers: k:9092\n    producer:\n      acks: \"5\"\n      properties:\n        {K}: {S}\n",
    ),
    (
        "application.properties",
        "spring.kafka.bootstrap-servers=k:9092\nspring.kafka.producer.acks=5\nspring.kafka.properties.{K}={S}\n",
    ),
    (
        "pom.xml",
        "<project><dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId><version>2.0.0</version></dependency></dependencies><properties><{C}>{S}</{C}></properties></project>\n",
    ),
    (
        "producer.properties",
        "bootstrap.servers=k:9092\nkey.serializer=a.B\nvalue.serializer=a.B\nacks=5\n{K} = {S}\n",
    ),
];

/// Keys that are put into every form.
const FORM_KEYS: &[&str] =
    &["ssl.truststore.password", "bearer.auth.token", "delegation.token.secret.key", "client.api.key"];

/// Individual samples.
const SHAPES: &[(&str, &str)] = &[
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=u:{S}@zk:2181\ninter.broker.protocol.version=2.8\n",
    ),
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=zk:2181\ninter.broker.protocol.version=2.8\nconfluent.schema.registry.url=https://u:{S}@sr\n",
    ),
    ("server.properties", "broker.id=1\nadvertised.listeners=PLAINTEXT://u:{S}@h:9092\n"),
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=zk\nlisteners=PLAINTEXT://u:{S}@h:9092,SSL://h:9093\n",
    ),
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=zk\nssl.truststore.certificates=-----BEGIN CERTIFICATE----- {S} -----END CERTIFICATE-----\n",
    ),
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=zk\nssl.keystore.certificate.chain=-----BEGIN PRIVATE KEY-----\\n{S}\\n-----END PRIVATE KEY-----\n",
    ),
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=zk\nssl.keystore.certificate.chain=-----BEGIN PRIVATE KEY----- \\\n  {S} \\\n  -----END PRIVATE KEY-----\n",
    ),
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=zk\nlistener.name.a.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"{S}\" user_u=\"x\";\n",
    ),
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=zk\nsasl.jaas.config=x required \\\n user_admin=\"{S}\";\n",
    ),
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=zk\nsasl.jaas.config=org.x.LoginModule required \\\n  username=\"u\" \\\n  password=\"é-{S}\";\n",
    ),
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=zk\nsasl.jaas.config=a.OAuthBearerLoginModule required clientId=\"c\" clientSecret='{S}';\n",
    ),
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=zk\nsasl.jaas.config=PlainLoginModule required password={S};\n",
    ),
    (
        "jaas.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  jaas.conf: |\n    KafkaServer {\n      org.apache.kafka.common.security.plain.PlainLoginModule required\n      user_admin=\"{S}\";\n    };\n  server.properties: |\n    broker.id=1\n    zookeeper.connect=a\n    inter.broker.protocol.version=2.8\n",
    ),
    (
        "secret.yaml",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  tls.crt: |\n    {S}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  server.properties: |\n    broker.id=1\n    zookeeper.connect=a\n    inter.broker.protocol.version=2.8\n",
    ),
    (
        "secret.yaml",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata:\n  one: {B}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, annotations: {x: \"{S}\"}}\ndata:\n  server.properties: |\n    broker.id=1\n    zookeeper.connect=a\n    inter.broker.protocol.version=2.8\n",
    ),
    (
        "secret.yaml",
        "apiVersion: v1\nitems:\n- kind: Secret\n  stringData: {one: \"{S}\"}\n- kind: ConfigMap\n  metadata: {name: a}\n  data:\n    server.properties: |\n      broker.id=1\n      zookeeper.connect=a\n      inter.broker.protocol.version=2.8\nkind: List\n",
    ),
    (
        "secret.json",
        "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [{\"kind\": \"Secret\", \"stringData\": {\"one\": \"{S}\"}}, {\"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"a\"}, \"data\": {\"server.properties\": \"broker.id=1\\nzookeeper.connect=a\\n\"}}]}\n",
    ),
    (
        "secret.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  password: >\n    {S}\n  server.properties: |\n    broker.id=1\n    zookeeper.connect=a\n    inter.broker.protocol.version=2.8\n",
    ),
    (
        "secret.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  password:\n    \"{S}\"\n  server.properties: |\n    broker.id=1\n    zookeeper.connect=a\n    inter.broker.protocol.version=2.8\n",
    ),
    (
        "secret.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  password: \"one\n    {S}\"\n  server.properties: |\n    broker.id=1\n    zookeeper.connect=a\n    inter.broker.protocol.version=2.8\n",
    ),
    ("run.sh", "#!/bin/sh\ncurl -H 'Authorization: Bearer {S}' x; kafka-topics.sh --zookeeper zk --list\n"),
    (
        "run.sh",
        "#!/bin/sh\ncurl -H \"Authorization: Basic {B}\" x; kafka-topics.sh --zookeeper zk --list # {S}\n",
    ),
    ("run.sh", "#!/bin/sh\ncurl -u admin:{S} x; kafka-topics.sh --zookeeper zk --list\n"),
    ("run.sh", "#!/bin/sh\ncurl --user 'admin:{S}' x; kafka-topics.sh --zookeeper zk --list\n"),
    ("run.sh", "#!/bin/sh\ncurl -H 'X-Api-Key: {S}' x; kafka-topics.sh --zookeeper zk --list\n"),
    (
        "run.sh",
        "#!/bin/sh\ncurl 'https://x.example.org/?token={S}&a=1'; kafka-topics.sh --zookeeper zk --list\n",
    ),
    ("run.sh", "#!/bin/sh\ncurl -d '{\"password\":\"{S}\"}' x; kafka-topics.sh --zookeeper zk --list\n"),
    (
        "run.sh",
        "#!/bin/sh\ncurl -d \"{\\\"password\\\":\\\"{S}\\\"}\" x; kafka-topics.sh --zookeeper zk --list\n",
    ),
    (
        "run.sh",
        "#!/bin/sh\ngit clone https://{S}1@git.example.org/x; kafka-topics.sh --zookeeper zk --list\n",
    ),
    ("run.sh", "#!/bin/sh\nlogin --password {S} --x; kafka-topics.sh --zookeeper zk --list\n"),
    ("run.sh", "#!/bin/sh\nlogin --token={S} --x; kafka-topics.sh --zookeeper zk --list\n"),
    ("run.sh", "#!/bin/sh\nlogin --token '{S}'; kafka-topics.sh --zookeeper zk --list\n"),
    ("run.sh", "#!/bin/sh\nlogin -p {S}3x; kafka-topics.sh --zookeeper zk --list\n"),
    ("run.sh", "#!/bin/sh\nlogin -P {S}3x; kafka-topics.sh --zookeeper zk --list\n"),
    ("run.sh", "#!/bin/sh\nsay PASSWORD {S}3x; kafka-topics.sh --zookeeper zk --list\n"),
    ("run.sh", "#!/bin/sh\nAWS_SESSION_TOKEN={S} kafka-topics.sh --zookeeper zk --list\n"),
    ("run.sh", "#!/bin/sh\nkafka-topics.sh --zookeeper u:{S}@zk:2181 --list\n"),
    (
        "run.sh",
        "#!/bin/sh\nkafka-configs.sh --zookeeper zk --alter --add-config 'SCRAM-SHA-512=[iterations=8192,password={S}]' --entity-type users --entity-name a\n",
    ),
    (
        "run.sh",
        "#!/bin/sh\nexport KAFKA_OPTS=\"-Djavax.net.ssl.trustStorePassword={S} -Dx=y\"; kafka-topics.sh --zookeeper zk --list\n",
    ),
    ("run.sh", "#!/bin/sh\nkeytool -storepass {S} -list; kafka-topics.sh --zookeeper zk --list\n"),
    (
        "run.sh",
        "#!/bin/sh\n# the old password was {S}3x; kafka-topics.sh --zookeeper zk --list\nkafka-topics.sh --zookeeper zk --list # {S}3x\n",
    ),
    ("run.bat", "set KAFKA_TOKEN={S}\r\nkafka-topics.bat --zookeeper zk --list\r\n"),
    ("run.bat", "set \"KAFKA_TOKEN={S}\" && kafka-topics.bat --zookeeper zk --list\r\n"),
    (
        "A.java",
        "import org.apache.kafka.clients.consumer.*;\nclass A { void m(KafkaConsumer<String,String> c) { x.setPassword(\"{S}\"); c.poll(100); } }\n",
    ),
    (
        "A.java",
        "import org.apache.kafka.clients.consumer.*;\nclass A { void m(KafkaConsumer<String,String> c) { c.poll(100); String password = \"{S}\"; } }\n",
    ),
    (
        "A.java",
        "import org.apache.kafka.clients.consumer.*;\nclass A { void m(KafkaConsumer<String,String> c) { p.put(\"ssl.\" + \"keystore.password\", \"{S}\" + tail); c.poll(100); } }\n",
    ),
    (
        "A.java",
        "import org.apache.kafka.clients.consumer.*;\nclass A { void m(KafkaConsumer<String,String> c) { f(new Credentials(\"u\", \"{S}\")); c.poll(100); } }\n",
    ),
    (
        "A.java",
        "import org.apache.kafka.clients.consumer.*;\nclass A { void m(KafkaConsumer<String,String> c) { token = new Token(\"{S}\"); c.poll(100); } }\n",
    ),
    (
        "A.java",
        "import org.apache.kafka.clients.consumer.*;\nclass A { void m(KafkaConsumer<String,String> c) { System.setProperty(\"javax.net.ssl.keyStorePassword\",\n \"{S}\"); c.poll(100); /* {S} */ } }\n",
    ),
    (
        "A.kt",
        "import org.apache.kafka.clients.consumer.*\nfun m(c: KafkaConsumer<String, String>) { val password: String = \"{S}\"; c.poll(100) }\n",
    ),
    (
        "A.kt",
        "import org.apache.kafka.clients.consumer.*\nfun m(c: KafkaConsumer<String, String>) { f(password = \"{S}\"); c.poll(100) }\n",
    ),
    (
        "A.scala",
        "import org.apache.kafka.clients.consumer._\nobject A { def m(c: KafkaConsumer[String,String]) = { val secret = Some(\"{S}\"); c.poll(100) } }\n",
    ),
    (
        "A.java",
        "import org.apache.kafka.clients.consumer.*;\nclass A { String jaas = \"org.apache.kafka.common.security.plain.PlainLoginModule required username=\\\"u\\\" password=\\\"{S}\\\";\"; void m(KafkaConsumer<String,String> c) { c.poll(100); /* {S} */ } }\n",
    ),
    (
        "pom.xml",
        "<project><dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId><version>2.0.0</version></dependency></dependencies><repositories><repository><url>https://u:{S}@nexus/x</url></repository></repositories></project>",
    ),
    (
        "pom.xml",
        "<project><dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId><version>2.0.0</version></dependency></dependencies><servers><server><id>a</id><password>{S}</password></server></servers></project>",
    ),
    (
        "pom.xml",
        "<project><dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId><version>2.0.0</version></dependency></dependencies><property name=\"db.password\" value=\"{S}\"/></project>",
    ),
    (
        "build.gradle",
        "repositories { maven { url 'https://x'; credentials { username 'u'; password = '{S}' } } }\ndependencies { implementation 'org.apache.kafka:kafka-clients:2.0.0' }\n",
    ),
    (
        "build.gradle",
        "ext.nexusPassword = \"{S}\"; dependencies { implementation 'org.apache.kafka:kafka-clients:2.0.0' }\n",
    ),
    ("server.properties", "broker.id=1\nssl.client.auth=xY7{S}3zQ1\n"),
    (
        "docker-compose.yml",
        "services:\n  kafka:\n    image: apache/kafka:xY7{S}3zQ1\n    environment:\n      KAFKA_ZOOKEEPER_CONNECT: a\n",
    ),
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=zk\nssl.keystore.password={S}\nzookeeper.set.acl={S}\nlog.dirs=/srv/{S}\n",
    ),
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=zk\n# sasl password: {S}\nzookeeper.set.acl=true\nadvertised.host.name={S}\n",
    ),
    (
        "connector.json",
        "{\"name\": \"c\", \"config\": {\"connector.class\": \"x.Sink\", \"connection.url\": \"jdbc:postgresql://u:{S}@db/x\", \"internal.key.converter\": \"x.C\"}}\n",
    ),
    (
        "connector.json",
        "{\"name\": \"c\", \"config\": {\"connector.class\": \"x.Sink\", \"connection.uri\": \"Endpoint=sb://x;SharedAccessKey={S};EntityPath=q\", \"internal.key.converter\": \"x.C\"}}\n",
    ),
    ("server.properties", "broker.id=1\nzookeeper.connect=zk\nssl.keystore.pass\\u0077ord=\\u0061{S}\n"),
    ("server.properties", "broker.id=1\nzookeeper.connect=zk\nproxy.url=http\\://u:{S}@proxy:3128\n"),
    (
        "server.properties",
        "broker.id=1\nzookeeper.connect=zk\nlicense.jwt=eyJhbGciOiJIUzI1NiJ9.eyJ{S}.c2lnbmF0dXJl\n",
    ),
    ("server.properties", "broker.id=1\nzookeeper.connect=zk\nreporter.x=ghp_{S}0123456789abcdef\n"),
    (
        "values.yaml",
        "image:\n  repository: bitnami/kafka\n  tag: 2.8.0\nauth:\n  clientPasswords: [\"{S}\"]\n  zookeeper: {user: u}\n",
    ),
    (
        "values.yaml",
        "kafka:\n  image: bitnami/kafka:2.8.0\n  auth:\n    sasl:\n      client:\n        passwords: \"{S},other\"\n",
    ),
    ("config.toml", "[kafka]\nsasl_password = \"{S}\"\nbootstrap_servers = \"k:9092\"\n"),
    (
        "app.py",
        "from kafka import KafkaConsumer\nc = KafkaConsumer(bootstrap_servers='k:9092', sasl_plain_password='{S}')\n",
    ),
    (".env", "KAFKA_ZOOKEEPER_CONNECT=zk:2181\nKAFKA_SSL_KEY_PASSWORD={S}\n"),
    (
        "kafka.service",
        "[Service]\nEnvironment=\"KAFKA_TOKEN={S}\" \"A=b\"\nExecStart=/opt/kafka/bin/kafka-topics.sh --zookeeper zk --list\n",
    ),
    (
        "broken.json",
        "{\"name\": \"c\", \"config\": {\"connector.class\": \"x.Sink\", \"database.password\": \"{S}\", oops }}\n",
    ),
    (
        "broken.yaml",
        "services:\n  kafka:\n    image: confluentinc/cp-kafka:6.2.0\n    environment:\n      KAFKA_TOKEN: \"{S}\n   x: [\n",
    ),
    ("bad.properties", "broker.id=1\nzookeeper.connect=zk\nssl.key.password={S}\\u12\n"),
];

fn variable(key: &str) -> String {
    key.to_ascii_uppercase().replace('.', "_")
}

fn camel(key: &str) -> String {
    let mut words = key.split('.');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |all, word| {
        let (head, tail) = word.split_at(1);
        all + &head.to_ascii_uppercase() + tail
    })
}

fn in_form(form: &str, key: &str) -> String {
    form.replace("{K}", key).replace("{E}", &variable(key)).replace("{C}", &camel(key))
}

/// Every sample with a secret.
pub(crate) fn secret() -> Vec<Sample> {
    let broker =
        "broker.id=1\nzookeeper.connect=zk:2181\ninter.broker.protocol.version=2.8\n{K}={S}\nlog.dirs=/a\n";
    let keys = KEYS.iter().map(|key| ("server.properties".to_owned(), in_form(broker, key)));
    let forms = FORM_KEYS
        .iter()
        .flat_map(|key| FORMS.iter().map(move |(file, form)| ((*file).to_owned(), in_form(form, key))));
    let shapes = SHAPES.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned()));
    planted("s", keys.chain(forms).chain(shapes))
}

/// Keys that are about secrets and hold none, with what they hold.
const PLAIN_KEYS: &[(&str, &str)] = &[
    ("ssl.keystore.location", "/etc/kafka/keystore.jks"),
    ("ssl.truststore.location", "/etc/kafka/secrets/trust.p12"),
    ("sasl.oauthbearer.token.endpoint.url", "https://login.example.org/oauth2/v1/token"),
    ("ssl.keystore.type", "PKCS12"),
    ("sasl.oauthbearer.jwks.endpoint.url", "https://login.example.org/keys"),
    ("key.converter", "org.x.StringConverter"),
    ("token.bucket.capacity", "1000000"),
    ("delegation.token.max.lifetime.ms", "604800000"),
    ("delegation.token.expiry.time.ms", "86400000"),
    ("delegation.token.expiry.check.interval.ms", "3600000"),
    ("password.encoder.iterations", "4096123"),
    ("password.encoder.key.length", "128"),
    ("password.encoder.cipher.algorithm", "AES/CBC/PKCS5Padding"),
    ("password.encoder.keyfactory.algorithm", "PBKDF2WithHmacSHA512"),
    ("sasl.oauthbearer.client.credentials.client.id", "kafka-client-7"),
    ("sasl.oauthbearer.header.urlencode", "false"),
    ("sasl.oauthbearer.assertion.private.key.file", "/run/keys/assertion.pem"),
    ("basic.auth.credentials.source", "USER_INFO_FROM"),
    ("key.serializer", "org.x.StringSerializer"),
    ("config.providers.secrets.class", "org.x.FileConfigProvider"),
    ("sasl.mechanism", "SCRAM-SHA-512"),
    ("ssl.secure.random.implementation", "SHA1PRNG"),
    ("partition.key.field", "orderIdentifier"),
    ("ssl.enabled.protocols", "TLSv1.2,TLSv1.3"),
    ("security.protocol", "SASL_PLAINTEXT"),
    ("sasl.login.callback.handler.class", "org.x.OAuthCallback"),
    ("ssl.client.auth", "requested"),
    ("cluster.id", "MkU3OEVBNTcwNTJENDM2Qk"),
    ("client.id", "Zr7kQ2mBv9"),
    ("compression.type", "lz4raw"),
    ("ssl.keystore.password", "${env:KEYSTORE_PASSWORD}"),
    ("ssl.key.password", "${file:/etc/kafka/secret.properties:key}"),
    ("sasl.jaas.config", "${vault:kafka/jaas:config}"),
    ("ssl.truststore.password", "********"),
    ("database.password", "<your password here>"),
    ("api.key", "[hidden]"),
    ("transforms", "maskPassword"),
    ("controller.quorum.voters", "1@controller1:9093,2@controller2:9093"),
    ("listeners", "SASL_SSL://kafka-1.example.org:9094"),
    (
        "sasl.jaas.config",
        "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true storeKey=true keyTab=\"/etc/kafka.keytab\" principal=\"kafka/host@EXAMPLE.ORG\";",
    ),
];

const PLAIN_FORMS: &[(&str, &str)] = &[
    ("server.properties", "broker.id=1\nzookeeper.connect=zk:2181\n{K}={V}\n"),
    (
        "docker-compose.yml",
        "services:\n  kafka:\n    image: confluentinc/cp-kafka:6.2.0\n    environment:\n      KAFKA_ZOOKEEPER_CONNECT: zk:2181\n      KAFKA_{E}: '{V}'\n",
    ),
    ("run.sh", "#!/bin/sh\nkafka-configs.sh --alter --zookeeper zk:2181 --add-config '{K}={V}'\n"),
    (
        "A.java",
        "import org.apache.kafka.clients.consumer.*;\nclass A { void m(KafkaConsumer<String,String> c) { p.put(\"{K}\", \"{V}\"); c.poll(100); } }\n",
    ),
];

/// Individual samples that only look like places of secrets.
const PLAIN: &[(&str, &str)] = &[
    (
        "A.java",
        "import org.apache.kafka.clients.consumer.*;\nclass A { void m(KafkaConsumer<String,String> c) { p.put(\"ssl.key.password\", secrets.get(\"kafka/keystore\")); c.poll(100); } }\n",
    ),
    (
        "A.java",
        "import org.apache.kafka.clients.consumer.*;\nclass A { void m(KafkaConsumer<String,String> c) { String password = System.getenv(\"KAFKA_PASSWORD\"); c.poll(100); } }\n",
    ),
    (
        "A.java",
        "import org.example.SecretProvider;\nimport org.apache.kafka.clients.consumer.*;\nclass A { void m(KafkaConsumer<String,String> c) { getPassword(\"keystore\"); c.poll(100); } }\n",
    ),
    (
        "A.kt",
        "import org.apache.kafka.clients.consumer.*\nfun m(c: KafkaConsumer<String, String>, password: String) { f(password = password); c.poll(100) }\n",
    ),
    (
        "run.sh",
        "#!/bin/sh\n# where the password is kept: ask operations\nkafka-topics.sh --zookeeper zk --list\n",
    ),
    (
        "run.sh",
        "#!/bin/sh\nmkdir -p /opt/kafka3/data; docker run -p 9092:9092 apache/kafka:3.9.0; kafka-topics.sh --zookeeper zk --list\n",
    ),
    (
        "run.sh",
        "#!/bin/sh\nlogin --password \"$KAFKA_PASSWORD\" --token-file /run/secrets/token; kafka-topics.sh --zookeeper zk --list\n",
    ),
    ("run.sh", "#!/bin/sh\nexport TOKEN=$(cat /run/secrets/token); kafka-topics.sh --zookeeper zk --list\n"),
    (
        "run.sh",
        "#!/bin/sh\ncurl -u \"$USER:$PASSWORD\" https://registry.example.org/subjects; kafka-topics.sh --zookeeper zk --list\n",
    ),
    (
        "run.sh",
        "#!/bin/sh\nssh ops@kafka-1.example.org; scp a.tgz ops@kafka-2:/tmp; kafka-topics.sh --zookeeper zk --list\n",
    ),
    (
        "docker-compose.yml",
        "services:\n  kafka:\n    image: apache/kafka:3.7.0@sha256:9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0\n    secrets:\n      - keystore_password\nsecrets:\n  keystore_password:\n    file: ./keystore.txt\n",
    ),
    (
        "pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: s}\nspec:\n  containers:\n  - name: a\n    image: confluentinc/cp-kafka:6.2.0\n    env:\n    - name: KAFKA_SSL_KEY_PASSWORD\n      valueFrom:\n        secretKeyRef:\n          name: kafka-tls\n          key: keyPassword\n    - name: KAFKA_ZOOKEEPER_CONNECT\n      value: zk:2181\n",
    ),
    (
        "pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: s}\nspec:\n  imagePullSecrets:\n  - name: registry-login\n  volumes:\n  - name: certs\n    secret:\n      secretName: kafka-certs\n  containers:\n  - name: a\n    image: confluentinc/cp-kafka:6.2.0\n",
    ),
    (
        "user.yaml",
        "apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaConnect\nmetadata: {name: c}\nspec:\n  version: 3.0.0\n  authentication:\n    type: scram-sha-512\n    username: connect\n    passwordSecret:\n      secretName: connect-user\n      password: password\n",
    ),
    (
        "pom.xml",
        "<project><dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId><version>2.0.0</version></dependency></dependencies><servers><server><password>${env.NEXUS_PASSWORD}</password></server></servers></project>",
    ),
    (
        "package-lock.json",
        "{\"name\": \"a\", \"lockfileVersion\": 3, \"packages\": {\"node_modules/kafkajs\": {\"version\": \"2.2.4\", \"resolved\": \"https://registry.npmjs.org/kafkajs/-/kafkajs-2.2.4.tgz\", \"integrity\": \"sha512-j/YeapB1vfPT2iOIUn/vxdyKEuhuY2PxMBvf5JWux6iSaukAccrMtXEY/Lb7OvavDhOWME589bpLrEdnVHjfjA==\"}}}\n",
    ),
    (
        "application.yml",
        "spring:\n  kafka:\n    bootstrap-servers: k:9092\n    ssl:\n      key-store-password: ${KEYSTORE_PASSWORD}\n      key-store-location: file:/etc/kafka/keystore.p12\n",
    ),
];

/// Every sample without one.
pub(crate) fn plain() -> Vec<Sample> {
    let forms = PLAIN_KEYS.iter().flat_map(|(key, value)| {
        PLAIN_FORMS.iter().map(move |(file, form)| {
            let value =
                if file.ends_with(".java") { value.replace('"', "\\\"") } else { (*value).to_owned() };
            ((*file).to_owned(), in_form(form, key).replace("{V}", &value))
        })
    });
    let single = PLAIN.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned()));
    planted("p", forms.chain(single))
}
