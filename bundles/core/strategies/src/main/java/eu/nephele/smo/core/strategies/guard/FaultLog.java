// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Faults on the way to one decision: recorded with it, counted, logged, and attributed to their origin. */
@Metric(
        value = "smo_strategy_faults_total",
        type = MetricType.COUNTER,
        unit = "faults",
        labels = {"strategy", "what"},
        meaning = "Strategies, objectives and handlers that were missing (`strategy=\"not-installed\"`), "
                + "failed, timed out (`what=\"timeout\"`; `starved` when the machine was too busy to run "
                + "them) or broke a rule. Appears with the first fault")
public final class FaultLog {
    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);
    private static final String COUNTER = "smo_strategy_faults_total";

    private final Optional<EjectionPolicy> referee;
    private final MetricsRecorder metricsRecorder;
    private final List<StrategyFault> faults = new ArrayList<>();

    private FaultLog(Optional<EjectionPolicy> referee, MetricsRecorder metricsRecorder) {
        this.referee = referee;
        this.metricsRecorder = metricsRecorder;
    }

    public static FaultLog ofDecision(EjectionPolicy ejectionPolicy, MetricsRecorder metricsRecorder) {
        return new FaultLog(Optional.of(ejectionPolicy), metricsRecorder);
    }

    /** For comparisons and explanations: faults are reported to the caller only. */
    public static FaultLog ofTrial() {
        return new FaultLog(Optional.empty(), MetricsRecorder.NONE);
    }

    public void missing(ServiceKind kind, String id, String message) {
        // the name comes from a user: as a label it would make as many time series as users have ideas
        metricsRecorder.count(COUNTER, Map.of("strategy", "not-installed", "what", "missing"));
        faults.add(new StrategyFault(id, "missing", message));
        // debug only: the registry has logged when it left, and this comes with every decision
        LOG.debug("strategy missing kind=\"{}\" strategy={} reason=\"{}\"", kind.word(), id, message);
    }

    /** One that would have decided is passed over, because it was ejected. */
    public void ejected(RegisteredService registeredService) {
        faults.add(new StrategyFault(registeredService.who(), "ejected", "ejected: " + registeredService.why()));
    }

    public void failed(RegisteredService registeredService, String what, String message) {
        failed(registeredService, new GuardedResult.Faulted<>(what, message, Optional.empty()));
    }

    public void failed(RegisteredService registeredService, GuardedResult.Faulted<?> failure) {
        StrategyFault fault =
                new StrategyFault(registeredService.who(), failure.what(), ForeignText.shortened(failure.message()));
        faults.add(fault);
        if (referee.isPresent()) {
            metricsRecorder.count(
                    COUNTER, Map.of("strategy", registeredService.description().id(), "what", fault.what()));
            log(registeredService, fault, failure.cause());
            referee.get().faulted(registeredService, fault);
        }
    }

    private static void log(RegisteredService registeredService, StrategyFault fault, Optional<Throwable> cause) {
        try {
            LOG.warn(
                    "strategy fault strategy=\"{}\" fault={} reason=\"{}\"",
                    registeredService,
                    fault.what(),
                    fault.message(),
                    cause.orElse(null));
        } catch (RuntimeException | Error e) {
            // the logger calls methods of the exception, which are foreign code
            LOG.warn(
                    "strategy fault strategy=\"{}\" fault={} reason=\"{}\"",
                    registeredService,
                    fault.what(),
                    fault.message());
        }
    }

    public void used(RegisteredService registeredService, int graphs) {
        referee.ifPresent(present -> present.used(registeredService, graphs));
    }

    public List<StrategyFault> faults() {
        return List.copyOf(faults);
    }
}
