// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.kit;

import eu.nephele.smo.lab.conformance.Check;
import eu.nephele.smo.lab.conformance.ConformanceReport;
import eu.nephele.smo.lab.conformance.run.ExaminationSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Examines plug-ins before they decide anything: strategies, forecasters, objectives, intent handlers and controllers. Runs their
 * code on threads of its own, each call with a time limit, and ends within the time given, whatever the plug-in does. A
 * limit is the time that a call may use, counted as the server counts it ({@link eu.nephele.smo.api.time.UsedTime}): a
 * busy machine makes no plug-in fail. Immutable; may be used by several threads at once.
 */
public final class ConformanceKit {

    private static final Duration STANDARD = Duration.ofSeconds(10);

    private final Duration total;
    private final Optional<Record> parameters;

    private ConformanceKit(Duration total, Optional<Record> parameters) {
        this.total = total;
        this.parameters = parameters;
    }

    /** A kit that takes ten seconds at most; a usual strategy is done in less than two. */
    public static ConformanceKit standard() {
        return within(STANDARD);
    }

    /**
     * A kit with another limit.
     *
     * @param total time for all checks together, without pauses of the process; checks that do not fit in are
     *     skipped and marked so
     */
    public static ConformanceKit within(Duration total) {
        return new ConformanceKit(total, Optional.empty());
    }

    /**
     * Returns a kit for a strategy whose parameters have no usable defaults.
     *
     * @param chosen an instance of the type that the strategy's {@code parametersType()} names
     */
    public ConformanceKit withParameters(Record chosen) {
        return new ConformanceKit(total, Optional.of(chosen));
    }

    /**
     * Determines the kind of the plug-in and examines it. Never throws for anything that the plug-in does.
     *
     * @param service implements {@code PlacementStrategy}, {@code ScalingStrategy}, {@code DemandForecaster}, {@code
     *     PlacementObjective}, {@code IntentHandler} or {@code ResourceController}, one or several of them
     * @param serviceProperties the properties it is published with
     * @return the findings; for a service of another kind a report whose only check is skipped
     */
    public ConformanceReport examine(Object service, Map<String, ?> serviceProperties) {
        long start = System.nanoTime();
        List<Check> checks = new PluginExamination(service, serviceProperties, parameters, total).run();
        return new ConformanceReport(
                PluginPublication.subject(service, serviceProperties),
                checks,
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** Time for all checks together, without pauses of the process. */
    public Duration total() {
        return total;
    }

    /** Wall-clock time after which an examination has ended, whatever the plug-in and the machine do. */
    public Duration most() {
        return ExaminationSession.most(total);
    }
}
