import type { Report } from "./core.js";

/**
 * `<kafka-upgrade-check to="4.0">`: a place to paste and the answer below it. Its text is what is checked first. Attributes: `to`,
 * `from`, `mode`, `component`, `have`, `file` (the name that the text is checked under), `label`, `theme` (`light` or `dark`).
 * After each check it has an event `report`, whose `detail` is the report; where it could not be checked an event `failed`, with the error.
 */
export class KafkaUpgradeCheck extends HTMLElement {
  value: string;
}

declare global {
  interface HTMLElementTagNameMap {
    "kafka-upgrade-check": KafkaUpgradeCheck;
  }
  interface HTMLElementEventMap {
    report: CustomEvent<Report>;
  }
}
