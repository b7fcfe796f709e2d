// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.idle;

import eu.nephele.smo.api.scaling.ScalingTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a service needs replicas at all. What is unknown changes nothing: a service that runs goes on, and one without replicas stays
 * without, unless it has been unknown for so long that its parameters wake it.
 *
 * @param narrowed the target with bounds that say so
 * @param note for people: why
 */
record ServiceNeed(ScalingTarget narrowed, String note) {

    static ServiceNeed of(ScalingTarget target, WakeSize size, IdleParameters parameters, Instant now) {
        int least = size.part(target);
        if (target.minReplicas() > 0) {
            return new ServiceNeed(
                    target, "it may not go to 0: at least %d replicas are wanted".formatted(target.minReplicas()));
        }
        if (target.maxReplicas() == 0) {
            return new ServiceNeed(target, "it may not have replicas now");
        }
        List<WakeSignal> signals = new ArrayList<>();
        if (parameters.requests()) {
            signals.add(WakeSignal.requests(target));
            // only balancers know of requests that wait: without one nothing is missing
            Optional.of(WakeSignal.waiting(target)).filter(WakeSignal::active).ifPresent(signals::add);
        }
        Optional<WakeSignal> wake = parameters.wake().map(metric -> WakeSignal.of(metric, target));
        wake.ifPresent(signals::add);
        Optional<WakeSignal> active =
                signals.stream().filter(WakeSignal::active).findFirst();
        if (active.isPresent()) {
            String number = least > 1 ? "; at least %d replicas: %s".formatted(least, size.text(target)) : "";
            return needed(target, least, "needed: %s%s".formatted(active.get().text(), number));
        }
        return target.replicas() == 0
                ? asleep(target, signals, wake, parameters, now)
                : awake(target, signals, parameters, now);
    }

    private static ServiceNeed asleep(
            ScalingTarget target,
            List<WakeSignal> signals,
            Optional<WakeSignal> wake,
            IdleParameters parameters,
            Instant now) {
        Optional<Duration> unknownFor = parameters
                .wakeWithoutDataAfter()
                .filter(after -> target.sinceLastChange().compareTo(after) >= 0)
                .filter(after -> wake.filter(signal -> signal.silentSince(now.minus(after)))
                        .isPresent());
        if (unknownFor.isPresent()) {
            return needed(
                    target,
                    1,
                    "woken to be safe: no data about %s for %s"
                            .formatted(wake.orElseThrow().name(), unknownFor.get()));
        }
        List<String> unknown = unknown(signals);
        return notNeeded(
                target,
                unknown.isEmpty()
                        ? "asleep: nothing wakes it"
                        : "asleep; no data about %s, which could wake it".formatted(String.join(", ", unknown)));
    }

    private static ServiceNeed awake(
            ScalingTarget target, List<WakeSignal> signals, IdleParameters parameters, Instant now) {
        Instant begin = now.minus(parameters.idleAfter());
        List<String> unknown = unknown(signals);
        if (!unknown.isEmpty()) {
            return needed(target, 1, "not taken for idle: no data about %s".formatted(String.join(", ", unknown)));
        }
        boolean grewLately = target.changes().stream()
                .anyMatch(change -> change.to() > change.from() && change.at().isAfter(begin));
        if (grewLately || !signals.stream().allMatch(signal -> signal.restsSince(begin, now))) {
            return needed(target, 1, "not idle for %s yet".formatted(parameters.idleAfter()));
        }
        return notNeeded(target, "idle for %s".formatted(parameters.idleAfter()));
    }

    private static List<String> unknown(List<WakeSignal> signals) {
        return signals.stream()
                .filter(signal -> !signal.known())
                .map(WakeSignal::name)
                .toList();
    }

    private static ServiceNeed needed(ScalingTarget target, int least, String note) {
        return new ServiceNeed(
                target.change().bounds(least, target.maxReplicas()).build(), note);
    }

    private static ServiceNeed notNeeded(ScalingTarget target, String note) {
        return new ServiceNeed(target.change().bounds(0, 0).build(), note);
    }
}
