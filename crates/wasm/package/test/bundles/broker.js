export const BROKER = { to: "4.0.0", files: [{ path: "server.properties", text: "zookeeper.connect=zk:2181\nbroker.id=1\nlog.dirs=/d\n" }] };
