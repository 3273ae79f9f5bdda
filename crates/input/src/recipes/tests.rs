use crate::{Document, Kind, read};

/// `component key = value` of all parts.
fn settings(document: &Document) -> Vec<String> {
    let parts = document.parts.iter();
    let of = |part: &Document| {
        let name = part.component.map_or("-", |one| one.name());
        part.settings.iter().map(|one| format!("{name} {} = {}", one.key, one.value)).collect::<Vec<_>>()
    };
    parts.flat_map(of).collect()
}

fn usages(path: &str, text: &str) -> Vec<String> {
    let document = read(path, text, None);
    document.usages.iter().map(|one| format!("{} at {}", one.name, one.span.of(text))).collect()
}

#[test]
fn puppet_chef_and_nix_have_settings_by_their_own_names() {
    let text = "class { 'kafka::broker':\n  version => '3.9.0',\n  config  => {\n    'broker.id'         => '0', # 'zookeeper.connect' => 'no'\n    'zookeeper.connect' => $zk,\n    'log.dirs' => '/d',\n  },\n}\n";
    let document = read("manifests/kafka.pp", text, None);
    assert_eq!(
        settings(&document),
        ["broker broker.id = 0", "broker zookeeper.connect = ${$zk}", "broker log.dirs = /d"]
    );
    assert!(document.dependencies.iter().any(|one| one.artifact == "kafka" && one.version == "3.9.0"));
    assert!(document.parts.iter().flat_map(|one| &one.settings).all(|one| one.key_span.of(text) == one.key));
    let text = "default['kafka']['version'] = '2.8.1'\ndefault['kafka']['broker']['broker.id'] = 1\ndefault['kafka']['broker']['zookeeper.connect'] = 'zk:2181'\n";
    let document = read("attributes/default.rb", text, None);
    assert_eq!(settings(&document), ["broker broker.id = 1", "broker zookeeper.connect = zk:2181"]);
    assert!(document.dependencies.iter().any(|one| one.version == "2.8.1"));
    let text = "{ pkgs, ... }: {\n  services.apache-kafka = {\n    package = pkgs.apacheKafka_3_9;\n    settings = {\n      \"broker.id\" = 1;\n      \"zookeeper.connect\" = [ \"a:1\" \"b:1\" ];\n    };\n  };\n}\n";
    let document = read("kafka.nix", text, None);
    assert_eq!(settings(&document), ["broker broker.id = 1", "broker zookeeper.connect = a:1,b:1"]);
    assert!(document.dependencies.iter().any(|one| one.version == "3.9"));
}

#[test]
fn a_module_of_puppets_for_kafka_is_read_with_its_defaults() {
    let text = "class kafka::params {\n  $kafka_version = '2.4.1'\n  $broker_log4j_opts = \"-Dlog4j.configuration=file:${config_dir}/log4j.properties\"\n}\n";
    let document = read("manifests/params.pp", text, None);
    assert!(document.dependencies.iter().any(|one| one.version == "2.4.1" && one.span.of(text) == "2.4.1"));
    assert!(
        document.usages.iter().any(|one| one.name.contains("log4j.configuration")),
        "{:?}",
        document.usages
    );
    for (text, kind) in [
        (
            "class kafka (\n  String[1] $kafka_version = $kafka::params::kafka_version,\n) inherits kafka::params {}\n",
            Kind::ApplicationConfig,
        ),
        ("define profile::kafka::topic($replicas) {\n}\n", Kind::ApplicationConfig),
        (
            "node default {\n  class { 'kafka::mirror':\n    producer_config => $producer,\n  }\n}\n",
            Kind::ApplicationConfig,
        ),
        (
            "node default {\n  kafka::topic { 'orders':\n    ensure => present,\n  }\n}\n",
            Kind::ApplicationConfig,
        ),
        ("class kafka_connect::install {\n  contain kafka_connect::package\n}\n", Kind::ApplicationConfig),
        ("kafka_connect::plugin { 'jdbc:10.7.3':\n}\n", Kind::ApplicationConfig),
        ("class { 'kafka_exporter':\n}\n", Kind::Unknown),
        ("class profile::graylog {\n  # kafka\n  $opts = '-Dlog4j.configuration=kafka'\n}\n", Kind::Unknown),
        ("class kafka_exporter_of_mine {\n}\n", Kind::Unknown),
    ] {
        assert_eq!(read("manifests/x.pp", text, None).kind, kind, "{text}");
    }
}

#[test]
fn a_test_of_a_class_of_puppets_for_kafka_is_read() {
    let text = "describe 'kafka::consumer', type: :class do\n  let :params do\n    { service_config: { 'topic' => 'demo' } }\n  end\nend\n";
    let document = read("spec/classes/consumer_spec.rb", text, None);
    assert_eq!((document.kind, document.dependencies.len()), (Kind::ApplicationConfig, 0));
    for text in ["describe 'kafka' do\nend\n", "describe 'kafkacat', type: :class do\nend\n"] {
        assert_eq!(read("spec/a_spec.rb", text, None).kind, Kind::Unknown, "{text}");
    }
}

#[test]
fn machines_and_attributes_for_kafka_are_read() {
    for (path, text) in [
        (
            "Vagrantfile",
            "Vagrant.configure('2') do |c|\n  kafka = { 'kafka-1' => { :broker_id => 1 } }\n  c.vm.provision :ansible\nend\n",
        ),
        ("attributes/default.rb", "default['kafka']['install_dir'] = '/opt/kafka'\n"),
        ("recipes/default.rb", "service 'kafka' do\n  only_if { node[:kafka][:automatic_start] }\nend\n"),
        ("recipes/server.rb", "version = node[\"apache_kafka\"][\"version\"]\n"),
        ("flake.nix", "{ packages = with pkgs; [ rdkafka cyrus_sasl ]; }\n"),
    ] {
        let kind = read(path, text, None).kind;
        assert!(matches!(kind, Kind::ApplicationConfig | Kind::ShellScript), "{path}: {kind:?}");
    }
    for (path, text) in [
        ("Vagrantfile", "# kafka\nVagrant.configure('2') do |c|\n  c.vm.provision :ansible\nend\n"),
        ("attributes/default.rb", "# default['kafka']['a'] = 1\ndefault['web']['kafka_topic'] = 'a'\n"),
        ("flake.nix", "{ } # rdkafka for kafka\n"),
    ] {
        assert_eq!(read(path, text, None).kind, Kind::Unknown, "{path}: {text}");
    }
}

#[test]
fn beans_that_puppet_has_sent_on_are_metrics() {
    let text = "class kafka::jmx {\n  class { 'jmxtrans': }\n  $objects = [ { 'name' => 'kafka.server:type=ReplicaManager,name=PartitionCount' } ]\n}\n";
    let document = read("jmx.pp", text, None);
    assert_eq!(document.kind, Kind::Metrics);
    let names: Vec<_> = document.usages.iter().map(|one| one.span.of(text)).collect();
    assert_eq!(names, ["kafka.server:type=ReplicaManager,name=PartitionCount"]);
}

#[test]
fn two_nodes_of_one_file_are_two() {
    let text = "kafka::broker { 'a': config => {\n 'broker.id' => 1, 'zookeeper.connect' => 'z:1' } }\nkafka::broker { 'b': config => {\n 'broker.id' => 2, 'zookeeper.connect' => 'z:1' } }\n";
    assert_eq!(read("site.pp", text, None).parts.len(), 2);
}

#[test]
fn settings_of_other_programs_are_not_read() {
    for (path, text) in [
        ("es.pp", "class { 'elasticsearch': config => { 'node.name' => 'kafka', 'cluster.name' => 'c' } }"),
        ("zk.pp", "class { 'zookeeper': servers => ['a'], version => '3.9.0' } # for kafka"),
        (
            "spec/kafka_spec.rb",
            "describe 'kafka' do\n  it { is_expected.to contain_file('/etc/kafka/server.properties') }\nend\n",
        ),
        ("config/routes.rb", "Rails.application.routes.draw { get 'kafka.html' => 'kafka#show' }\n"),
        ("flake.nix", "{ description = \"kafka tools\"; inputs.nixpkgs.url = \"github:NixOS/nixpkgs\"; }"),
        ("Vagrantfile", "Vagrant.configure('2') { |c| c.vm.hostname = 'kafka-1' }\n"),
    ] {
        let document = read(path, text, None);
        assert_eq!((settings(&document), document.dependencies.len()), (Vec::new(), 0), "{path}");
    }
}

#[test]
fn commands_stand_in_files_of_processes_machines_and_packages() {
    let text = "web: node app.js\nkafka: bin/kafka-server-start.sh config/kraft/server.properties\n";
    assert!(
        usages("Procfile", text)
            .contains(&"config/kraft/server.properties at config/kraft/server.properties".to_owned())
    );
    let text = "Vagrant.configure('2') do |c|\n  c.vm.provision 'shell', inline: <<-SHELL\n    kafka-topics.sh --zookeeper zk:2181 --list\n  SHELL\nend\n";
    assert!(usages("Vagrantfile", text).contains(&"kafka-topics.sh --zookeeper at --zookeeper".to_owned()));
    let text = "{\"name\":\"a\",\"scripts\":{\"topics\":\"kafka-topics.sh --zookeeper zk:2181 --list\",\"test\":\"jest --zookeeper\"}}";
    assert_eq!(usages("package.json", text).iter().filter(|one| one.contains("--zookeeper")).count(), 1);
}

#[test]
fn commands_that_programs_run_are_read() {
    for (path, text) in [
        (
            "t.py",
            "import subprocess\nsubprocess.run(['kafka-topics.sh', '--zookeeper', 'zk:2181', '--list'])\n",
        ),
        ("t.py", "import os\nos.system('/opt/kafka/bin/kafka-topics.sh --zookeeper zk:2181 --list')\n"),
        (
            "t.go",
            "package main\nfunc f() { exec.Command(\"kafka-topics.sh\", \"--zookeeper\", \"zk:2181\") }\n",
        ),
        (
            "t.js",
            "const { execSync } = require('child_process');\nexecSync('kafka-topics.sh --zookeeper zk:2181 --list');\n",
        ),
        ("t.rb", "system \"kafka-topics.sh --zookeeper zk:2181 --list\"\n"),
    ] {
        let all = usages(path, text);
        assert!(all.iter().any(|one| one == "kafka-topics.sh --zookeeper at --zookeeper"), "{path}: {all:?}");
    }
    for (path, text) in [
        ("t.py", "print('use kafka-topics.sh --zookeeper zk:2181 no longer')\n"),
        ("t.py", "# subprocess.run(['kafka-topics.sh', '--zookeeper', 'zk'])\n"),
        ("t.py", "raise ValueError('kafka-topics.sh --zookeeper is gone')\n"),
        ("t.go", "package main\nvar tools = []string{\"kafka-topics.sh\", \"kafka-configs.sh\"}\n"),
    ] {
        assert_eq!(usages(path, text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn clusters_of_amazon_in_code_have_versions() {
    for (path, text) in [
        (
            "stack.ts",
            "import * as msk from 'aws-cdk-lib/aws-msk';\nnew msk.CfnCluster(this, 'C', { kafkaVersion: '2.8.1' });\n",
        ),
        (
            "stack.py",
            "from aws_cdk import aws_msk as msk\nmsk.CfnCluster(self, 'C', kafka_version='2.8.1')\n",
        ),
        (
            "stack.ts",
            "import * as msk from '@aws-cdk/aws-msk-alpha';\nnew msk.Cluster(this, 'C', { kafkaVersion: msk.KafkaVersion.V2_8_1 });\n",
        ),
        (
            "Stack.java",
            "import software.amazon.awscdk.services.msk.*;\nclass S { void f() { CfnCluster.Builder.create(this, \"C\").kafkaVersion(\"2.8.1\").build(); } }\n",
        ),
        (
            "main.go",
            "package main\nimport \"github.com/aws/aws-cdk-go/awscdk/v2/awsmsk\"\nvar p = awsmsk.CfnClusterProps{KafkaVersion: jsii.String(\"2.8.1\")}\n",
        ),
    ] {
        let document = read(path, text, None);
        let has =
            document.dependencies.iter().any(|one| one.artifact == "amazon msk" && one.version == "2.8.1");
        assert!(has, "{path}: {:?}", document.dependencies);
        assert_ne!(document.kind, Kind::Unknown, "{path}");
    }
    let other = "import { x } from 'y';\nconst kafkaVersion = '2.8.1';\n";
    assert!(read("a.ts", other, None).dependencies.is_empty());
}
