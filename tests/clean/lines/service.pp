class profile::kafka::service (
  String $heap_opts = '-Xmx4g',
) {
  $environment = {
    'KAFKA_HEAP_OPTS' => $heap_opts,
    'KAFKA_OPTS'      => '-XX:+UseG1GC -Dcom.sun.management.jmxremote.port=9999',
  }
  systemd::unit_file { 'kafka.service':
    content => epp('profile/kafka.service.epp', { 'environment' => $environment }),
  }
}
