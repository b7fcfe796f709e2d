// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.lab.simulator.AlertTiming;
import eu.nephele.smo.lab.simulator.Notification;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Alerts that are told together, and what was told of them. Guarded by the lock of the world. */
final class AlertGroup {

    private final String key;
    private final Map<String, String> labels;
    private final Map<String, Notification.Alert> alerts = new TreeMap<>();
    private Told told = Told.NOTHING;
    /** Whether the end of an alert was told in vain: two notifications may be on their way at once, and be lost in any order. */
    private boolean owesEnd;

    private Instant due;

    /**
     * What the receiver knows.
     *
     * @param firing fingerprints of alerts of which it was told that they fire
     * @param ended fingerprints of alerts of which it was told that they ended
     */
    record Told(Set<String> firing, Set<String> ended, Instant at) {
        static final Told NOTHING = new Told(Set.of(), Set.of(), Instant.MIN);
    }

    /** A notification on its way, and how things were before, in case it does not arrive. */
    record Sent(Notification notification, Told before) {}

    /** @param due when it is told first */
    AlertGroup(String key, Map<String, String> labels, Instant due) {
        this.key = key;
        this.labels = labels;
        this.due = due;
    }

    Instant due() {
        return due;
    }

    boolean isEmpty() {
        return alerts.isEmpty();
    }

    void put(Notification.Alert alert) {
        alerts.put(alert.fingerprint(), alert);
    }

    /** Tells what is to be told now. */
    Optional<Sent> flush(Instant now, AlertTiming timing) {
        due = now.plus(timing.groupInterval());
        Told next = new Told(fingerprints(true), fingerprints(false), now);
        Optional<Sent> sent = needed(next, timing) ? Optional.of(sent(timing)) : Optional.empty();
        if (sent.isPresent() || next.firing().isEmpty()) {
            told = next;
            owesEnd = false;
        }
        alerts.values().removeIf(alert -> !alert.isFiring());
        return sent.filter(each -> !each.notification().alerts().isEmpty());
    }

    /** The notification did not arrive: what it said is told again at the next interval. */
    void takeBack(Sent sent, Instant now, AlertTiming timing) {
        told = sent.before();
        sent.notification().alerts().stream().filter(alert -> !alert.isFiring()).forEach(alert -> {
            alerts.putIfAbsent(alert.fingerprint(), alert);
            owesEnd = true;
        });
        Instant again = now.plus(timing.groupInterval());
        due = due.isAfter(now) && due.isBefore(again) ? due : again;
    }

    private boolean needed(Told next, AlertTiming timing) {
        if (next.firing().isEmpty()) {
            return (owesEnd || !told.firing().isEmpty()) && timing.sendResolved();
        }
        boolean news = (owesEnd && timing.sendResolved())
                || !told.firing().containsAll(next.firing())
                || (timing.sendResolved() && !told.ended().containsAll(next.ended()));
        return news || !told.at().plus(timing.repeatInterval()).isAfter(next.at());
    }

    private Sent sent(AlertTiming timing) {
        List<Notification.Alert> alertsToTell = alerts.values().stream()
                .filter(alert -> alert.isFiring() || timing.sendResolved())
                .sorted(Comparator.comparing(
                        (Notification.Alert alert) -> alert.labels().toString()))
                .toList();
        return new Sent(new Notification(key, labels, alertsToTell), told);
    }

    private Set<String> fingerprints(boolean firing) {
        return alerts.values().stream()
                .filter(alert -> alert.isFiring() == firing)
                .map(Notification.Alert::fingerprint)
                .collect(Collectors.toUnmodifiableSet());
    }
}
