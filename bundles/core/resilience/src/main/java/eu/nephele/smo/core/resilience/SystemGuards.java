// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.outside.CircuitState;
import eu.nephele.smo.core.contract.outside.OutsideGuard;
import eu.nephele.smo.core.contract.outside.SystemState;
import eu.nephele.smo.core.contract.trace.Tracing;
import eu.nephele.smo.core.contract.view.ServiceProxy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One guard per outside system. Without OSGi it is made and closed by hand. */
final class SystemGuards implements OutsideGuard, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SystemGuards.class);

    // ports are few, and stay: they are of the api
    private final Map<Class<?>, PortRules> ports = new ConcurrentHashMap<>();
    private final Map<String, SystemGuard> systems = new ConcurrentSkipListMap<>();
    private final List<SystemLimits> own = new CopyOnWriteArrayList<>();
    private final List<Consumer<SystemState>> listeners = new CopyOnWriteArrayList<>();
    private final GuardMetrics guardMetrics = new GuardMetrics();
    private final DepartedAdapters departed = new DepartedAdapters();
    private final OutboundGate outboundGate = new OutboundGate();
    private final ScheduledThreadPoolExecutor scheduler;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Tracing tracing;
    private volatile GuardLimits all;

    /** @param nanos monotonic time, for the age of answers */
    SystemGuards(GuardLimits all, Clock clock, LongSupplier nanos) {
        this(all, clock, nanos, Tracing.off());
    }

    /** @param nanos monotonic time, for the age of answers */
    SystemGuards(GuardLimits all, Clock clock, LongSupplier nanos, Tracing tracing) {
        this.all = all;
        this.tracing = tracing;
        this.clock = clock;
        this.nanos = nanos;
        // after the end a running call continues without time-out: it is not refused
        this.scheduler = new ScheduledThreadPoolExecutor(1, SystemGuards::thread, (late, ended) -> {});
        scheduler.setRemoveOnCancelPolicy(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "smo-outside-timeouts");
        thread.setDaemon(true);
        thread.setContextClassLoader(SystemGuards.class.getClassLoader());
        return thread;
    }

    @Override
    public <T> T guard(Class<T> port, T adapter, String system) {
        PortRules rules = ports.computeIfAbsent(port, PortRules::of);
        StaleAnswerCache staleAnswerCache = departed.lastAnswers(port, adapter, () -> new StaleAnswerCache(nanos));
        return ServiceProxy.create(
                port,
                new GuardedPort(
                        rules, adapter, guardOf(system), departed, guardMetrics, staleAnswerCache, outboundGate));
    }

    @Override
    public List<SystemState> systems() {
        return systems.values().stream().map(SystemGuard::state).toList();
    }

    @Override
    public Subscription subscribe(Consumer<SystemState> onChange) {
        Consumer<SystemState> own = state -> onChange.accept(state);
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    OutboundGate outward() {
        return outboundGate;
    }

    DepartedAdapters departed() {
        return departed;
    }

    void measure(MetricsRecorder metricsRecorder) {
        guardMetrics.add(metricsRecorder);
        systems.values().forEach(system -> GuardMetrics.show(system, metricsRecorder));
    }

    void measureNoMore(MetricsRecorder metricsRecorder) {
        guardMetrics.remove(metricsRecorder);
    }

    void change(GuardLimits limits) {
        all = limits;
        update();
    }

    void add(SystemLimits limits) {
        own.add(limits);
        update();
    }

    void remove(SystemLimits limits) {
        own.remove(limits);
        update();
    }

    void update() {
        systems.keySet().forEach(this::changed);
    }

    /** Threads end; calls that are inside go on without their second net. */
    @Override
    public void close() {
        scheduler.shutdownNow();
        listeners.clear();
    }

    private SystemGuard guardOf(String name) {
        SystemGuard known = systems.get(name);
        if (known != null) {
            return known;
        }
        SystemGuard made =
                new SystemGuard(name, limitsOf(name), clock, guardMetrics, scheduler, tracing, this::publish);
        SystemGuard first = systems.putIfAbsent(name, made);
        if (first != null) {
            return first;
        }
        changed(name);
        guardMetrics.show(made);
        return made;
    }

    private void changed(String name) {
        SystemGuard guard = systems.get(name);
        if (guard != null) {
            guard.change(limitsOf(name));
        }
    }

    private GuardLimits limitsOf(String name) {
        // of several configurations for one system the latest counts, and after its removal the one before
        return own.stream()
                .filter(limits -> limits.system().equals(name))
                .reduce((former, later) -> later)
                .map(limits -> limits.over(all))
                .orElse(all);
    }

    private void publish(SystemState state) {
        if (state.access() == CircuitState.CLOSED) {
            LOG.info("circuit closed system={}", state.system());
        } else if (state.access() == CircuitState.OPEN) {
            LOG.warn(
                    "circuit opened system={} retryAfterSeconds={} reason=\"{}\"",
                    state.system(),
                    state.retryAfter().map(wait -> wait.toSeconds() + 1).orElse(0L),
                    state.lastFailure().orElse(""));
        }
        for (Consumer<SystemState> listener : listeners) {
            try {
                listener.accept(state);
            } catch (RuntimeException e) {
                LOG.error("circuit state listener failed system={}", state.system(), e);
            }
        }
    }
}
