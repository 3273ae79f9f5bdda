// A project with nothing but its target set: no types of Node, no newer libraries, and the declarations of packages are checked.
import { check, session, type Report } from "kafka-upgrade-check";
import "kafka-upgrade-check/element";

const report: Report = check({ to: "4.0", files: [{ path: "server.properties", text: "broker.id=1\n" }] });
const open = session({ to: report.path.to });
open.put("server.properties", "broker.id=1\n");
document.querySelector("kafka-upgrade-check")?.addEventListener("report", ({ detail }) => detail.verdict);
