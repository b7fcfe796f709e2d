// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.cputhreshold;

import java.time.Duration;

/**
 * What a service is to have, regardless of room: one step up or down, within its bounds.
 *
 * @param kept whether nothing is decided
 * @param missing replicas that the rule asks for beyond the maximum
 * @param reason for people: measured CPU and threshold
 */
record CpuThresholdRule(int replicas, boolean kept, int missing, String reason) {

    static CpuThresholdRule decide(ServiceTargets service, CpuThresholdParameters parameters) {
        int present = service.replicas();
        Duration rest = parameters.cooldown().minus(service.sinceLastChange());
        if (!rest.isNegative() && !rest.isZero()) {
            return kept(present, "in cool-down for another %d s".formatted(Math.max(1, rest.toSeconds())));
        }
        MeanCpu cpu = MeanCpu.measured(service.largest(), parameters.fullCores());
        if (cpu.percent().isEmpty()) {
            return kept(present, cpu.silence());
        }
        double percent = cpu.percent().getAsDouble();
        String up = MeanCpu.percentage(parameters.up());
        String down = MeanCpu.percentage(parameters.down());
        if (percent >= parameters.up()) {
            return upwards(service, parameters.stepReplicas(), "%s is at or above %s".formatted(cpu.text(), up));
        }
        if (percent > parameters.down()) {
            return bounded(service, present, "%s is between %s and %s".formatted(cpu.text(), down, up));
        }
        // what does nothing at all may not be measured yet
        return percent > 0
                ? bounded(
                        service,
                        Math.max(present - parameters.stepReplicas(), service.minReplicas()),
                        "%s is at or below %s".formatted(cpu.text(), down))
                : bounded(service, present, "%s says nothing about too many replicas".formatted(cpu.text()));
    }

    private static CpuThresholdRule upwards(ServiceTargets service, int step, String reason) {
        long wanted = (long) service.replicas() + step;
        int most = service.maxReplicas();
        String bound = wanted > most ? "; the maximum is %d".formatted(most) : "";
        return new CpuThresholdRule(
                service.bounded((int) Math.min(wanted, most)),
                false,
                service.replicas() >= most ? step : 0,
                reason + bound);
    }

    private static CpuThresholdRule bounded(ServiceTargets service, int replicas, String reason) {
        return new CpuThresholdRule(service.bounded(replicas), false, 0, reason);
    }

    private static CpuThresholdRule kept(int replicas, String reason) {
        return new CpuThresholdRule(replicas, true, 0, reason);
    }
}
