//! Relations between a producer's keys: `ProducerConfig`, and what `KafkaProducer` asks of timeouts.

use super::fault::quote;
use super::view::View;
use super::{clients, number};

const IDEMPOTENCE: &str = "enable.idempotence";
const IN_FLIGHT: &str = "max.in.flight.requests.per.connection";

pub(crate) fn check(view: &mut View<'_>) {
    clients::check(view);
    idempotence(view);
    two_phase_commit(view);
    delivery(view);
}

/// Acknowledgements as a number: `all` is -1.
fn acks(view: &View<'_>) -> Option<i64> {
    let text = view.text("acks")?;
    if text.eq_ignore_ascii_case("all") {
        Some(-1)
    } else {
        number::whole(text, i64::from(i16::MIN), i64::from(i16::MAX))
    }
}

/// Idempotence that is asked for needs the rest to agree; idempotence by default gives way, but for in-flight
/// requests from 4.0 on.
fn idempotence(view: &mut View<'_>) {
    let transactional = "transactional.id";
    if !view.has_any(&[IDEMPOTENCE, "acks", "retries", IN_FLIGHT, transactional])
        || view.is_refused(IDEMPOTENCE)
    {
        return;
    }
    if view.has("acks") && acks(view).is_none() && !view.is_refused("acks") {
        let text = view.text("acks").unwrap_or_default();
        view.refuse("acks", "refused-value", format!("{} is neither `all` nor a number.", quote(text)));
        return;
    }
    if !view.since(3, 0) {
        return idempotence_before_3_0(view);
    }
    let asked = view.has(IDEMPOTENCE);
    let mut enabled = view.flag(IDEMPOTENCE);
    if enabled {
        if view.whole("retries") == Some(0) {
            if asked {
                view.refuse("retries", "refused-with-idempotence", "An idempotent producer has to retry.");
            }
            enabled = false;
        }
        if acks(view).is_some_and(|acks| acks != -1) {
            if asked {
                view.refuse("acks", "refused-with-idempotence", "An idempotent producer needs `all`.");
            }
            enabled = false;
        }
        if let Some(count) = view.whole(IN_FLIGHT).filter(|count| *count > 5) {
            if asked || view.since(4, 0) {
                let message = format!("{count} is too large: an idempotent producer takes at most 5.");
                view.refuse(IN_FLIGHT, "refused-with-idempotence", message);
            }
            enabled = false;
        }
    }
    if !enabled && view.has(transactional) {
        view.refuse(
            transactional,
            "refused-without-idempotence",
            "Transactions need idempotence, which is off here.",
        );
    }
}

/// Before 3.0 idempotence is on where it or a transaction is asked for, and then nothing gives way.
fn idempotence_before_3_0(view: &mut View<'_>) {
    let (transactional, asked) = (view.has("transactional.id"), view.has(IDEMPOTENCE));
    let enabled = view.flag(IDEMPOTENCE);
    if transactional && asked && !enabled {
        let message = "Transactions need idempotence, which is off here.";
        view.refuse("transactional.id", "refused-without-idempotence", message);
        return;
    }
    if !transactional && !enabled {
        return;
    }
    if view.whole("retries") == Some(0) {
        view.refuse("retries", "refused-with-idempotence", "An idempotent producer has to retry.");
    }
    if view.has("acks") && acks(view).is_some_and(|acks| acks != -1) {
        view.refuse("acks", "refused-with-idempotence", "An idempotent producer needs `all`.");
    }
    if let Some(count) = view.whole(IN_FLIGHT).filter(|count| *count > 5) {
        let message = format!("{count} is too large: an idempotent producer takes at most 5.");
        view.refuse(IN_FLIGHT, "refused-with-idempotence", message);
    }
}

fn two_phase_commit(view: &mut View<'_>) {
    let timeout = "transaction.timeout.ms";
    if view.has(timeout) && view.flag("transaction.two.phase.commit.enable") {
        let message = "With `transaction.two.phase.commit.enable` transactions never time out.";
        view.refuse(timeout, "refused-together", message);
    }
}

/// A time to deliver that is asked for has to cover lingering and one request.
fn delivery(view: &mut View<'_>) {
    let delivery = "delivery.timeout.ms";
    if !view.has(delivery) {
        return;
    }
    let (Some(time), Some(linger), Some(request)) =
        (view.whole(delivery), view.whole("linger.ms"), view.whole("request.timeout.ms"))
    else {
        return;
    };
    let least = linger.saturating_add(request).min(i64::from(i32::MAX));
    if time < least && !view.is_refused(delivery) {
        let message =
            format!("{time} ms is below `linger.ms` and `request.timeout.ms` together ({least} ms).");
        view.refuse(delivery, "refused-relation", message);
    }
}
