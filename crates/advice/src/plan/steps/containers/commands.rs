//! Commands of what runs containers beside Kubernetes.
//!
//! Invariant: nothing of Compose is printed for the others. What is *not* here: images, and what any container needs.

use kafka_upgrade_report::Action;

use super::names::{Names, Node};
use super::runner::Runner;

impl Names {
    /// Prefix of a command that runs inside a container; empty where it runs on another machine.
    pub(super) fn exec_in(&self, name: &str) -> String {
        match self.runner {
            Runner::Compose => format!("docker compose exec -T {name} "),
            Runner::Script => format!("docker exec {name} "),
            Runner::Unit if self.is_quadlet() => format!("podman exec systemd-{} ", self.unit()),
            Runner::Unit => format!("docker exec {name} "),
            Runner::Nomad => format!("nomad alloc exec -job -task {name} {} ", self.job),
            Runner::Ecs => String::new(),
        }
    }

    fn is_quadlet(&self) -> bool {
        self.file.ends_with(".container")
    }

    /// The service of systemd: `kafka` of `kafka.container`.
    fn unit(&self) -> &str {
        self.file.rsplit_once('.').map_or("kafka", |(stem, _)| stem)
    }

    /// What to record of the nodes and their volumes before anything is touched.
    pub(super) fn written_down(&self) -> Vec<String> {
        let volumes = |engine: &str| {
            format!(
                "# for every volume of a node, while its container is stopped: {engine} run --rm -v VOLUME:/from:ro -v $PWD:/to busybox tar czf /to/VOLUME.tar.gz -C /from ."
            )
        };
        let job = &self.job;
        match self.runner {
            Runner::Compose => vec![
                "docker compose config > compose-before.yml".to_owned(),
                "docker compose ps -a".to_owned(),
                "docker volume ls".to_owned(),
                "# for every volume of a node, while its service is stopped: docker run --rm -v VOLUME:/from:ro -v $PWD:/to busybox tar czf /to/VOLUME.tar.gz -C /from .".to_owned(),
            ],
            Runner::Script => {
                let names: Vec<&str> = self.nodes.iter().map(|node| node.name.as_str()).collect();
                vec![
                    format!("docker inspect {} > containers-before.json", names.join(" ")),
                    "docker ps -a".to_owned(),
                    "docker volume ls".to_owned(),
                    volumes("docker"),
                ]
            }
            Runner::Unit => {
                let engine = if self.is_quadlet() { "podman" } else { "docker" };
                vec![
                    format!("systemctl cat {} > unit-before.txt", self.unit()),
                    format!("{engine} ps -a"),
                    format!("{engine} volume ls"),
                    volumes(engine),
                ]
            }
            Runner::Nomad => vec![
                format!("nomad job inspect {job} > {job}-before.json"),
                format!("nomad job status {job}"),
                "# for every volume of a broker, while its allocation is stopped: a snapshot, or a copy of its folder".to_owned(),
            ],
            Runner::Ecs => vec![
                format!("aws ecs describe-task-definition --task-definition {job} > {job}-before.json"),
                format!("aws ecs list-tasks --cluster $CLUSTER --family {job}"),
                "# for every volume of a task: a snapshot".to_owned(),
            ],
        }
    }

    /// Applies a changed file to the nodes, one after the other.
    pub(super) fn roll_containers(&self, change: &str) -> Vec<Action> {
        let mut actions = Vec::new();
        let put = |on: &str, path: String, what: String| Action::Put { on: on.to_owned(), path, what };
        let run = |command: String| Action::Run { on: "any machine with its command".to_owned(), command };
        let Self { file, job, .. } = self;
        match self.runner {
            Runner::Compose | Runner::Script => {
                for Node { name, .. } in &self.nodes {
                    let on = || name.clone();
                    if self.runner == Runner::Compose {
                        actions.push(put(name, format!("{file}, service {name}"), change.to_owned()));
                        let stop = format!("docker compose stop -t 300 {name}");
                        actions.push(Action::Stop { on: on(), commands: vec![stop] });
                        let start = format!("docker compose up -d --no-deps {name}");
                        actions.push(Action::Start { on: on(), commands: vec![start] });
                        continue;
                    }
                    actions.push(put(name, format!("{file}, docker run of {name}"), change.to_owned()));
                    let commands = vec![format!("docker stop -t 300 {name}"), format!("docker rm {name}")];
                    actions.push(Action::Stop { on: on(), commands });
                    let text = format!("the changed docker run of {name}, with the same name and volumes");
                    actions.push(Action::Note { text });
                }
            }
            Runner::Unit => {
                let unit = self.unit();
                actions.push(put("each node", file.clone(), change.to_owned()));
                let on = || "each node, one at a time".to_owned();
                let stop = format!("sudo systemctl stop {unit}");
                actions.push(Action::Stop { on: on(), commands: vec![stop] });
                let start =
                    vec!["sudo systemctl daemon-reload".to_owned(), format!("sudo systemctl start {unit}")];
                actions.push(Action::Start { on: on(), commands: start });
            }
            Runner::Nomad => {
                let what = format!("{change}, and max_parallel = 1 in `update`");
                actions.push(put("the job", file.clone(), what));
                actions.push(run(format!("nomad job plan {file}")));
                actions.push(run(format!("nomad job run {file}")));
                actions.push(run(format!("nomad job status {job}")));
            }
            Runner::Ecs => {
                actions.push(put("the task definition", file.clone(), change.to_owned()));
                actions.push(run(format!("aws ecs register-task-definition --cli-input-json file://{file}")));
                actions.push(run(format!(
                    "aws ecs update-service --cluster $CLUSTER --service $SERVICE --task-definition {job}"
                )));
                actions.push(Action::Wait {
                    on: "any machine with its command".to_owned(),
                    command: "aws ecs wait services-stable --cluster $CLUSTER --services $SERVICE".to_owned(),
                });
            }
        }
        actions
    }

    /// What is to be known of the restarts.
    pub(super) fn how_containers_roll(&self) -> &'static str {
        match self.runner {
            Runner::Compose => {
                "One service at a time: controllers first, then brokers; `docker compose up -d` without a name would \
                 restart all at once. The stop waits up to 300 seconds for a controlled shutdown (Compose's default \
                 of 10 seconds kills the broker). A cluster of one node is down while it restarts."
            }
            Runner::Script => {
                "One container at a time: controllers first, then brokers. The stop waits up to 300 seconds for a \
                 controlled shutdown (Docker's default of 10 seconds kills the broker). A cluster of one node is down \
                 while it restarts."
            }
            Runner::Unit => {
                "One machine at a time: controllers first, then brokers. TimeoutStopSec of the unit and the stop \
                 timeout of the container have to be long enough for a controlled shutdown, 300 seconds rather than 10."
            }
            Runner::Nomad => {
                "Nomad replaces the allocations as `update` says: with max_parallel = 1 and a health check it goes on \
                 only when the last one is up. kill_timeout has to be long enough for a controlled shutdown, 300s \
                 rather than Nomad's 5s, and max_kill_timeout of the clients has to permit it. An allocation that \
                 moves to another machine loses what is in no volume."
            }
            Runner::Ecs => {
                "A service for each broker, one at a time: controllers first. minimumHealthyPercent 0 and \
                 maximumPercent 100 stop the old task before the new one starts, since both would need the same \
                 volume. stopTimeout has to be long enough for a controlled shutdown; Fargate permits 120 seconds. \
                 CLUSTER and SERVICE stand for the names there."
            }
        }
    }

    /// Where settings of brokers are changed.
    pub(super) fn settings_of_containers(&self) -> String {
        let what = match self.runner {
            Runner::Compose => return format!("{}, `environment` of each broker's service", self.file),
            Runner::Script => "-e of each broker's docker run",
            Runner::Unit => "Environment=, or -e, of each broker's container",
            Runner::Nomad => "`env` of the task",
            Runner::Ecs => "`environment` of the container",
        };
        format!("{} ({what})", self.file)
    }
}
