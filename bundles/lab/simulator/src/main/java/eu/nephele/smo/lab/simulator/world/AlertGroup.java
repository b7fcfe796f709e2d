// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.lab.simulator.AlertTiming;
import eu.nephele.smo.lab.simulator.Notification;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Alerts that share a notification, and the last notified state of each. Guarded by the lock of the world. */
final class AlertGroup {

    private final String key;
    private final Map<String, String> labels;
    private final Map<String, Notification.NotifiedAlert> alerts = new TreeMap<>();
    private NotifiedState notifiedState = NotifiedState.NOTHING;
    /**
     * Fingerprints of alerts that the receiver may take for firing: it was notified of them, and not of their end
     * since, as far as is known. Two notifications may be under way at once and be lost in any order, so the last one
     * sent proves nothing.
     */
    private final Set<String> believed = new HashSet<>();

    private Instant due;

    /** State known to the receiver. */
    record NotifiedState(Set<String> firing, Set<String> ended, Instant at) {
        static final NotifiedState NOTHING = new NotifiedState(Set.of(), Set.of(), Instant.MIN);
    }

    /** @param due time of the first notification */
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

    void put(Notification.NotifiedAlert alert) {
        alerts.put(alert.fingerprint(), alert);
    }

    Optional<Notification> flush(Instant now, AlertTiming timing) {
        due = now.plus(timing.groupInterval());
        NotifiedState next = new NotifiedState(fingerprints(true), fingerprints(false), now);
        Optional<Notification> sent = needed(next, timing) ? Optional.of(notification(timing)) : Optional.empty();
        if (sent.isPresent() || next.firing().isEmpty()) {
            notifiedState = next;
            believed.addAll(next.firing());
            believed.removeAll(next.ended());
        }
        alerts.values().removeIf(alert -> !alert.isFiring());
        return sent.filter(each -> !each.alerts().isEmpty());
    }

    /** The notification did not arrive: its content is sent again at the next interval. */
    void takeBack(Notification sent, Instant now, AlertTiming timing) {
        Set<String> firing = new HashSet<>(notifiedState.firing());
        Set<String> ended = new HashSet<>(notifiedState.ended());
        for (Notification.NotifiedAlert alert : sent.alerts()) {
            if (alert.isFiring()) {
                firing.remove(alert.fingerprint());
            } else {
                ended.remove(alert.fingerprint());
                believed.add(alert.fingerprint());
                alerts.putIfAbsent(alert.fingerprint(), alert);
            }
        }
        notifiedState = new NotifiedState(firing, ended, notifiedState.at());
        Instant again = now.plus(timing.groupInterval());
        due = due.isAfter(now) && due.isBefore(again) ? due : again;
    }

    private boolean needed(NotifiedState next, AlertTiming timing) {
        boolean endIsOwed = timing.sendResolved() && !Collections.disjoint(believed, next.ended());
        if (next.firing().isEmpty()) {
            return endIsOwed
                    || (timing.sendResolved() && !notifiedState.firing().isEmpty());
        }
        boolean news = endIsOwed
                || !notifiedState.firing().containsAll(next.firing())
                || (timing.sendResolved() && !notifiedState.ended().containsAll(next.ended()));
        return news || !notifiedState.at().plus(timing.repeatInterval()).isAfter(next.at());
    }

    private Notification notification(AlertTiming timing) {
        List<Notification.NotifiedAlert> alertsToTell = alerts.values().stream()
                .filter(alert -> alert.isFiring() || timing.sendResolved())
                .sorted(Comparator.comparing(
                        (Notification.NotifiedAlert alert) -> alert.labels().toString()))
                .toList();
        return new Notification(key, labels, alertsToTell);
    }

    private Set<String> fingerprints(boolean firing) {
        return alerts.values().stream()
                .filter(alert -> alert.isFiring() == firing)
                .map(Notification.NotifiedAlert::fingerprint)
                .collect(Collectors.toUnmodifiableSet());
    }
}
