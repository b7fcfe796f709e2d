// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rules;

import eu.nephele.smo.pools.containers.file.ServiceEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One step at a time: one replica more at the upper threshold, one less at the lower one, nothing while it cools down or is closed. At the
 * thresholds themselves something is done. A CPU of 0 is no reason to shrink: it stands for no reading, too.
 */
public final class StepRule {

    private final ServiceEntry service;

    public StepRule(ServiceEntry service) {
        this.service = service;
    }

    /** What is done. */
    public enum StepAction {
        UP(1),
        DOWN(-1),
        NONE(0);

        private final int replicas;

        StepAction(int replicas) {
            this.replicas = replicas;
        }

        /** Replicas that it adds. */
        public int replicas() {
            return replicas;
        }
    }

    /** @param reason for people: what was measured, and which rule it met */
    public record StepDecision(StepAction action, String reason) {}

    /**
     * What is done by itself.
     *
     * @param count replicas now
     * @param cpuPercent mean over them, see {@link CpuUse#mean}
     * @param lastAction the last step of this rule; steps by hand do not count
     */
    public StepDecision decide(int count, double cpuPercent, Instant now, Optional<Instant> lastAction) {
        Duration cooldown = service.cpu().cooldown();
        Duration passed = lastAction.map(last -> Duration.between(last, now)).orElse(cooldown);
        if (passed.compareTo(cooldown) < 0) {
            return none("cooldown: %d s left", cooldown.minus(passed).toSeconds());
        }
        if (service.hours().only() && !service.hours().open().isOpen(now)) {
            return none("outside of the business hours");
        }
        double up = service.cpu().up();
        double down = service.cpu().down();
        if (cpuPercent >= up) {
            return count < service.replicas().max()
                    ? new StepDecision(StepAction.UP, text("CPU %.1f%% >= %.0f%%", cpuPercent, up))
                    : none("CPU %.1f%% >= %.0f%%, at max_replicas %d", cpuPercent, up, count);
        }
        if (cpuPercent <= down && cpuPercent > 0) {
            return count > service.replicas().min()
                    ? new StepDecision(StepAction.DOWN, text("CPU %.1f%% <= %.0f%%", cpuPercent, down))
                    : none("CPU %.1f%% <= %.0f%%, at min_replicas %d", cpuPercent, down, count);
        }
        return none("CPU %.1f%% between %.0f%% and %.0f%%", cpuPercent, down, up);
    }

    /**
     * What is done when somebody asks for it: thresholds, cooldown and business hours do not count, the bounds do.
     *
     * @param wanted {@link StepAction#UP} or {@link StepAction#DOWN}
     */
    public StepDecision byHand(int count, StepAction wanted) {
        boolean up = wanted == StepAction.UP;
        if (up ? count >= service.replicas().max() : count <= service.replicas().min()) {
            return none(up ? "at max_replicas %d" : "at min_replicas %d", count);
        }
        return new StepDecision(wanted, up ? "manual scale up" : "manual scale down");
    }

    private static StepDecision none(String reason, Object... values) {
        return new StepDecision(StepAction.NONE, text(reason, values));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
